# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

The rooms of lib/ and what each includes. A new arrow is a design decision:
it changes what is expected here, so it shows up in review.

  $ cd "$SRCDIR/lib"
  $ for room in $(ls -- *.[ch] | sed 's/\..$//' | sort -u); do
  >     echo "$room:" $(cat "$room".[ch] |
  >         sed -n 's|^#include "lib/\(.*\)\.h"|\1|p' | sort -u |
  >         grep -vx "$room")
  > done | tee "$CRAMTMP/graph"
  account: ask file nsswitch
  actas: exitcode fail file filter label opt target
  ask:
  attempt: child exitcode fail
  await: duration exitcode fail join opt pin ref target uapi
  background: child exitcode fail file sig
  batch: child exitcode fail file opt reason sig text
  bind: file mountinfo ns uapi
  caps: exitcode explain fail opt
  cgroup: exitcode explain fail file mountinfo
  cgrouplook: cgroup explain file mountinfo
  child: cgroup exitcode fail reason uapi
  cred: account caps exitcode explain fail file opt
  detach:
  duration:
  enter: actas await caps cgroup child cred env exitcode fail join label program ref run tty uapi watch
  enterlook: attempt cgroup enter exitcode explain join run seal
  enteropen: cgroup enter exitcode fail join run target uapi
  env: exitcode explain fail opt uapi
  exitcode:
  explain: fail opt text
  fail: exitcode text
  file: uapi
  filter: exitcode fail proc
  give: exitcode fail opt ref
  handover: background exitcode explain fail ns opt pidfile proc sig status
  holder: child exitcode fail file ns proc uapi
  idmap: explain opt
  idreq: caps cred file idmap subid
  idrule: file idmap subid
  idwrite: exitcode fail file idmap proc reason
  init: child exitcode fail file sig
  join: exitcode fail reason ref
  keep: child exitcode explain fail keepfile pin pinfile uapi
  keepexplain: caps keep
  keepfile: bind exitcode fail ns pinfile
  label: exitcode fail file proc
  launch: child handover init plan run setup uapi watch
  life: child exitcode fail file handover init sig
  listns: uapi
  mnt: exitcode explain fail file ns opt reason uapi
  mountinfo:
  net: exitcode explain fail opt
  ns: uapi
  nsswitch: file
  opt: fail
  pidfile: exitcode fail file pin pinfile uapi
  pidns: file ns proctext uapi
  pin: holder ns pidns pindir uapi
  pindir: bind holder ns pinfile uapi
  pindrop: pin pinfile uapi
  pinfile: bind ns
  pinmake: bind fail pin pinfile
  pinyoung: pin uapi
  plan: cgroup cred env handover idmap keep mnt net ns opt timens tty uapi uts watch
  proc: file ns proctext reason uapi
  proctext:
  program: exitcode fail file seal
  reason: file mountinfo ns uapi
  reasonexec: reason
  reasonfs: file mountinfo ns reason uapi
  reasonjoin: ns reason
  ref: ns pin proc
  refname: pin refopen
  refopen: ref uapi
  refseek: file mountinfo reason refopen uapi
  run: exitcode explain fail reason
  scan: listns ns scanabove scanchoice scancrowd scanmnt scanmodel scannsfs scanopen scanproc scansock scantable
  scanabove: ns scantable
  scanchoice: scantable
  scancrowd: scandir scanproc scansock scantable
  scandir:
  scanfd: ns scanabove scandir scansock scantable scantree
  scanmnt: file mountinfo ns scanabove scannsfs scantable uapi
  scanmodel: ns
  scannsfs: ns uapi
  scanopen: listns ns scanmnt scanmodel scannsfs scansock uapi
  scanproc: ns scanabove scandir scanfd scanmnt scannsfs scantable uapi
  scansock: file ns scanabove scannsfs scantable uapi
  scantable: ns scanmodel
  scantree: scantable
  scanwords: ns scan text
  seal: detach exitcode fail file
  setup: exitcode explain fail plan run uapi
  sig: opt
  status: fail
  subid: account ask file nsswitch
  target: cred exitcode fail file proc proctext
  text:
  timens: exitcode explain fail file ns opt reason uapi
  trial: attempt exitcode explain fail plan reason run setup unshare
  tty: exitcode fail file opt
  uapi:
  unshare: child exitcode fail plan reason run setup uapi
  uts: exitcode explain fail opt reason
  watch: child exitcode fail handover life opt sig
  watchopt: duration opt sig watch

The layer of each room: it includes what is on its own or below, and there is
no circle (tsort(1) would name it).

  $ cat >"$CRAMTMP/layers" <<END
  > 0 ask
  > 0 duration
  > 0 exitcode
  > 0 explain
  > 0 fail
  > 0 file
  > 0 mountinfo
  > 0 opt
  > 0 proctext
  > 0 sig
  > 0 text
  > 0 uapi
  > 1 account
  > 1 bind
  > 1 caps
  > 1 cgroup
  > 1 cgrouplook
  > 1 cred
  > 1 detach
  > 1 env
  > 1 filter
  > 1 idmap
  > 1 idreq
  > 1 idrule
  > 1 idwrite
  > 1 label
  > 1 listns
  > 1 mnt
  > 1 net
  > 1 ns
  > 1 nsswitch
  > 1 proc
  > 1 reason
  > 1 reasonexec
  > 1 reasonfs
  > 1 reasonjoin
  > 1 seal
  > 1 status
  > 1 subid
  > 1 target
  > 1 timens
  > 1 tty
  > 1 uts
  > 2 actas
  > 2 attempt
  > 2 background
  > 2 child
  > 2 handover
  > 2 holder
  > 2 init
  > 2 keep
  > 2 keepexplain
  > 2 keepfile
  > 2 life
  > 2 pidfile
  > 2 pidns
  > 2 pin
  > 2 pindir
  > 2 pindrop
  > 2 pinfile
  > 2 pinmake
  > 2 pinyoung
  > 2 program
  > 2 ref
  > 2 refname
  > 2 refopen
  > 2 refseek
  > 2 run
  > 2 scan
  > 2 scanabove
  > 2 scanchoice
  > 2 scancrowd
  > 2 scandir
  > 2 scanfd
  > 2 scanmnt
  > 2 scanmodel
  > 2 scannsfs
  > 2 scanopen
  > 2 scanproc
  > 2 scansock
  > 2 scantable
  > 2 scantree
  > 2 scanwords
  > 2 watch
  > 2 watchopt
  > 3 await
  > 3 batch
  > 3 give
  > 3 join
  > 3 plan
  > 4 enter
  > 4 enterlook
  > 4 enteropen
  > 4 setup
  > 5 launch
  > 5 trial
  > 5 unshare
  > END
  $ awk -F '[: ]+' '
  >     NR == FNR { layer[$2] = $1; next }
  >     !($1 in layer) { print $1 " has no layer"; next }
  >     {
  >         for (i = 2; i <= NF; i++)
  >             if ($i != "" && layer[$i] > layer[$1])
  >                 print $1 " -> " $i " points up"
  >     }' "$CRAMTMP/layers" "$CRAMTMP/graph"
  $ awk -F '[: ]+' '{ for (i = 2; i <= NF; i++)
  >     if ($i != "") print $1, $i }' "$CRAMTMP/graph" | tsort >/dev/null
