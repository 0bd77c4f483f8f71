# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

An option is in four places: the tool's own rows (which make --help), its page,
and three completions, which are made from --help. Here every tool that was
built is asked.

  $ need cmd mandoc
  $ tools=
  $ for tool in nsclone nsunshare nsjoin nspin nsls; do
  >     [ ! -x "$NSKIT_BIN/$tool" ] || tools="$tools $tool"
  > done
  $ [ -n "$tools" ] || skip "no tool was built"

From "-m, --mount[=FILE]" to one option a line, and the same from mdoc's
".It Fl m , -mount Ns Op = Ns Ar FILE":

  $ helped()
  > {
  >     "$1" --help | sed -n 's/^ \(-.*\)/\1/p; s/^     \(--.*\)/\1/p' |
  >         awk '{
  >             for (i = 1; i <= NF && i <= 2 && $i ~ /^-/; i++) {
  >                 sub(/[[=,].*/, "", $i)
  >                 print $i
  >             }
  >         }' | sort -u
  > }
  $ paged()
  > {
  >     awk '/^\.It (Fl|Xo Fl)/ {
  >         option = 0
  >         for (i = 2; i <= NF; i++) {
  >             if ($i == "Fl")
  >                 option = 1
  >             else if ($i ~ /^[A-Z][a-z]$/)
  >                 option = 0
  >             else if (option && $i != ",") {
  >                 sub(/[=,].*/, "", $i)
  >                 print "-" $i
  >             }
  >         }
  >     }' "$SRCDIR/man/$1.1" | sort -u
  > }

Only in --help ("<") or only in the page (">"):

  $ for tool in $tools; do
  >     helped "$tool" >"$tool.help"
  >     [ -s "$tool.help" ] || echo "$tool --help shows no options"
  >     [ -e "$SRCDIR/man/$tool.1" ] || { echo "no $tool.1"; continue; }
  >     paged "$tool" >"$tool.page"
  >     diff "$tool.help" "$tool.page" | sed -n "s/^[<>]/$tool &/p"
  > done

The page is clean mdoc:

  $ for page in "$SRCDIR"/man/*.[17] "$SRCDIR"/man/*/*.[17]; do
  >     mandoc -Tlint -Wwarning "$page" 2>&1 | sed 's|.*/man/||'
  > done

groff, where there is one, has nothing to say either, but of lines that it cannot
fill, which ideographs make, as they are without spaces:

  $ groffed()
  > {
  >     command -v groff >/dev/null || return 0
  >     groff -k -K utf8 -T utf8 -ww -mandoc "$1" 2>&1 >/dev/null |
  >         grep -v 'cannot \(adjust\|break\) line\|can.t break line' |
  >         sed "s|^|${1##*/}: |"
  > }
  $ for page in "$SRCDIR"/man/*.[17] "$SRCDIR"/man/*/*.[17]; do
  >     groffed "$page"
  > done

A word that is also the name of a macro is called, not printed: "In the place"
is the macro In, and becomes "<the> place". So each heading comes out as it was
written, nothing stands in angle brackets, and a bracket that opens after an
option ends before the next one:

  $ for page in "$SRCDIR"/man/*.[17]; do
  >     mandoc -Tascii -O width=1000 "$page" | sed 's/.\x08//g' >shown
  >     sed -n 's/^\.S[hs] //p' "$page" | sed 's/\\&//g' >headings
  >     while read -r heading; do
  >         grep -qx " *$heading" shown || echo "${page##*/}: $heading"
  >     done <headings
  >     grep -nE '<[a-z ]+>|\[=[^]]* \| -' shown | sed "s|^|${page##*/}:|"
  > done

Pictures are small, carry nothing that runs or is fetched, and are in README.md:

  $ for picture in "$SRCDIR"/pictures/*.svg; do
  >     python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
  >     [ "$(wc -c <"$picture")" -lt 100000 ] || echo "$picture: too large"
  >     grep -lE '<script|href=|@import|@font-face|url\(' "$picture"
  >     grep -q "pictures/${picture##*/}" "$SRCDIR/README.md" || echo "$picture: not shown"
  > done

Each page of a tool has what one looks for:

  $ for tool in $tools; do
  >     for heading in EXAMPLES ENVIRONMENT "EXIT STATUS" COMPATIBILITY "SEE ALSO" \
  >         HISTORY BUGS "SECURITY CONSIDERATIONS"; do
  >         grep -qx "\.Sh $heading" "$SRCDIR/man/$tool.1" || echo "$tool.1: no $heading"
  >     done
  > done

What the code reads from the environment is in a page, and an option that a page of
a tool speaks of is one of that tool's:

  $ cat "$SRCDIR"/lib/*.c "$SRCDIR"/lib/*/*.c "$SRCDIR"/tools/*.c "$SRCDIR"/tools/*/*.c |
  >     grep -oE '(getenv|own_directory)\("[A-Z_]+"|names\[\] = \{ "LC_ALL.*' |
  >     grep -oE '[A-Z_]{4,}' | sort -u >reads
  $ [ "$(wc -l <reads)" -gt 5 ]
  $ while read -r name; do
  >     cat "$SRCDIR"/man/*.[17] | grep -qE "^\.It Ev .*\\b$name\\b" || echo "no page has $name"
  > done <reads
  $ for tool in $tools; do
  >     sed -n 's/^\.Fl //p' "$SRCDIR/man/$tool.1" | grep -oE '^-[a-z][a-z-]+' |
  >         sort -u | sed 's/^-/--/' | comm -23 - "$tool.help" | sed "s/^/$tool.1: /"
  > done

The pages for those who come from other tools have it, too:

  $ for page in nskit-docker-exec nskit-ip-netns; do
  >     for heading in EXAMPLES ENVIRONMENT COMPATIBILITY "SEE ALSO" HISTORY BUGS \
  >         "SECURITY CONSIDERATIONS"; do
  >         grep -qx "\.Sh $heading" "$SRCDIR/man/$page.7" || echo "$page.7: no $heading"
  >     done
  > done

Each column that nsls has is in its page:

  $ case " $tools " in
  > *" nsls "*)
  >     sed -n '/^\.Sh COLUMNS/,/^\.El/s/^\.It Cm //p' "$SRCDIR/man/nsls.1" |
  >         tr -d ' ' | tr , '\n' | sort >paged
  >     nsls -H | awk '{ print $1 }' | sort | comm -23 - paged
  > esac

The completions are those of "make completions", if all tools were built:

  $ if [ "$tools" = " nsclone nsunshare nsjoin nspin nsls" ]; then
  >     for file in bash/nskit zsh/_nskit fish/nskit.fish; do
  >         "$SRCDIR/completions/generate" "${file%%/*}" |
  >             cmp -s - "$SRCDIR/completions/$file" ||
  >             echo "completions/$file: run make completions"
  >     done
  > fi
  $ [ ! -x /bin/bash ] || bash -n "$SRCDIR/completions/bash/nskit"

What --help prints fits on a terminal, and no line in it is lost:

  $ for tool in $tools; do
  >     "$tool" --help | awk -v tool="$tool" 'length > 80 { print tool ": " $0 }'
  > done

--version and --help are answers, on standard output, with status 0:

  $ for tool in $tools; do
  >     "$tool" --version | grep -Ex "$tool \(nskit\) [0-9.]+" >/dev/null ||
  >         echo "$tool --version"
  >     "$tool" -h | grep -q "^usage: $tool" || echo "$tool -h"
  > done
