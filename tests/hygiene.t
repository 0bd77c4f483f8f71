# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

Our own files: not what autoreconf or a build made, not a tarball's .orig.

  $ cd "$SRCDIR"
  $ ours()
  > {
  >     find . \( -name .git -o -path './build*' -o -name autom4te.cache \
  >         -o -path './nskit-[0-9]*' -o -name .deps -o -name .dirstamp -o -name _build -o -name _inst \) \
  >         -prune -o -type f ! -name '*.err' ! -name '*.o' ! -name '*.a' \
  >         ! -name '*.log' ! -name '*.trs' ! -name '*~' ! -name '*.pyc' \
  >         -print | sed 's|^\./||' |
  >         grep -Exv 'Makefile.in|aclocal.m4|config.*|Makefile|stamp-h1' |
  >         sort
  >     echo configure.ac
  > }

Each of them says under which terms it comes, but for the license itself:

  $ ours | grep -Ev '^(LICENSE|NEWS)$|^tests/unit/[a-z]*$|^tools/[a-z]*$' |
  >     while read -r f; do
  >         sed 3q "$f" | grep -q 'SPDX-License-Identifier: ISC' || echo "$f"
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

There is no drawer that attracts everything:

  $ ours | grep -E '(^|/)(util|utils|common|misc|helpers?)\.[ch]$'
  [1]

No line of C is longer than 80 columns, but for the kernel's own definitions:

  $ ours | grep -E '^(lib|tools|tests)/.*\.[ch]$' | grep -v '^lib/uapi.h$' |
  >     while read -r f; do
  >         expand "$f" | awk -v f="$f" 'length > 80 { print f ": " $0 }'
  >     done
