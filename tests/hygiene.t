# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

Our own files are those that git has; a tarball has no such list, and is not the
place to keep house:

  $ cd "$SRCDIR"
  $ [ -e .git ] || skip "is of the checkout: there is no .git"
  $ need cmd git
  $ ours()
  > {
  >     git -c safe.directory='*' ls-files | while read -r f; do
  >         [ ! -f "$f" ] || echo "$f"
  >     done
  > }

Each of them says under which terms it comes, but for the license itself:

  $ ours | grep -Evx 'LICENSE|LICENSES/ISC.txt|NEWS' |
  >     grep -Evx 'packaging/debian/(changelog|source/format)' |
  >     while read -r f; do
  >         sed 4q "$f" | grep -q 'SPDX-License-.dentifier: ISC' || echo "$f"
  >     done

A function is a page at most, 60 lines, its braces at the margin:

  $ ours | grep -E '^(lib|tools)/.*\.c$' | xargs -r awk '
  >     FNR == 1 { start = 0 }
  >     /^{/ { start = FNR }
  >     /^}/ && start {
  >         if (FNR - start - 1 > 60)
  >             print FILENAME ":" start ": " FNR - start - 1 " lines"
  >         start = 0
  >     }'

Names of users and groups come from lib/account: what the C library has for them
loads modules into our process. One locale of its own is asked for, to draw
tables.

  $ ours | grep -E '^(lib|tools)/.*\.[ch]$' |
  >     xargs grep -nE '\b(get(pw|gr[^o])[a-z]+|initgroups|getgrouplist|setlocale|dlopen)\(' |
  >     grep -v ':[0-9]*: \*' | sed 's/:[0-9]*:[[:space:]]*/: /'
  tools/nsls/table.c: return t->ascii || setlocale(LC_CTYPE, "C.UTF-8") != NULL;

A request is written by its parsers, which know it as "at", and by its check; all
others have it const:

  $ grep -nE 'struct ([a-z]+_)?request \*' lib/step/*.c lib/ids/*.c \
  >     tools/nsjoin/*.c | grep -v 'const struct' | grep -v ' = at;' |
  >     sed 's/:[0-9]*:/: /'
  lib/step/env.c: env_add(struct env_request *r, const char *arg, const char **errstr)
  lib/ids/cred.c: resolve_groups(struct cred_request *r, const char **errstr)
  lib/ids/cred.c: resolve_init_groups(struct cred_request *r, const char **errstr)
  lib/ids/cred.c: cred_resolve(struct cred_request *r, const char **errstr)
  tools/nsjoin/nsjoin.c: read_options(struct request *r, int argc, char **argv)
  tools/nsjoin/nsjoin.c: read_request(struct request *r, int argc, char **argv)
  tools/nsjoin/request.c:     struct enter_request *r, const char *option, const char *word)
  tools/nsjoin/request.c: request_check(struct enter_request *r, const char **errstr)

There is no drawer that attracts everything:

  $ ours | grep -E '(^|/)(util|utils|common|misc|helpers?)\.[ch]$'
  [1]

No line of C is longer than 80 columns, but for the kernel's own definitions:

  $ ours | grep -E '^(lib|tools|tests)/.*\.[ch]$' | grep -v '^lib/uapi.h$' |
  >     while read -r f; do
  >         expand "$f" | awk -v f="$f" 'length > 80 { print f ": " $0 }'
  >     done

Of the kernel's definitions those are there that somebody uses:

  $ ours | grep -E '^(lib|tools|tests)/.*\.[ch]$' | xargs grep -ohE '\b(UAPI|uapi)_[A-Za-z0-9_]+' |
  >     sort | uniq -c | awk '$1 == 1 { print $2 }'
