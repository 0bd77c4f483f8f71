# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nsjoin nspin nsls busybox python3
  $ ldd "$(command -v busybox)" >/dev/null 2>&1 && skip "needs a static busybox"
  [1]
  $ cp -r "$SRCDIR/libexec/ref" "$CRAMTMP/ref" && chmod -R go-w "$CRAMTMP/ref"
  $ export NSREF="$CRAMTMP/ref"

Real containers, of those engines that are installed, by their names:

  $ root()
  > {
  >     mkdir -p "$CRAMTMP/$1/bin" "$CRAMTMP/$1/proc" "$CRAMTMP/$1/dev" \
  >         "$CRAMTMP/$1/sys" "$CRAMTMP/$1/tmp" "$CRAMTMP/$1/run" \
  >         "$CRAMTMP/$1/etc" "$CRAMTMP/$1/usr"
  >     cp "$(command -v busybox)" "$CRAMTMP/$1/bin"
  >     ln -s busybox "$CRAMTMP/$1/bin/sleep"
  >     ln -s busybox "$CRAMTMP/$1/bin/cat"
  >     echo "$1" >"$CRAMTMP/$1/etc/os-release"
  > }
  $ check()
  > {
  >     ref=$1 pid=$2 inside=$3
  >     [ "$(nsjoin "$ref" cat /etc/os-release 2>&1)" = "$inside" ] ||
  >         { echo "nsjoin $ref:"; nsjoin "$ref" cat /etc/os-release; }
  >     nsls -qrno PID "$ref" | grep -Fqx "$pid" || echo "nsls $ref: not $pid"
  >     NSPATH="$CRAMTMP/pins" nspin -nt "$ref" it || echo "nspin -t $ref"
  >     NSPATH="$CRAMTMP/pins" nspin -d it 2>/dev/null || :
  > }

systemd-nspawn, without systemd:

  $ nspawn()
  > {
  >     root one
  >     systemd-nspawn -q --register=no --keep-unit -M nskit-one -D "$CRAMTMP/one" \
  >         /bin/sleep 300 >nspawn.log 2>&1 </dev/null & nspawn=$!
  >     inner() { pid=$(cut -d' ' -f1 /proc/$nspawn/task/$nspawn/children) &&
  >         [ "$(cat /proc/$pid/comm)" = sleep ]; }
  >     if wait_for inner; then
  >         check machine:nskit-one "$pid" one
  >         check container:nskit-one "$pid" one
  >         nsjoin nskit-one true 2>&1 | grep -q 'container:nskit-one$' ||
  >             echo "no hint"
  >     fi
  >     kill $nspawn; wait $nspawn 2>/dev/null || :
  >     nsjoin machine:nskit-one true 2>&1 | grep -q 'there is no machine nskit-one' ||
  >         echo "machine:nskit-one is still there"
  > }
  $ ! command -v systemd-nspawn >/dev/null || nspawn

lxc:

  $ lxc()
  > {
  >     root two && mkdir -p "$CRAMTMP/lxc/nskit-two"
  >     printf 'lxc.rootfs.path = dir:%s\nlxc.net.0.type = empty\nlxc.apparmor.profile = unconfined\nlxc.init.cmd = /bin/sleep 300\n' \
  >         "$CRAMTMP/two" >"$CRAMTMP/lxc/nskit-two/config"
  >     lxc-start -P "$CRAMTMP/lxc" -n nskit-two >lxc.log 2>&1 || return 0
  >     pid=$(lxc-info -P "$CRAMTMP/lxc" -n nskit-two -pH)
  >     check lxc:nskit-two "$pid" two
  >     check container:nskit-two "$pid" two
  >     lxc-stop -P "$CRAMTMP/lxc" -n nskit-two -k
  >     nsjoin lxc:nskit-two true 2>/dev/null && echo "lxc:nskit-two is still there"
  > }
  $ ! command -v lxc-start >/dev/null || lxc || :

docker:

  $ dk=$(mktemp -d)
  $ if command -v dockerd docker >/dev/null; then
  >     export DOCKER_HOST=unix://$dk/sock
  >     dockerd --data-root "$dk/data" --exec-root "$dk/exec" -p "$dk/pid" \
  >         -H "$DOCKER_HOST" --iptables=false --bridge=none \
  >         --storage-driver vfs >dockerd.log 2>&1 </dev/null &
  >     wait_for docker version || :
  > fi
  $ docker_()
  > {
  >     root three
  >     tar -C "$CRAMTMP/three" -c . | docker import - nskit-test >/dev/null
  >     id=$(docker run -d --name nskit-three --net none nskit-test \
  >         /bin/sleep 300 2>run.err) || return 0
  >     pid=$(docker inspect -f '{{.State.Pid}}' nskit-three)
  >     for ref in docker:nskit-three "docker:$id" "docker:${id%"${id#????????????}"}" \
  >         container:nskit-three; do
  >         check "$ref" "$pid" three
  >     done
  >     docker pause nskit-three >/dev/null
  >     for ref in docker:nskit-three "docker:$id"; do
  >         nsjoin "$ref" true 2>&1 | grep -q 'is paused' || echo "$ref: not paused"
  >     done
  >     docker unpause nskit-three >/dev/null
  >     docker kill nskit-three >/dev/null
  >     nsjoin docker:nskit-three true 2>&1 | grep -q 'is stopped (exited)' ||
  >         echo "not stopped"
  >     docker rm -f nskit-three >/dev/null
  >     docker rmi -f nskit-test >/dev/null
  > }
  $ ! { command -v docker && docker version; } >/dev/null 2>&1 || docker_
  $ [ ! -e "$dk/pid" ] || { kill "$(cat "$dk/pid")"; wait; }
  $ rm -rf --one-file-system "$dk"
  $ umount "$CRAMTMP/pins" 2>/dev/null || :

CRI is asked by crictl, here a small one; a name may be that of several pods:

  $ mkdir fake && cat >fake/crictl <<'END'
  > #!/bin/sh
  > case "$*" in
  > 'ps -q --name ^web$') echo aa11 ;;
  > 'ps -q --name ^two$') printf 'bb22\ncc33\n' ;;
  > 'ps -q --name '*) ;;
  > 'ps -aq') printf 'aa11\ndd44\n' ;;
  > inspect*metadata*aa11) echo "web aa11 12 CONTAINER_RUNNING" ;;
  > inspect*metadata*dd44) echo "old dd44 0 CONTAINER_EXITED" ;;
  > inspect*aa11) echo "12 aa11 CONTAINER_RUNNING" ;;
  > inspect*dd44) echo "0 dd44 CONTAINER_EXITED" ;;
  > *) echo "no such container" >&2; exit 1 ;;
  > esac
  > END
  $ chmod 755 fake/crictl
  $ cri() { PATH=$PWD/fake:$PATH sh "$SRCDIR/libexec/ref/cri" "$@"; }
  $ mkdir -p /run/crio; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/run/crio/crio.sock")'
  $ cri web; cri dd44; cri
  12 aa11 CONTAINER_RUNNING
  0 dd44 CONTAINER_EXITED
  web aa11 12 CONTAINER_RUNNING
  old dd44 0 CONTAINER_EXITED
  $ cri two
  several pods have one: bb22 cc33 
  [1]
  $ cri none
  no such container
  [1]
