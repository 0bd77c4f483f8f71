# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need kernel 6.9
  $ need cmd unshare nsenter lsns ip nspin nsls nsjoin

The table of nskit(7), line by line: what the other program prints, and ours. Each
runs in a machine of its own, in which "web" is a network and a container, and
1234 a process in namespaces of its own that is in the network.

  $ sed -n '/^\.Sh FROM/,/^\.Ed/p' "$SRCDIR/man/nskit.7" | grep '[a-z0-9]   *ns[a-z]' |
  >     sed 's/   */\t/' >table
  $ wc -l <table
  26
  $ mkdir ref
  $ cat >session <<'END'
  > ip netns add web
  > web=$(nsclone -d -mui --hostname=web nsjoin -n=/run/netns/web sleep 600)
  > web=${web%:*}
  > until [ /proc/$web/ns/net -ef /run/netns/web ]; do sleep 0.02; done
  > printf '#!/bin/sh\necho %s - running\n' "$web" >ref/docker
  > chmod 755 ref ref/docker
  > export NSREF=$PWD/ref
  > eval "$(echo "$1" | sed "s/\<1234\>/$web/g")" </dev/null 2>&1
  > status=$?
  > [ $status -eq 0 ] || echo "status $status"
  > ls /run/netns
  > END
  $ machine() { nsclone -mip --mount-proc --tmpfs=/run sh session "$1" 2>&1; }

Of a listing in another form the names in it are compared, without its numbers; a
container is asked of no engine, but what its lines print is known.

  $ same()
  > {
  >     case $1 in
  >     lsns*) sed 's/[0-9][0-9]*/N/g' | sort ;;
  >     *" ps "*) awk '{ print $NF }' ;;
  >     "ip netns pids"*) grep -owE 'sleep|[0-9]+' | sed 's/.*/sleep/' | head -n 1 ;;
  >     "ip netns list") grep -ow web | uniq ;;
  >     *" env") grep '^A=' ;;
  >     *" top web") grep -ow sleep | uniq ;;
  >     *" -it web sh") grep -ow web ;;
  >     "ip netns del"*) grep -v ' lives on: ' || echo gone ;;
  >     *) cat ;;
  >     esac
  > }
  $ docker()
  > {
  >     case $1 in
  >     *" hostname") printf '%s\n' web web ;;
  >     *--privileged*) id; echo web ;;
  >     *" 1:1 web id") echo 'uid=1(daemon) gid=1(daemon) groups=1(daemon)'; echo web ;;
  >     *" pwd") printf '%s\n' / web ;;
  >     *" env") echo A=1 ;;
  >     *" top web") echo sleep ;;
  >     *" -it web sh") echo web ;;
  >     esac
  > }
  $ while IFS='	' read -r theirs ours; do
  >     case $theirs in
  >     docker*) docker "$theirs" ;;
  >     *) machine "$theirs" | same "$theirs" ;;
  >     esac >a
  >     machine "$ours" | same "$theirs" >b
  >     [ -s b ] && cmp -s a b || { echo "$theirs | $ours"; diff a b; }
  > done <table
