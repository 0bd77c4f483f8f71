# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need file "$SRCDIR/bootstrap"

What a newcomer runs first says what it can do, and what is wrong with a word:

  $ "$SRCDIR/bootstrap" --help | head -n 2
  usage: bootstrap [-n] [deps|build|demo|check [TEST ...]|suites|engines]
  
  $ "$SRCDIR/bootstrap" biuld 2>&1 >/dev/null | head -n 1
  usage: bootstrap [-n] [deps|build|demo|check [TEST ...]|suites|engines]
  $ "$SRCDIR/bootstrap" build now 2>/dev/null
  [2]

Where something is missing and cannot be had, one line says what and the cure.
Here are a shell and the least beside it, no compiler and no package manager:

  $ mkdir tree bare
  $ cp "$SRCDIR/bootstrap" tree
  $ for name in sh cat dirname env grep id sed sort tr; do
  >     ln -s "$(command -v $name)" bare
  > done
  $ alone() { PATH=$PWD/bare "$@" 2>&1; }
  $ alone tree/bootstrap
  bootstrap: there is no autoreconf; "./bootstrap build" installs what is missing
  [1]
  $ alone tree/bootstrap build
  bootstrap: no package manager that I know; install these packages: .*gcc.* make.* (re)
  [1]

With one, but without a way to become root, the command is printed:

  $ printf '#!/bin/sh\n' >bare/apt-get; chmod +x bare/apt-get
  $ printf '#!/bin/sh\necho 1000\n' >user; chmod +x user; ln -sf ../user bare/id
  $ alone tree/bootstrap build >said
  [1]
  $ tr -d '\t' <said
  bootstrap: missing: .*gcc.* (re)
  bootstrap: neither root, nor sudo, nor doas; as root, run
  apt-get update && apt-get install -y --no-install-recommends .*gcc.* (re)
  $ alone tree/bootstrap -n build
  apt-get install -y --no-install-recommends .*gcc.* (re)

Without a network the package manager fails:

  $ printf '#!/bin/sh\nexit 100\n' >bare/apt-get
  $ ln -s env bare/sudo
  $ alone tree/bootstrap build
  bootstrap: missing: .*gcc.* (re)
  bootstrap: not installed, see above; once there is a network, as root: apt-get install .* (re)
  [1]

A path that make would split, and a tree that cannot be written to:

  $ cp -r tree 'a tree'
  $ alone 'a tree/bootstrap' build
  bootstrap: a path with a space or a sign of the shell's is not one for make; move the tree elsewhere: .*/a tree (re)
  [1]
