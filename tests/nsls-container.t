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
  $ kill $pid
  $ wait_for rmdir "$group/docker-$id.scope"
  $ rmdir "$group"
