# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ [ -e "$SRCDIR/lib/plan/setup.c" ] || skip 'no sources here'

The order of the steps is told in three places: in the header that a developer
reads, in the array that is executed, and in the page of section 7. A step has
one number in all of them. In the header, "7 become root inside":

  $ sed -n 's/^ \* *\([0-9][0-9]*\)  *\([^0-9].*\)/\1 \2/p' "$SRCDIR/lib/plan/setup.h" >header

In the page, ".It 7" and what follows up to the next item, on one line:

  $ awk '/^\.Sh/ { on = /ORDER OF THE STEPS/ } /^\.(It|El)/ { if (line != "") print line; line = "" }
  >     on && /^\.It [0-9]/ { line = $2; next } line != "" { line = line " " $0 }' "$SRCDIR/man/nskit.7" >page

In the array, the function and the number in its comment:

  $ sed -n '/^} steps\[\]/,/^};/s|^\t{ \([a-z_]*\),.*/\* \([0-9][0-9]*\).*|\2 \1|p' "$SRCDIR/lib/plan/setup.c" >array
  $ wc -l <array
  12

The page has all of them, in order. The header has those from the fifth on, each
once, and so has the array, but that what is kept is seen to where it can be:

  $ cut -d' ' -f1 page | tr '\n' ' '
  1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18  (no-eol)
  $ cut -d' ' -f1 header | tr '\n' ' '
  5 6 7 8 9 10 11 12 13 14 15 16 17 18  (no-eol)
  $ cut -d' ' -f1 array | tr '\n' ' '
  6 7 8 9 5 10 11 11 12 13 14 5  (no-eol)

The same number means the same: a function's noun is a word of the header's
line, and each of these lines has a word in common with the page's item.

  $ while read -r number function; do
  >     grep "^$number " header | grep -qi "${function##*_}" || echo "$number: $function"
  > done <array
  $ stems() { tr -cs 'A-Za-z-' '\n' | grep -E '.{4}' | cut -c1-4 | grep -vix 'what\|that\|with\|from' | tr A-Z a-z | sort -u; }
  $ while read -r number words; do
  >     echo "$words" | stems >ours
  >     sed -n "s/^$number //p" page | stems | comm -12 - ours | grep -q . || echo "$number: $words"
  > done <header
