# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need userns
  $ need ns time

Namespaces that no process is in are found all the same, and nsls -w says what
keeps them. tests/holder makes one of each kind and says how it is held:

  $ found()
  > {
  >     hold "$1"
  >     nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fq " $kind $where" ||
  >         { echo "$1: no $kind $where:"; nsls -w "$ns"; }
  >     nsls -qrno TYPE,NS,NPROCS | sed 's/ /:[/; s/ /] /' |
  >         grep -Fx "$ns 0" >/dev/null ||
  >         echo "$1: $ns is not listed"
  >     release
  > }

A thread that left its leader's, or lives longer than it, or what children will
be in:

  $ found thread
  $ found moved
  $ found crowded
  $ found leaderless
  $ found children

A descriptor of it:

  $ found descriptor

A bind mount in a mount namespace that we are not in:

  $ found mount

A mount that is nowhere, kept by a descriptor alone:

  $ found tree

What is mounted somewhere in such a tree cannot be seen, by nobody, which is said
to who asks for all; where the kernel lists namespaces itself it is there all the
same:

  $ hold trees
  $ { nsls --strict 2>&1 >/dev/null; nsls -qrno TYPE,NS | sed 's/ /:[/; s/$/]/'; } |
  >     grep -Ec "detached mount|^$(echo $ns | sed 's/[][]/\\&/g')\$"
  1
  $ nsls 2>&1 >/dev/null | grep -c detached
  0
  [1]
  $ release

A user namespace that only has a child, or only owns something:

  $ found owner
  $ found owned

What ends is gone from the list:

  $ hold descriptor
  $ release
  $ nsls -qrno TYPE,NS | sed 's/ /:[/; s/$/]/' | grep -Fx "$ns"
  [1]
