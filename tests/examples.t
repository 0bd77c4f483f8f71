# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need kernel 6.9
  $ need cmd python3 ip ps bwrap nspin nsls

Each example of the pages prints what its page says: root's as root, an ordinary
user's as one (tests/examples has the rules).

  $ export PYTHONDONTWRITEBYTECODE=1
  $ examples() { "$SRCDIR/tests/examples" "$@"; }
  $ examples "$SRCDIR"/man/*.[17] "$SRCDIR"/man/*/*.[17] "$SRCDIR"/*.md 2>said

There are ten of each tool and more:

  $ grep -h '^\.Bd -literal' "$SRCDIR"/man/ns[a-z]*.1 | wc -l | {
  >     read -r n; [ "$n" -ge 50 ] || echo "$n"; }
  $ for tool in nsclone nsunshare nsjoin nspin nsls; do
  >     n=$(sed -n '/^\.Sh EXAMPLES/,/^\.Sh C/s/^\.Bd -literal/&/p' "$SRCDIR/man/$tool.1" | wc -l)
  >     [ "$n" -ge 10 ] || echo "$tool.1 has $n examples"
  > done
  $ awk '/ examples$/ { n += $2 } END { exit n < 20 }' said || cat said

What differs is seen. A number stands for any, but for the same one everywhere:

  $ prompt=$; [ "$(id -u)" -ne 0 ] || prompt='#'
  $ page()
  > {
  >     { echo '.Bd -literal'; sed "s/^%/$prompt/"; echo .Ed; } >page.1
  >     examples page.1 2>/dev/null
  > }
  $ page <<'END'
  > % echo "a   b 12345 0017"; echo 12345 12346
  > a b 2000 0017
  > 2000 3000
  > END
  $ page <<'END' | grep '^+'
  > % echo 12345 12345
  > 2000 3000
  > END
  +++ as it is here
  +12345 12345
  $ page <<'END' | grep '^[-+][^-+]'
  > % echo 0017; echo three
  > 0018
  > three
  > END
  -0018
  +0017
  $ page <<'END' | grep '^+[^+]'
  > % echo one; echo two
  > ...
  > one
  > END
  +two
  $ page <<'END' | tail -n 1
  > % exit 3
  > % echo more
  > more
  > END
  page.1:2: the shell ended early

What was skipped counts as that:

  $ ! grep -q skipped: said || skip "$(sed -n 's/^.*skipped: /an example: /p' said | head -n 1)"
