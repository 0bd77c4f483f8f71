# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3

The short form of "make check-pairwise": of the command lines in which every
option meets every other one, the first of each kind. Whether nsclone runs them,
or nsunshare with a fork or without, or unshare(1), the command finds the same
state, but for what the program lists with its reasons.

  $ python3 "$TESTDIR/pairwise/pairwise" -n 8 -t "$NSKIT_BIN"
  24 command lines, *, 0 deviations (glob)
