# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need file "$BUILDDIR/tests/fuzz/replay"

The parsers of text that is not ours, and what must hold of their answers. "make
check-fuzz" looks for inputs that break them; here are the seeds alone:

  $ "$SRCDIR/tests/fuzz/seed" "$CRAMTMP"
  $ ln -s "$BUILDDIR/tests/fuzz/replay" list
  $ for target in $(./list); do
  >     ln -s "$BUILDDIR/tests/fuzz/replay" "$target"
  >     echo "$target: $("./$target" "$CRAMTMP/$target"/seed-*)"
  > done
  caps: 4 inputs
  cgroup: 6 inputs
  duration: 6 inputs
  environ: 2 inputs
  map: 5 inputs
  mountinfo: 3 inputs
  name: 5 inputs
  offset: 5 inputs
  record: 3 inputs
  ref: 24 inputs
  signal: 8 inputs
  stat: 3 inputs
  status: 2 inputs
  subid: 5 inputs
  text: 4 inputs
