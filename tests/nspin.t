# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin setpriv
  $ NSPATH=$CRAMTMP/pins
  $ export NSPATH

New namespaces under a name, all of them at once:

  $ nspin -unm web
  $ nspin -l | sed 's/\[[0-9]*\]/[N]/g; s/ [0-9]*s / 0s /'
  NAME KIND  AGE ALIVE NAMESPACES
  web  mount 0s  yes   mnt:[N] uts:[N] net:[N]
  $ nspin -q web

Nothing is stacked on a name that exists, and nothing is left of the attempt:

  $ nspin -n web
  nspin: web: File exists (nspin -d lets go of it)
  [1]
  $ ls -A "$NSPATH"
  web

Those of a process, and another name for them:

  $ nspin -t $$ -n ours
  $ nspin -M ours mine
  $ nspin -lH mine | sed 's/.* //' >mine
  $ readlink /proc/$$/ns/net | cmp - mine
  $ nspin -M mine web
  nspin: mine web: File exists
  [1]

With -a all that can be kept; by letter all that was asked for:

  $ nspin -at $$ all
  nspin: left out: the mount namespace: it is our own or an older one
  $ nspin -lH all | tr ' ' '\n' | sed -n 's/:.*//p' | grep -v time | tr '\n' ' '
  uts ipc net pid user cgroup  (no-eol)
  $ nspin -m -t $$ none 2>&1 | sed "s|$NSPATH|PINS|"
  nspin: cannot keep the mount namespace in PINS: Too many levels of symbolic links (it would hold itself: our own mount namespace, or an older one; -H keeps it by a process)

The names are found by the other tools:

  $ nsjoin web readlink /proc/self/ns/net >net
  $ nspin -lH web | grep -cFf net
  1

What is written for programs: JSON, and values that end in NUL.

  $ nspin -lJ web | python3 -c '
  > import json, sys
  > pin, = json.load(sys.stdin)["pins"]
  > print(pin["name"], pin["kind"], pin["holder"], pin["alive"], pin["age"] < 99)
  > print([(m["type"], m["alive"], m["why"]) for m in pin["namespaces"]])'
  web mount None True True
  [('mnt', True, None), ('uts', True, None), ('net', True, None)]
  $ nspin -l -0 mine | tr '\0' '\n' | sed '3s/.*/AGE/; 5s/[0-9][0-9]*/N/'
  mine
  mount
  AGE
  yes
  net:[N]
  $ nspin -lJ nosuch 2>error
  {
     "pins": []
  }
  [1]
  $ cat error
  nspin: nosuch: no such name in */pins (glob)

A name that is not there is answered by those that look like it, if any do:

  $ nspin -u alpha
  $ nspin -q gamma 2>&1 | grep -c alpha
  0
  [1]
  $ for verb in -q -d -l '-d -k'; do nspin $verb alhpa; done; nspin -M alhpa beta
  nspin: alhpa: no such name; there is: alpha
  nspin: alhpa: no such name; there is: alpha
  nspin: alhpa: no such name; there is: alpha
  nspin: alhpa: no such name; there is: alpha
  nspin: alhpa: no such name; there is: alpha
  [1]
  $ nspin -d alpha

--setup runs in the new ones before anybody sees them; what fails leaves
nothing:

  $ nspin -un --setup 'hostname inside; ls "$NSPATH"' host | grep -c host
  0
  [1]
  $ nsjoin host uname -n
  inside
  $ nspin -u --setup 'exit 3' bad
  nspin: --setup exit 3: exit status 3
  [1]
  $ nspin -u --setup 'kill -9 $$' bad
  nspin: --setup kill -9 $$: killed by signal 9
  [1]
  $ nspin -l bad
  nspin: bad: no such name in */pins (glob)
  [1]
  $ nspin -t $$ --setup true bad
  nspin: --setup, --mount-proc, --lo and ID maps are for new namespaces, not for those of -t; try 'nspin --help'
  [2]

A new user namespace has the maps of nsclone:

  $ nspin -U --map-users 0:1000:5 --map-groups 0:1000:5 mapped
  $ nsjoin -U mapped cat /proc/self/uid_map | tr -s ' '
   0 1000 5

