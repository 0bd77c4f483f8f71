# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need root
  $ need cgroup2

A container is known by the control group of its processes, and its name is a
reference (here one that we make):

  $ group=$CGROUP2/nskit-$$ id=$(printf %064d 7)
  $ mkdir "$group" "$group/docker-$id.scope"
  $ (echo $(exec sh -c 'echo $PPID') >"$group/docker-$id.scope/cgroup.procs"
  >     exec sleep 60) & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ nsls -qrn -p $pid -t uts -o CONTAINER
  docker:000000000000
  $ nsls -qrn -p $$ -t uts -o CONTAINER,CGROUP | grep -c 000000000000
  0
  [1]

CNAME asks its engine for the name, once for all of them; what an engine calls a
container is shown as any text of others:

  $ mkdir ref && chmod 755 ref && export NSREF=$PWD/ref
  $ printf '#!/bin/sh\n[ $# = 0 ] && echo asked >>%s && printf "other 8 1 running\\nw\\033b %s 1 running\\n"\n' \
  >     "$PWD/asked" "$id" >ref/docker && chmod 755 ref/docker
  $ nsls -qrn -p $pid -o TYPE,CNAME | sort -u | grep -E '^(uts|net) '
  net w\\x1bb (esc)
  uts w\\x1bb (esc)
  $ cat asked
  asked
  $ nsls -qrn -p $pid -t uts -o CONTAINER; cat asked
  docker:000000000000
  asked
  $ id2=$(printf %064d 8); mkdir "$group/docker-$id2.scope"
  $ sleep 60 & pid2=$!; echo $pid2 >"$group/docker-$id2.scope/cgroup.procs"
  $ printf '#!/bin/sh\necho asked >>%s\n' "$PWD/asked" >ref/docker; rm asked
  $ nsls -qrno CONTAINER,CNAME $(stat -Lc %i /proc/self/ns/uts) | grep '^docker:00000'
  docker:000000000000 -
  docker:000000000000 -
  $ sort asked | uniq -c | tr -s ' '
   1 asked
  $ kill $pid2; wait_for rmdir "$group/docker-$id2.scope"
  $ printf '#!/bin/sh\necho no engine runs here >&2; exit 1\n' >ref/docker
  $ nsls -rn -p $pid -t uts -o CNAME
  nsls: CNAME: not there: no engine runs here
  -
  $ nsls -qrn -p $pid -t uts -o CNAME
  -
  $ unset NSREF
  $ kill $pid
  $ wait_for rmdir "$group/docker-$id.scope"
  $ rmdir "$group"
