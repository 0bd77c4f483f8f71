# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd docker dockerd busybox tar
  $ ldd "$(command -v busybox)" >/dev/null 2>&1 && skip "needs a static busybox"
  [1]

nskit-docker-exec(7), line by line, with a real daemon: what docker does, and
what does the same here.

  $ dk=$(mktemp -d); export DOCKER_HOST=unix://$dk/sock
  $ dockerd --data-root "$dk/data" --exec-root "$dk/exec" -p "$dk/pid" -H "$DOCKER_HOST" \
  >     --iptables=false --bridge=none --storage-driver vfs >"$dk/log" 2>&1 </dev/null &
  $ up() { docker ps; }
  $ finish() { [ -d "$dk" ] || return 0; docker rm -f web >/dev/null 2>&1; kill "$(cat "$dk/pid")" 2>/dev/null; wait; rm -rf --one-file-system "$dk"; }
  $ trap finish EXIT
  $ wait_for up || { finish; skip "dockerd does not start here"; }
  $ mkdir -p root/bin root/etc root/proc root/dev root/tmp root/data
  $ cp "$(command -v busybox)" root/bin/busybox
  $ for name in sh id sleep cat tty env grep tr tar pwd; do ln -s busybox root/bin/$name; done
  $ printf 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n' >root/etc/passwd
  $ printf 'root:x:0:\napp:x:1000:\nwww:x:33:app\n' >root/etc/group
  $ tar -C root -c . | docker import - nskit-test >/dev/null 2>&1
  $ docker run -d --name web --network none nskit-test sleep 10000 >/dev/null 2>run.err ||
  >     { finish; skip "docker runs no container here: $(tail -n 1 run.err)"; }
  $ web=$(docker inspect -f '{{.State.Pid}}' web)

  $ rights='grep -E "^(Uid|Gid|Cap|NoNew|Seccomp)" /proc/self/status; pwd; cat /proc/self/cgroup'
  $ docker exec web sh -c "$rights" >a; nsjoin -A $web sh -c "$rights" >b; diff a b
  $ docker exec -u 0 web sh -c "$rights" >a; nsjoin -A -S 0 -G 0 $web sh -c "$rights" >b; diff a b
  $ docker exec -u 1234:5 web sh -c "$rights" >a; nsjoin -A -S 1234 -G 5 $web sh -c "$rights" >b; diff a b
  $ docker exec -u app web sh -c "$rights; id -G" >a
  $ nsjoin -A -S app --init-groups $web sh -c "$rights; id -G" >b; diff a b
  $ docker exec -e A=1 -w /etc web sh -c 'echo $A; pwd' >a
  $ nsjoin -A --env A=1 -W /etc $web sh -c 'echo $A; pwd' >b; diff a b
  $ nsjoin -A --pty $web sh -c 'tty; echo $TERM' </dev/null | tr -d '\r' | head -n 1
  /dev/pts/0
  $ echo 'echo $0' | nsjoin -A $web
  -sh
  $ nsjoin -A -X "$(command -v busybox)" $web ls /data
  $ seq 1000 >from; tar -c from | nsjoin -A $web tar -C /data -x
  $ docker exec web cat /data/from | cmp - from
  $ nsjoin -A $web tar -C /data -c from | tar -xO | cmp - from
  $ docker exec web sh -c 'exit 37'; nsjoin -A $web sh -c 'exit 37'
  [37]
  $ finish
