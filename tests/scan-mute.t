# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls nspin nsjoin python3 timeout
  $ need root
  $ need file /dev/fuse

Whoever serves a file system can stop to answer, and who then asks it hangs, in a
way that no signal ends. Nothing of ours asks it:

  $ mute()
  > {
  >     rm -f say
  >     python3 "$TESTDIR/mute" "$1" >say & mute=$!
  >     wait_for grep -q ready say
  >     ino=$(sed -n 's/ready //p' say)
  > }
  $ ends()
  > {
  >     "$@" >out 2>err & pid=$!
  >     for i in $(seq 200); do
  >         kill -0 $pid 2>/dev/null || { wait $pid; return; }
  >         sleep 0.1
  >     done
  >     echo "$*: hangs"
  >     kill $pid
  > }

A descriptor of it that is queued on a socket, which is looked at in a process
apart, and that only with -S:

  $ mute queue
  $ nspin -u shop
  $ for options in -P -S '-w shop' '-Sw shop' '-S -w net=self'; do
  >     ends nsls -q $options || [ $? -eq 1 ] || echo $?
  > done
  $ ends nsjoin uts:[4026530000] true
  [125]
  $ ends nspin -d shop
  $ kill $mute

A file of it that a namespace is mounted on:

  $ mute path
  $ for options in '' -P '-t uts -o NS,REF,NETNSID' "-w uts:[$ino]"; do
  >     ends nsls -q $options || [ $? -eq 1 ] || echo $?
  > done
  $ nsls -qrn -t uts -o NS,STATE | grep -x "$ino held" | cut -d ' ' -f 2
  held
  $ ends nsjoin "uts:[$ino]" true || [ $? -eq 125 ]  # since Linux 6.19 it is listed

Before Linux 5.12 no kernel looks a path up in its cache alone, so there a process
apart does it; what others serve is still seen.

  $ nspin -u shop
  $ before()
  > {
  >     strace -o /dev/null true 2>/dev/null || { nsls "$@"; return; }
  >     strace -o /dev/null -e trace=openat2 \
  >         -e inject=openat2:error=EINVAL:when=1+2 timeout -s KILL 15 nsls "$@"
  > }
  $ for options in -P '-t uts -o NS,REF,NETNSID' "-w uts:[$ino]"; do
  >     before -q $options >out 2>err || [ $? -eq 1 ] || echo "nsls $options: $?"
  > done
  $ before -qrn -t uts -o ONS,NAME | sed -n "s/$(stat -Lc %i /proc/self/ns/user) shop/found/p"
  found
  $ nspin -d shop
  $ kill $mute
