# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need kernel 6.12
  $ need userns

A PID namespace before its first process has no link under /proc yet:

  $ hold unborn
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " for_children $where"
  1
  $ kill $holder

A bind mount in a mount namespace that no process is in:

  $ hold processless
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " mount $where"
  1
  $ kill $holder
