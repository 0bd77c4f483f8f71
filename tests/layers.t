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
  account: ask file
  ask:
  cgroup: exitcode fail file
  child: cgroup exitcode fail reason uapi
  cred: account exitcode fail file opt
  enter: child cred exitcode fail file join ref run tty uapi watch
  env: exitcode fail opt uapi
  exitcode:
  fail: exitcode text
  file:
  idmap: opt
  idreq: cred file idmap subid
  idrule: cred file idmap subid
  idwrite: exitcode fail file idmap proc reason
  init: child exitcode fail
  join: exitcode fail reason ref
  launch: child init plan run setup uapi watch
  mnt: exitcode fail file ns opt reason
  net: exitcode fail opt
  ns: uapi
  opt: fail
  pin: fail ns uapi
  plan: cgroup cred env idmap mnt net ns opt timens tty uapi uts watch
  proc: file ns uapi
  reason: file ns uapi
  reasonexec: reason
  reasonfs: file ns reason uapi
  reasonjoin: ns reason
  ref: ns pin proc
  refname: pin refopen
  refopen: reason ref uapi
  refseek: file reason refopen uapi
  run: exitcode fail reason
  scan: ns scanmodel scanproc scantable text
  scanfd: scantable
  scanmnt: file ns scantable
  scanmodel: ns
  scanproc: ns scanfd scanmnt scantable uapi
  scantable: ns scanmodel
  seal: exitcode fail file
  setup: exitcode fail plan run uapi
  sig: opt
  subid: account ask file
  text:
  timens: exitcode fail file ns opt reason uapi
  tty: exitcode fail file opt
  uapi:
  unshare: child exitcode fail plan reason run setup uapi
  uts: exitcode fail opt reason
  watch: child exitcode fail init opt sig

No arrow points up, and there is no circle (tsort(1) would name it):

  $ awk -F '[: ]+' '
  >     BEGIN {
  >         split("ask exitcode fail file opt sig text uapi", l0)
  >         split("account cgroup cred env idmap idreq idrule idwrite mnt net" \
  >             " ns proc reason reasonexec reasonfs reasonjoin seal subid timens tty uts", l1)
  >         split("child init pin ref refname refopen refseek run scan scanfd" \
  >             " scanmnt scanmodel scanproc scantable watch", l2)
  >         for (i in l0) layer[l0[i]] = 0
  >         for (i in l1) layer[l1[i]] = 1
  >         for (i in l2) layer[l2[i]] = 2
  >         layer["join"] = layer["plan"] = 3
  >         layer["enter"] = layer["setup"] = 4
  >         layer["launch"] = layer["unshare"] = 5
  >     }
  >     !($1 in layer) { print $1 " has no layer"; next }
  >     {
  >         for (i = 2; i <= NF; i++)
  >             if ($i != "" && layer[$i] > layer[$1])
  >                 print $1 " -> " $i " points up"
  >     }' "$CRAMTMP/graph"
  $ awk -F '[: ]+' '{ for (i = 2; i <= NF; i++)
  >     if ($i != "") print $1, $i }' "$CRAMTMP/graph" | tsort >/dev/null
