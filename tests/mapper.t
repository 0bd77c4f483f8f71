# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need newuidmap
  $ need cmd setpriv unshare
  $ user=nskit-test
  $ grep -q "^$user:" /etc/subuid || skip "/etc/subuid has no range for $user"
  $ uid=$(awk -F: -v u=$user '$1 == u { print $3 }' /etc/passwd)

A program that we depend on and that was killed is a failure, not a success
without what it was for: here newuidmap(1) is one that kills itself, or says
that all is well and has done nothing.

  $ as_user() { setpriv --reuid="$uid" --regid="$uid" --clear-groups "$@"; }
  $ with()
  > {
  >     printf '#!/bin/sh\n%s\n' "$1" >fake; chmod 755 fake
  >     shift
  >     unshare -m sh -c 'mount --bind fake "$(command -v newuidmap)" && shift &&
  >         exec setpriv --reuid='"$uid"' --regid='"$uid"' --clear-groups "$@"' sh x "$@"
  > }
  $ with 'kill -KILL $$' nsclone --map-auto echo ran
  nsclone: *newuidmap*kill* (glob)
  [125]
  $ with 'kill -KILL $$' nsunshare --map-auto echo ran
  nsunshare: *newuidmap*kill* (glob)
  [125]
  $ with 'exit 0' nsclone --map-auto echo ran
  nsclone: * (glob)
  [125]
  $ with 'exit 0' nsunshare --map-auto echo ran
  nsunshare: * (glob)
  [125]

What it says is not cut off while it speaks, however long that is:

  $ with 'while :; do echo "$((n += 1))"; [ $n -lt 20000 ] || exit 3; done >&2' nsclone --map-auto echo ran
  nsclone: *newuidmap: 1 (*) (glob)
  [125]
