# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need userns
  $ need getfd
  $ [ -w /dev/net/tun ] || skip "may not open /dev/net/tun"

A descriptor of /dev/net/tun holds the network that it was opened in:

  $ hold tun
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " tun $where"
  1
  $ nsls -qt net -no NS | tr -d ' ' | grep -Fxc $number
  1
  $ kill $holder
