# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ [ "$(id -u)" -ne 0 ] || skip "an ordinary user's way out of a network"
  $ need userns
  $ need cmd nspin ip python3
  $ [ -w /dev/net/tun ] || skip "no tun devices here"
  $ ways=$(for w in pasta slirp4netns; do command -v $w; done) || [ -n "$ways" ] || skip "neither pasta nor slirp4netns"

An ordinary user's network has a way out by a program in user mode. It enters
the user namespace first, where it may not look at the process that keeps a pin
any more: it is given descriptors of ours.

  $ cat >serve.py <<'END'
  > import socket
  > s = socket.create_server(("127.0.0.1", 0))
  > s.settimeout(30)
  > open("port.new", "w").write(str(s.getsockname()[1]))
  > import os; os.rename("port.new", "port")
  > c = s.accept()[0]; c.sendall(b"from outside\n"); c.close()
  > END
  $ cat >ask.py <<'END'
  > import socket, sys
  > print(socket.create_connection((sys.argv[1], int(open("port").read())), 10).recv(99).decode(), end="")
  > END
  $ serve() { rm -f port; python3 serve.py & wait_for test -e port; }

pasta(1) leaves when it is ready, and gives the network the addresses of ours;
the gateway is this machine. Where there is no route out there is none to be
had.

  $ gateway=$(ip -4 route show default | awk '{ print $3; exit }')
  $ has_pasta() { command -v pasta >/dev/null && [ -n "$gateway" ]; }
  $ outside='from outside'; has_pasta || outside='' 
  $ if has_pasta; then
  >     nspin -rn web
  >     nsjoin -O 5=user=web -O 6=net=web pasta --config-net --userns /proc/self/fd/5 --netns /proc/self/fd/6 -P "$PWD/pid" >log 2>&1 || cat log
  >     serve; nsjoin web python3 ask.py "$gateway" | grep -qx "$outside" || echo no way out
  >     kill "$(cat pid)"; nspin -d web
  > fi

For a command alone it is started while that is held, and given its process:

  $ if has_pasta; then
  >     mkfifo hold status; exec 4<>hold; serve
  >     nsclone -rn --hold-fd=4 --status-fd=5 python3 ask.py "$gateway" 5>status >said & command=$!
  >     exec 6<status; read -r word pid <&6
  >     pasta --config-net -P "$PWD/pid" "${pid%:*}" >log 2>&1 || cat log
  >     echo >&4; wait "$command"; grep -qx "$outside" said || echo no way out
  >     kill "$(cat pid)" 2>/dev/null; exec 4>&- 6<&-
  > fi

slirp4netns(1) stays; a byte on its --ready-fd says that it is ready. 10.0.2.2
is this machine.

  $ if command -v slirp4netns >/dev/null; then
  >     nspin -rn web; mkfifo ready
  >     nsjoin -O 5=user=web -O 6=net=web slirp4netns --configure --ready-fd=7 --userns-path=/proc/self/fd/5 --netns-type=path /proc/self/fd/6 tap0 7>ready >log 2>&1 & slirp=$!
  >     read -r word <ready; serve
  >     nsjoin web python3 ask.py 10.0.2.2 | grep -qx 'from outside' || { echo no way out; cat log; }
  >     kill $slirp; wait $slirp; nspin -d web
  > fi 2>/dev/null

  $ if command -v slirp4netns >/dev/null; then
  >     rm -f hold status; mkfifo hold status; exec 4<>hold; serve
  >     nsclone -rn --hold-fd=4 --status-fd=5 python3 ask.py 10.0.2.2 5>status >said & command=$!
  >     exec 6<status; read -r word pid <&6
  >     slirp4netns --configure --ready-fd=4 "${pid%:*}" tap0 >log 2>&1 & slirp=$!
  >     wait "$command"; grep -qx 'from outside' said || { echo no way out; cat log; }
  >     kill $slirp; wait $slirp; exec 4>&- 6<&-
  > fi 2>/dev/null
