# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3 nspin nsls nsjoin

A Chinese character is two columns wide, and tables are aligned by that, in every
locale: a column of a listing begins where its heading does, with nothing but
blanks before it.

  $ for name in web 网络 容器甲; do nspin -Hru "$name"; done
  $ aligned()
  > {
  >     python3 -c '
  > import sys, unicodedata
  > wide = lambda c: 1 + (unicodedata.east_asian_width(c) in "WF")
  > lines = ["".join(c + "\0" * (wide(c) - 1) for c in l.rstrip("\n"))
  >          for l in open(0, encoding="utf-8")]
  > for heading in sys.argv[1:]:
  >     at = lines[0].index(heading)
  >     print(heading, all(l[at - 1] == " " and l[at] != " " for l in lines), len(lines))
  > ' "$@"
  > }
  $ for locale in C C.UTF-8; do
  >     export LC_ALL=$locale
  >     nspin -l | aligned KIND NAMESPACES
  >     nsls -no NAME,TYPE -t uts web 网络 容器甲 >listed
  >     { echo 'NAME   TYPE'; cat listed; } | aligned TYPE
  > done
  KIND True 4
  NAMESPACES True 4
  TYPE True 4
  KIND True 4
  NAMESPACES True 4
  TYPE True 4

And every tool takes such a name:

  $ nsjoin 网络 true; nsls -w uts=网络 | grep -c 'nspin: 网络'
  1
  $ nspin -M 网络 网 && nspin -q 网 && nspin -d 网 web 容器甲
