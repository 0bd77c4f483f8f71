# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need userns
  $ need getfd
  $ [ -w /dev/net/tun ] || skip "may not open /dev/net/tun"

A descriptor of /dev/net/tun holds the network that it was opened in:

  $ rm -f "$TMPDIR/held"
  $ python3 "$TESTDIR/holder" tun >"$TMPDIR/held" 2>&1 & holder=$!
  $ wait_for grep -q '\[' "$TMPDIR/held" || cat "$TMPDIR/held"
  $ read -r ns kind where <"$TMPDIR/held"
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " tun $where"
  1
  $ nsls -qt net -no NS | tr -d ' ' | grep -Fxc "$(echo $ns | tr -dc 0-9)"
  1
  $ kill $holder
