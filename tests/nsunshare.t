# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

nsunshare moves this very process: the command has our PID.

  $ sh -c 'echo $$; exec nsunshare -ru sh -c "echo \$\$"' | uniq | wc -l
  1
  $ nsunshare -ru --hostname=box hostname
  box
  $ nsunshare -rT --monotonic=1h true

Without -f a new PID namespace only concerns children, and it says so:

  $ nsunshare -rp true
  nsunshare: -p without -f: this process stays where it is, its first child will be PID 1
  $ nsunshare -rpq true

With -f the command is PID 1:

  $ nsunshare -rpf --mount-proc sh -c 'echo $$; set -- /proc/[0-9]*; echo $#'
  1
  1
  $ nsunshare -rp --kill-child sh -c 'echo $$'
  1

A set-up command would be that PID 1, and is none with --fork:

  $ nsunshare -rp --setup=true true
  nsunshare: --setup: with -p it needs --fork: it would be PID 1, with which the PID namespace ends
  [125]
  $ nsunshare -rpf --setup='echo set up' sh -c '(:); echo $$'
  set up
  1

Maps. A user may map his own id to any other:

  $ nsunshare --map-user=5 --map-group=6 sh -c 'id -u; id -g'
  5
  6

Ranges that overlap are named, both of them, and nothing has happened yet:

  $ nsunshare --map-users=0:1000:10 --map-users=5:2000:10 true
  nsunshare: --map-users 5:2000:10: overlaps: 0:1000:10 and 5:2000:10
  [125]
  $ nsunshare --map-users=0:1000:0 true
  nsunshare: --map-users 0:1000:0: too small (1 or more)
  [125]
  $ nsunshare --map-users=0:1000:-1 true
  nsunshare: --map-users 0:1000:-1: too small (1 or more)
  [125]
  $ nsunshare --map-users=0:1000:18446744073709551617 true
  nsunshare: --map-users 0:1000:18446744073709551617: not INSIDE:OUTSIDE:COUNT
  [125]
  $ nsunshare --map-users=4294967290:0:10 true
  nsunshare: --map-users 4294967290:0:10: goes beyond the last ID, 4294967294
  [125]
  $ nsunshare -S 4294967296 true
  nsunshare: --setuid 4294967296: too large (4294967294 at most)
  [125]
  $ nsunshare --map-user=nosuchuser true
  nsunshare: --map-user nosuchuser: no such user
  [125]
