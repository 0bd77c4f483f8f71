# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

The families of rooms are folders; lib/ itself is the ground on which they stand.
From an include that leaves its folder to "folder folder header":

  $ cd "$SRCDIR"
  $ find lib tools -name '*.[ch]' | sort | xargs awk '
  >     function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
  >     /^#include "(lib|tools)\// {
  >         gsub(/^#include "|"$/, "")
  >         if (folder(FILENAME) != folder($0))
  >             print folder(FILENAME), folder($0), $0
  >     }' | sort -u >"$CRAMTMP/includes"

Each folder stands on the ground and on those beside it, from the bottom up. A
new arrow is a decision, and shows here.

  $ cat >"$CRAMTMP/allowed" <<END
  > lib:
  > lib/reason:
  > lib/scan:
  > lib/ids: reason
  > lib/step: reason
  > lib/child: reason
  > lib/pin: child ids reason
  > lib/ref: ids pin reason scan
  > lib/watch: child pin reason
  > lib/plan: child ids pin reason ref step watch
  > tools: plan
  > tools/nsjoin: child ids pin reason ref step watch
  > tools/nspin: child ids pin reason ref scan step
  > tools/nsls: ids pin reason ref scan
  > END
  $ awk '
  >     NR == FNR {
  >         sub(/:/, "")
  >         floor[$1] = NR
  >         for (i = 2; i <= NF; i++) {
  >             allowed[$1, "lib/" $i] = 1
  >             if (!("lib/" $i in floor))
  >                 print $1 ": " $i " is not below it"
  >         }
  >         next
  >     }
  >     $2 == "lib" { next }
  >     { used[$1, $2] = 1 }
  >     !(($1, $2) in allowed) { print $1 " -> " $3 ": no such arrow" }
  >     END {
  >         for (arrow in allowed)
  >             if (!(arrow in used)) {
  >                 sub(SUBSEP, " -> ", arrow)
  >                 print arrow ": nothing needs it"
  >             }
  >     }' "$CRAMTMP/allowed" "$CRAMTMP/includes"

A family has one face, and others see no more of it: the header of its name, but
for those that are several things.

  $ cat >"$CRAMTMP/faces" <<END
  > lib/child: init probe rest
  > lib/ids: account capture caps cred idmap passwd
  > lib/pin: journal keep
  > lib/plan: dryrun launch unshare
  > lib/ref: join
  > lib/watch: handover
  > END
  $ awk '
  >     NR == FNR {
  >         sub(/:/, "")
  >         for (i = 2; i <= NF; i++)
  >             face[$1 "/" $i ".h"] = 1
  >         next
  >     }
  >     {
  >         own = $2
  >         sub(/.*\//, "", own)
  >     }
  >     # Each step is a noun of its own.
  >     $2 == "lib" || $2 == "lib/step" || $3 == $2 "/" own ".h" { next }
  >     !($3 in face) { print $1 " -> " $3 ": not a face of " $2 }
  >     ' "$CRAMTMP/faces" "$CRAMTMP/includes"

What a family is made of stands in no circle either: nm(1) says which object
needs which, and tsort(1) would name the circle.

  $ command -v nm tsort >/dev/null || skip "needs nm and tsort"
  $ [ -e "$BUILDDIR/lib/fail.o" ] || skip "no objects to look at"
  $ cd "$BUILDDIR"
  $ find lib tools -name '*.o' ! -name 'libnsls_a-*' | xargs nm -gA | awk '
  >     NF == 3 && $3 != "main" && $2 ~ /[TDBR]/ {
  >         sub(/:.*/, "", $1)
  >         owner[$3] = $1
  >     }
  >     $2 == "U" || $3 == "U" { sub(/:.*/, "", $1); needs[$1, $NF] = 1 }
  >     END {
  >         for (pair in needs) {
  >             split(pair, p, SUBSEP)
  >             if (p[2] in owner && owner[p[2]] != p[1])
  >                 print p[1], owner[p[2]]
  >         }
  >     }' | sort -u >"$CRAMTMP/needs"
  $ [ -s "$CRAMTMP/needs" ]
  $ tsort "$CRAMTMP/needs" 2>&1 >/dev/null