A name is also what every other tool takes for one, with name: before it:

  $ nspin -q name:web && nspin -M name:web www && nspin -M www web
  $ nspin -q name:name:web
  nspin: name:web: no such name; there is: web
  [1]

Without the /proc of our own PID namespace a process could not be reached, and
another one has its number there; a new namespace is that of our own child:

  $ unshare -m sh -c 'mount -t tmpfs none /proc; nspin -n lost'
  nspin: cannot open the new network namespace: No such file or directory (no proc file system is mounted on /proc)
  [1]
  $ unshare -m sh -c 'mount -t tmpfs none /proc; nspin -H -u lost'
  nspin: lost: cannot be kept by a process (no proc file system is mounted on /proc)
  [1]
  $ unshare -pf nspin -H -n lost
  nspin: lost: cannot be kept by a process (/proc shows another PID namespace than ours)
  [1]
  $ unshare -pf sh -c 'nspin -p jobs 2>&1 && nspin -q jobs && nspin -d jobs' >out ||
  >     grep 'PID namespace: No such file or directory (/proc is that of a PID' out
  $ ls -A "$NSPATH" | grep -E 'jobs|lost|new'
  [1]

Where no file may grow the name is not kept, and nothing is left:

  $ for how in -p -Hn; do
  >     (ulimit -f 0; nspin $how large) 2>&1 | sed 's/record.*:/record ...:/'
  > done
  nspin: large: cannot record ...: File too large
  nspin: large: cannot record ...: File too large
  $ ls -A "$NSPATH" | grep -E 'large|new'
  [1]

Who may not unmount loses nothing by trying to let go of it, and is told what that
needs where a mount would be made:

  $ less() { setpriv --bounding-set -sys_admin --inh-caps -sys_admin "$@"; }
  $ nspin -n --netns stays; nspin -pu jobs; readlink /run/netns/stays >link
  $ for who in less 'nsclone -rm' 'nsclone -r'; do
  >     for name in stays jobs; do $who nspin -d $name; done
  > done 2>&1 | sed 's/.*: //' | sort -u
  Device or resource busy
  Operation not permitted
  $ nspin -q stays && nspin -q jobs && nsjoin jobs true
  $ readlink /run/netns/stays | cmp - link
  $ ls -A "$NSPATH" | grep -E 'old|new'
  [1]
  $ less nspin -rn more 2>&1 | sed 's/in [^ ]*:/in .../'
  nspin: cannot keep the network namespace in ... Operation not permitted (a bind mount needs CAP_SYS_ADMIN in the user namespace that owns our mount namespace)
  $ nspin -d stays jobs; ls -A "$NSPATH" | grep -E 'stays|jobs|more'
  [1]

Letting go, of several at once:

  $ nspin -d web mine all host mapped 2>/dev/null
  $ nspin -l

What makes no sense is refused:

  $ nspin web
  nspin: which namespaces? Letters for new ones (-n), or -t REF; try 'nspin --help'
  [2]
  $ nspin -n
  nspin: NAME is missing; try 'nspin --help'
  [2]
  $ nspin -n ../x
  nspin: ../x: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  [2]
  $ nspin -n 12
  nspin: 12: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  [2]
  $ nspin -n "$(printf '%0201d' 0)x" 2>&1 | sed 's/00*/0/'
  nspin: 0x: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  $ nspin -lN
  nspin: -N needs -g; try 'nspin --help'
  [2]
  $ nspin -J -n x
  nspin: -J, -0 and --noheadings need -l; try 'nspin --help'
  [2]
  $ nspin -lJ0
  nspin: -J or -0?; try 'nspin --help'
  [2]
  $ nspin -dn x
  nspin: letters of types, -t and other options for what to keep go with no other job; try 'nspin --help'
  [2]
  $ nspin -d ../x
  nspin: ../x: not a name
  [1]
  $ nspin -u --while nosuch x 2>&1 | sed 's/: no such.*/: .../'
  nspin: --while nosuch: ...
  $ ls -A "$NSPATH"
  .lock
