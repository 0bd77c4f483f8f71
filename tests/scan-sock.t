# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need userns
  $ need getfd

A socket holds the network that it was made in, though its process is in
another:

  $ hold socket
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " socket $where"
  1
  $ nsls -qt net -no NS | tr -d ' ' | grep -xc $number
  1
  $ kill $holder

A descriptor that was sent over a unix socket and not been received holds its
namespace too; nsls looks there only if it is asked to, with -S, in a process of
its own. (Where the kernel lists namespaces itself that one is there, but not
what keeps it.)

  $ hold queued
  $ nsls -qSw "$ns" | tr -s ' \t' ' ' | grep -Fc " queued $where"
  1
  $ nsls -qrnt uts -o NS,HOLDERS | grep "^$number pid:"
  [1]
  $ nsls -qrnSt uts -o NS,HOLDERS | grep -c "^$number pid:$holder/fd/"
  1
  $ kill $holder
