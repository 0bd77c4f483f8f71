# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd ip ping
  $ nsclone -rn ip link add nskit0 type veth peer name nskit1 2>/dev/null || skip "no veth interfaces here"

A script gives a new network namespace one end of a cable. It is the worked
example of nsclone(1): hold, read who it is, do our part, let go, read on.
(All of it runs in a network namespace of its own, so that anybody may do it.)

  $ cat >cable <<'EOF'
  > mkfifo hold status
  > exec 4<>hold
  > nsclone -n --hold-fd=4 --status-fd=5 sh -c '
  >     ip addr add 192.0.2.2/24 dev inside0 && ip link set inside0 up &&
  >     ping -qc1 -W5 192.0.2.1 >/dev/null && echo "inside reaches outside"
  >     echo done >&6; read -r answered <&7
  > ' 5>status 6>>answers 7<hold &
  > exec 5<status
  > while read -r word rest; do
  >     case $word in
  >     start)
  >         pid=${rest%:*} ;;
  >     ns)
  >         ip link add outside0 type veth peer name inside0 netns "$pid"
  >         ip addr add 192.0.2.1/24 dev outside0
  >         ip link set outside0 up
  >         echo >&4 ;;
  >     ready)
  >         until [ -s answers ]; do sleep 0.05; done
  >         ping -qc1 -W5 192.0.2.2 >/dev/null && echo "outside reaches inside"
  >         echo answered >&4 ;;
  >     *)
  >         echo "$word $rest" ;;
  >     esac
  > done <&5
  > wait
  > EOF
  $ : >answers; nsclone -rn sh cable
  inside reaches outside
  outside reaches inside
  exit 0
