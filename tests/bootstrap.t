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
  bootstrap: not installed, for the reason above; when that is gone (no network? no room? no right to?), as root: apt-get update && apt-get install * (glob)
  [1]

A path that make would split:

  $ cp -r tree 'a tree'
  $ alone 'a tree/bootstrap' build
  bootstrap: a path with a space or a sign of the shell's is not one for make; move the tree elsewhere: .*/a tree (re)
  [1]
  $ for sign in ':' ';' '\' "'" '"' '#' '$' '&' '|' '(' '<'; do
  >     cp -r tree "a${sign}tree"
  >     alone "a${sign}tree/bootstrap" build | grep -c 'move the tree elsewhere'
  > done | uniq -c
  *11 1 (glob)

A tree that is called through $CDPATH, one that was copied with what was built in it,
and a build directory with a relative path are what they seem. Here a make says which
tree it is for:

  $ need cmd make
  $ [ -z "$(tree/bootstrap -n build)" ] || skip "$(tree/bootstrap -n build)"
  $ cp -r tree first; mkdir first/m4
  $ (cd first && touch configure.ac Makefile.am m4/x.m4 && touch Makefile.in)
  $ cat >first/configure <<'END'
  > echo "configured for $(basename "${0%/configure}")"
  > printf 'srcdir = %s\nall:;@echo made in %s\n' "${0%/*}" "$(basename "$PWD")" >Makefile
  > END
  $ CDPATH=$PWD sh first/bootstrap build 2>/dev/null
  configured for first
  made in build
  $ sh first/bootstrap build 2>/dev/null
  made in build
  $ cp -a first second; sh second/bootstrap build 2>/dev/null
  configured for second
  made in build
  $ NSKIT_BUILD=here sh first/bootstrap build 2>&1 | sed "s|$PWD|DIR|"
  configured for first
  made in here
  bootstrap: the tools are in DIR/here/bin

Where nothing can be written, or no more than a little:

  $ need userns
  $ mkdir small
  $ disk() { nsclone -rm sh -c "mount -t tmpfs -o $1 x small; cd small; shift; "'"$@"' sh "$@" 2>&1 | sed "s|$PWD|DIR|g"; }
  $ NSKIT_BUILD=$PWD/small disk size=99k sh ../first/bootstrap build
  bootstrap: no room in DIR/small: a build takes 30 MB; make some, or set NSKIT_BUILD to another directory
  $ NSKIT_BUILD=$PWD/small disk ro sh ../first/bootstrap build
  bootstrap: DIR/small cannot be written; set NSKIT_BUILD to another directory

A tree that cannot be written to, without a configure and with one:

  $ fixed() { nsclone -rm --bind="$PWD/tree:$PWD/tree:ro" tree/bootstrap build 2>&1 | sed "s|$PWD|DIR|g"; }
  $ fixed
  bootstrap: DIR/tree cannot be written and has no configure: copy it, or take a release's tarball, which has one
  $ echo 'echo configured' >tree/configure; chmod +x tree/configure
  $ fixed
  bootstrap: DIR/tree cannot be written; set NSKIT_BUILD to another directory
  $ NSKIT_BUILD=$PWD/out; export NSKIT_BUILD
  $ TMPDIR=/no/such fixed
  bootstrap: TMPDIR is /no/such, which cannot be written; set another directory
  $ mkdir -p out; printf 'srcdir = %s\nall:;@echo made\n' "$PWD/tree" >out/Makefile
  $ fixed
  made
  bootstrap: the tools are in DIR/out/bin

configure says what is missing, in one line and with its cure; here is a
pkg-config that knows nothing, then none, and so on:

  $ need file "$SRCDIR/configure"
  $ need cmd gcc
  $ [ ! -e "$SRCDIR/config.status" ] || skip "the tree is one that was configured"
  $ missing() { "$SRCDIR/configure" -q --without-musl "$@" 2>&1 | sed -n 's/^configure: error: //p'; }
  $ PKG_CONFIG_LIBDIR=/none missing
  libsmartcols 2.38 is missing, which nsls needs: install libsmartcols-dev (libsmartcols-devel, util-linux-dev), or --disable-nsls
  $ mkdir rest; ln -s /usr/bin/* rest; rm -f rest/pkg-config
  $ PATH=$PWD/rest missing
  pkg-config is missing: install pkg-config (pkgconf)
  $ missing CC=nosuch
  CC=nosuch: there is no such command: install it, or leave out CC
  $ missing MAKE=nosuch
  make is missing: install make, or say MAKE=gmake
  $ rm -f rest/gcc rest/cc rest/clang
  $ PATH=$PWD/rest missing
  a C compiler is missing: install gcc (or clang)
  $ missing CC='gcc -nostdinc'
  the C library is missing, as gcc -nostdinc needs it: install libc6-dev (glibc-devel, musl-dev)
  $ missing CC='gcc -B/none/ -no-integrated-cpp' CFLAGS=-fnosuch
  gcc * makes no program (gcc: error: *): is it the right compiler, are CPPFLAGS, CFLAGS and LDFLAGS right? (glob)

and what keeps it from writing, or from trying, what it makes:

  $ mkdir 'a:b' && (cd 'a:b' && missing | sed 's|: /.*|: ...|')
  a path with a space or a sign of the shell's is not one for make; move the tree elsewhere: ...

  $ disk size=99k "$SRCDIR/configure" -q
  configure: error: there is no room in DIR/small: a build takes 30 MB
  $ disk ro "$SRCDIR/configure" -q 2>&1 | sed 's|: [^:]*/configure$|: .../configure|'
  configure: error: DIR/small cannot be written: configure in another directory, which may be empty, by its path: .../configure
  $ disk size=9m,noexec "$SRCDIR/configure" -q
  configure: error: programs that gcc makes do not run in DIR/small: configure where they may (no noexec mount), or say --host=TRIPLET
