# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need file "$SRCDIR/configure.ac"
  $ cd "$SRCDIR"

One version, in configure.ac; the recipes and NEWS have the same:

  $ version=$(sed -n 's/^AC_INIT(\[nskit\], \[\([0-9.]*\)\].*/\1/p' configure.ac)
  $ nsclone --version | grep -Fx "nsclone (nskit) $version" >/dev/null
  $ head -n 1 NEWS | grep -Ex "nskit $version( \([0-9-]{10}\))?" >/dev/null
  $ sed -n '1s/^nskit (\(.*\)-[0-9]*).*/\1/p' packaging/debian/changelog | grep -Fxc "$version"
  1
  $ sed -n 's/^Version: *//p' packaging/rpm/nskit.spec | grep -Fxc "$version"
  1
  $ sed -n 's/^pkgver=//p' packaging/*/*BUILD | sort | uniq -c | sed 's/^ *//' | grep -Fx "2 $version" >/dev/null

One address, the tracker's, for whoever configures and whoever reads; a mail address
that reaches nobody stands only where a format asks for a maintainer's:

  $ tracker=$(sed -n 's/^AC_INIT(.*, \[\(http[^]]*\)\], \[nskit\],/\1/p' configure.ac)
  $ grep -lF "$tracker" SECURITY.md packaging/debian/copyright .reuse/dep5
  SECURITY.md
  packaging/debian/copyright
  .reuse/dep5
  $ grep -rn 'nskit@' SECURITY.md AUTHORS README.md CONTRIBUTING.md configure.ac man
  [1]

The architectures of the package are those whose numbers the code has; elsewhere
it stops:

  $ sed -n 's/^Architecture: \(.*64.*\)/\1/p' packaging/debian/control
  amd64 arm64 armel armhf i386 loong64 powerpc ppc64 ppc64el riscv64 s390x
  $ command -v gcc >/dev/null || skip "needs gcc"
  $ sed -n '/^#if .*__x86_64__/,/^#endif/p' lib/uapi.h lib/step/tty.c |
  >     gcc -fsyntax-only -xc -U__x86_64__ -U__i386__ -U__aarch64__ \
  >     -U__arm__ -U__riscv -U__powerpc__ -U__s390__ -U__loongarch__ - \
  >     2>&1 | grep -o '#error .*'
  #error "are the numbers below those of this architecture?"
  #error "which number has ioctl(2) here, and in what else this kernel runs?"

The units and the tmpfiles.d line go where the prefix says, with its programs:

  $ need cmd make
  $ test -w "$BUILDDIR/config.status" || skip "the build is not ours to install from"
  $ make -s -C "$BUILDDIR" DESTDIR="$CRAMTMP/root" prefix=/opt install-units >/dev/null
  $ cd "$CRAMTMP/root" && find . -type f | sort
  ./opt/lib/systemd/system/nspin.service
  ./opt/lib/systemd/system/nspin@.service
  ./opt/lib/tmpfiles.d/nspin.conf
  $ grep -h '^ExecStart=' opt/lib/systemd/system/*
  ExecStart=/opt/bin/nspin --file=/etc/nspin.conf
  ExecStart=/opt/bin/nspin $OPTIONS %i
  $ make -s -C "$BUILDDIR" DESTDIR="$CRAMTMP/a root" prefix='/my tools' install-units >/dev/null
  $ grep -h '^Exec' '../a root/my tools/lib/systemd/system/'*
  ExecStartPre=-"/my tools/bin/nspin" --gc
  ExecStart="/my tools/bin/nspin" --file=/etc/nspin.conf
  ExecStart="/my tools/bin/nspin" $OPTIONS %i
  ExecStop="/my tools/bin/nspin" --delete --kill %i
