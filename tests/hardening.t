# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd readelf nm objdump
  $ flag() { grep -qE "^[A-Z_]+ = .*$1( |\$)" "$BUILDDIR/Makefile"; }
  $ flag -static-pie || flag -pie || skip "built without hardening"
  $ cd "$NSKIT_BIN"

What the binaries are, read from them, whether they are static or not: what
configure found the compiler to take has to be seen in each. Where something is
missing, a tool's name is printed.

  $ each() { for tool in nsclone nsjoin nspin nsunshare nsls; do [ ! -e $tool ] || "$@" || echo "$tool: $*"; done; }
  $ has() { what=$1; shift; "$@" $tool 2>/dev/null | grep -qE -- "$what"; }
  $ has_no() { ! has "$@"; }

Of a stripped tool (make install-strip, a package) only those names are left that
the loader looks up. Where there are none, its instructions tell, if one does:

  $ stripped() { ! nm $tool 2>/dev/null | grep -q .; }
  $ dynamic() { readelf -lW $tool | grep -q INTERP; }
  $ code() { objdump -d -j .text --no-show-raw-insn $tool; }
  $ named()
  > {
  >     if dynamic || ! stripped; then
  >         has "$1" readelf -sW
  >     else
  >         [ -z "$2" ] || [ "$(uname -m)" != x86_64 ] || code | grep -qE "$2"
  >     fi
  > }

At another address each time, with no relocation of text:

  $ each has 'Type: *DYN' readelf -hW
  $ each has_no TEXTREL readelf -dW

All that the loader writes at start is read-only afterwards, and nothing is
bound later:

  $ each has GNU_RELRO readelf -lW
  $ each has 'BIND_NOW|FLAGS_1.* NOW' readelf -dW

No memory is both writable and executable, the stack is not executable, and code
is in a segment of its own, without the headers and constants:

  $ each has_no ' RWE ' readelf -lW
  $ each has 'GNU_STACK.* RW ' readelf -lW
  $ flag -Wl,-z,separate-code && sep=has || sep=:
  $ each $sep 'LOAD +0x0+ .* R +0x' readelf -lW

Symbols that are kept apart are found by a build ID, that of static programs too:

  $ each has 'Build ID: [0-9a-f]{40}' readelf -nW

A smashed stack, or a copy beyond the end of an array that the compiler knows,
ends in abort. musl has no functions for the second; in what is static with it the
compiler's own checks end in an illegal instruction:

  $ flag -fstack-protector-strong && each named __stack_chk_fail '%fs:0x28'
  $ musl() { grep -q '^TOOL_CFLAGS = .*musl' "$BUILDDIR/Makefile" && [ $tool != nsls ]; }
  $ checks()
  > {
  >     if has /ld-musl readelf -lW; then
  >         return
  >     elif ! musl; then
  >         ! flag -D_FORTIFY_SOURCE=. || named '__[a-z]+_chk(@|$| )' ""
  >     else
  >         ! flag -fsanitize=bounds || has '\bud2\b' objdump -d
  >     fi
  > }
  $ each checks

A big frame is probed page by page, so none reaches over the guard page:

  $ case $(uname -m) in x86_64) ;; *) skip "the rest is about x86-64" ;; esac
  $ flag -fstack-clash-protection && probe='or[blq] +\$0x0,(0x[0-9a-f]+)?\(%rsp\)' || probe=.
  $ each has "$probe" objdump -d --no-show-raw-insn

Jumps end at landing pads, and the files are marked for it. The mark for jumps
(IBT) is given only where all of the program was made for it, so not where the
C library is part of it and was not:

  $ flag -fcf-protection=full && pad=endbr64 mark=SHSTK || pad=. mark=.
  $ pads()
  > {
  >     if stripped; then
  >         [ "$(code | grep -c $pad)" -gt 10 ]  # those of crt1.o are fewer
  >     else
  >         objdump -d --no-show-raw-insn --disassemble=main $tool | grep -q $pad
  >     fi
  > }
  $ each pads
  $ each has "$mark" readelf -nW
  $ ibt() { ! dynamic || ! flag -Wl,-z,ibt || has IBT readelf -nW; }
  $ each ibt

A static tool needs no library and no loader, also not while it runs: the C
library's look-ups and character sets, which would load some, are not called by
us (see also hygiene.t).

  $ no_loader() { dynamic || ! readelf -dW $tool | grep -q NEEDED; }
  $ each no_loader
