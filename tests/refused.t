# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

What is wrong on the command line is refused in one line, with status 125, and
before anything is created. Each line of this table is given to nsclone and to
nsunshare:

  $ cat >table <<'END'
  > -x
  > --no-such-option
  > --map
  > -q=1
  > --net-work
  > --uts=
  > --pin=
  > --pin=123 -u
  > --pin=a/b -u
  > --pin=name
  > --map-user=
  > --map-user=-1
  > --map-user=4294967295
  > --map-user=18446744073709551616
  > --map-user=0x1
  > --map-user=nosuchuser
  > --map-group=nosuchgroup
  > --map-users=
  > --map-users=0
  > --map-users=0:1
  > --map-users=0:1000:0
  > --map-users=0:1000:-1
  > --map-users=-1:1000:1
  > --map-users=0:1000:18446744073709551617
  > --map-users=18446744073709551617:0:1
  > --map-users=0:18446744073709551617:1
  > --map-users=0,1000,0
  > --map-users=0:1000,1
  > --map-users=0:1000:1:1
  > --map-users=4294967294:0:2
  > --map-users=0:4294967295:1
  > --map-users=none
  > --map-users=0:1000:10 --map-users=9:2000:1
  > --map-groups=0:1000:10 --map-groups=20:1009:1
  > --owner=1
  > --owner=1:
  > --owner=:1
  > --owner=a:b
  > --owner=1:1:1
  > --owner=4294967296:0
  > --setgroups=maybe
  > -R /no/such
  > --join=net
  > --join=mnt=self --bind=/tmp
  > --join=uts=nosuchname
  > --join=uts=self -u
  > --bind=
  > --bind=/no/such
  > --bind=/usr:there
  > --tmpfs=there
  > --tmpfs=/
  > --tmpfs=/./..
  > --disable-userns
  > --propagation=public
  > --hostname=12345678901234567890123456789012345678901234567890123456789012345
  > --lo
  > -T --monotonic=
  > -T --monotonic=soon
  > -T --monotonic=1y
  > -T --monotonic=1.5
  > -T --monotonic=18446744073709551617
  > -T --boottime=-900000000
  > -T --boottime=4611686018
  > --boottime=1
  > -S nosuchuser
  > -S -1
  > -S 4294967295
  > -S 4294967296
  > -S 18446744073709551616
  > -S 0x0
  > -G nosuchgroup
  > -G 4294967296
  > --groups=1,,2
  > --groups=1,nosuchgroup
  > --groups=4294967296
  > --caps=fly
  > --caps=net_admin,
  > --setgroups=deny
  > --close-fds=3,x
  > --close-fds=18446744073709551616
  > --setup=
  > --tty=open
  > --kill-child=NOSUCH
  > --kill-child=65
  > --kill-child=-1
  > --into-cgroup=/no/such
  > --into-cgroup=/
  > END
  $ refused()
  > {
  >     while read -r args; do
  >         $1 $args true >out 2>err; status=$?
  >         [ $status = 125 ] && [ ! -s out ] && [ "$(wc -l <err)" = 1 ] &&
  >             grep -q "^$1: " err || { echo "$1 $args: status $status"; cat out err; }
  >     done
  > }
  $ refused nsunshare <table
  $ refused nsclone <table

And those that only one of them has:

  $ refused nsclone <<'END'
  > --timeout=
  > --timeout=0
  > --timeout=-1
  > --timeout=soon
  > --timeout=00000000000000000000001xyz
  > --timeout=1,NOSUCH
  > --forward=NOSUCH
  > --forward=TERM,
  > --wait-all
  > --wait-all -p -I
  > END
  $ refused nsunshare <<'END'
  > --pid=file
  > --pin=name -p
  > --setup=true -p
  > END

"Before" is also what strace(1) sees of us; an engine may be asked for a name, and
does as it likes:

  $ need cmd strace
  $ quiet='-E ASAN_OPTIONS=detect_leaks=0'  # which else makes a directory
  $ while read -r args; do
  >     strace $quiet -f -b execve -o trace nsclone $args true 2>/dev/null
  >     grep -E 'NEW|^[0-9]+ +(mount|unshare|set[ug]id|setres[ug]id|setgroups|mkdir|unlink)\(' trace &&
  >         echo "nsclone $args: too late"
  > done <table; true
