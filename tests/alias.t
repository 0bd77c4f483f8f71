# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ mkdir old
  $ ln -s "$NSKIT_BIN/nsunshare" old/unshare
  $ ln -s "$NSKIT_BIN/nsjoin" old/nsenter
  $ [ ! -x "$NSKIT_BIN/nsls" ] || ln -s "$NSKIT_BIN/nsls" old/lsns

A tool that is called by its old name keeps that program's habits. A failure of
its own is status 1; what becomes of the command is told as ever.

  $ old/unshare --setgroups=perhaps true
  unshare: unsupported --setgroups argument 'perhaps'
  [1]
  $ nsunshare --setgroups=perhaps true
  nsunshare: --setgroups perhaps: must be allow or deny
  [125]
  $ old/unshare sh -c 'exit 7'
  [7]
  $ old/unshare /no/such/command
  unshare: failed to execute /no/such/command: No such file or directory
  [127]
  $ old/nsenter -t 4194304 -n true
  nsenter: cannot open /proc/4194304/ns/net: No such file or directory
  [1]
  $ [ ! -x old/lsns ] || old/lsns -t nothing 2>&1 | sed 's/^lsns: .*/usage/'
  usage
  $ [ ! -x old/lsns ] || { old/lsns -t nothing 2>/dev/null; echo $?; }
  1

An option that is wrong is told in getopt's words, under every name:

  $ old/unshare --foo
  unshare: unrecognized option '--foo'
  Try 'unshare --help' for more information.
  [1]
  $ old/nsenter -z
  nsenter: invalid option -- 'z'
  Try 'nsenter --help' for more information.
  [1]
  $ nsunshare --fork=x
  nsunshare: option '--fork' doesn't allow an argument; try 'nsunshare --help'
  [125]
  $ nsunshare -S
  nsunshare: option requires an argument -- 'S'; try 'nsunshare --help'
  [125]
  $ nsunshare --map-user
  nsunshare: option '--map-user' requires an argument; try 'nsunshare --help'
  [125]
  $ nsunshare --fo 2>&1 | sed 's/;.*try/; try/'
  nsunshare: option '--fo' is ambiguous; try 'nsunshare --help'

The commonest refusals are in the old words, so that a script that compares them
goes on; under our names they have a cause:

  $ old/nsenter -m -u true
  nsenter: neither filename nor target pid supplied for ns/uts
  [1]
  $ old/nsenter --net=/no/such/file true
  nsenter: cannot open /no/such/file: No such file or directory
  [1]
  $ ln -s /proc/self/ns/uts here; : >plain; old/nsenter --uts=plain true
  nsenter: reassociate to namespace 'ns/uts' failed: Invalid argument
  [1]
  $ old/nsenter --uts=here true
  nsenter: here: no such name in *; there is a file ./here: write ./here (glob)
  [1]
  $ old/unshare -w /no/such/directory true
  unshare: cannot chdir to '/no/such/directory': No such file or directory
  [1]
  $ old/unshare -R /no/such/directory true
  unshare: cannot change root directory to '/no/such/directory': No such file or directory
  [1]

So is what is said of a value:

  $ old/unshare -S '1000 ' id
  unshare: failed to parse uid: '1000 '
  [1]
  $ old/unshare --map-group nobody-of-that-name id
  unshare: failed to parse gid: 'nobody-of-that-name'
  [1]
  $ old/nsenter -t '5 ' -u true
  nsenter: failed to parse pid: '5 '
  [1]
  $ old/nsenter -t 5 -t 6 true
  nsenter: option --target may be given only once
  [1]
  $ old/unshare --setgroups=deny true
  unshare: write failed /proc/self/setgroups: Operation not permitted
  [1]
  $ sed -n '/^} refusals/,/^};/p' "$SRCDIR/lib/alias.c" | tr -d '{",' |
  >     while read -r name option words; do
  >         [ -n "$words" ] && [ -x old/$name ] || continue
  >         old/$name --$option=no:pe 2>&1 </dev/null |
  >             grep -q "^$name: $(echo "$words" | sed "s/ *}.*//; s/'.*//")" ||
  >             echo "$name --$option"
  >     done

The FILE of a namespace that is to be kept has to be there, as it always had:

  $ old/unshare -U --user=file true 2>&1 | sed 's/[0-9][0-9]*/PID/'
  unshare: mount /proc/PID/ns/user on file failed: No such file or directory
  $ [ -e file ]
  [1]

nsenter takes no operand for a target, and enters what it is asked to enter:

  $ old/nsenter echo here
  here
  $ sleep 60 & old/nsenter -t $! sh -c 'readlink /proc/self/ns/net' >net; kill $!
  $ readlink /proc/self/ns/net | cmp - net

lsns draws a tree of processes, as long as it is not told to list, and nests
them in JSON; -p of nothing is nothing:

  $ tree()
  > {
  >     unshare -Uf sh -c 'echo >up; sleep 613; :' & pid=$!
  >     wait_for pgrep -P $pid && sh=$(pgrep -P $pid)
  >     wait_for pgrep -P $sh -x sleep
  > }
  $ [ ! -x old/lsns ] || tree
  $ export LC_ALL=C ns=$(stat -Lc %i /proc/$sh/ns/user)
  $ old/lsns -qo COMMAND,NS $ns | sed "s/  *$ns/ NS/; s/  *NS$/ NS/"
  COMMAND NS
  unshare -Uf sh -c echo >up; sleep 613; : NS
  `-sh -c echo >up; sleep 613; : NS
    `-sleep 613 NS
  $ old/lsns -qrn -o COMMAND $ns | tail -n 1
  \x20\x20`-sleep\x20613
  $ old/lsns -qln -o COMMAND $ns | tail -n 1
  sleep 613
  $ old/lsns -qJ -o NS,TYPE,NETNSID,COMMAND $ns | sed "s/$ns/NS/; /children/q"
  {
     "namespaces": [
        {
           "ns": NS,
           "type": "user",
           "netnsid": null,
           "command": "unshare -Uf sh -c echo >up; sleep 613; :",
           "children": [
  $ old/lsns -qJ -o COMMAND $ns | tail -n 12 | head -n 5
              {
                 "command": "sh -c echo >up; sleep 613; :",
                 "children": [
                    {
                       "command": "sleep 613"
  $ old/lsns -qJ -o TYPE -t net -p 4194303
  {
     "namespaces": [
  
     ]
  }
  $ old/lsns -p 99999999
  $ old/lsns -p x
  lsns: invalid PID argument: 'x'
  [1]
  $ old/lsns -Q 'TYPE == ' 2>/dev/null
  [1]
  $ kill -PIPE $(pgrep -P $sh); wait $pid; unset LC_ALL

The version and the usage are where scripts look for them:

  $ old/unshare -V | sed 's/(.*)/(ours)/'
  unshare from util-linux 2.42 (ours)
  $ old/nsenter --help | sed -n 2,3p
  Usage:
   nsenter [options] [<program> [<argument>...]]

What was an unambiguous abbreviation there stays one, whatever we have added:

  $ old/unshare --for true
  $ for tool in unshare nsenter lsns; do
  >     [ -x old/$tool ] || continue
  >     sed -n '/char .options;/,/^};/p' "$SRCDIR/lib/alias.c" |
  >         sed -n '/{ "'$tool'",/,/}/p' |
  >         grep -oE '[a-z]+(-[a-z]+)*( |")' | tr -d ' "' | grep -vx $tool |
  >         sort -u >options
  >     while read -r option; do
  >         n=1
  >         while [ $n -le ${#option} ]; do
  >             part=$(printf %.${n}s "$option")
  >             n=$((n + 1))
  >             [ "$(grep -c "^$part" options)" -eq 1 ] || continue
  >             old/$tool "--$part=" </dev/null 2>&1 |
  >                 grep -E 'ambiguous|unrecognized' | sed "s/^/$part: /"
  >         done
  >     done <options
  > done

The page of each tool has all of it, in the words of lib/alias:

  $ need cmd mandoc
  $ for pair in unshare:nsunshare nsenter:nsjoin lsns:nsls; do
  >     mandoc -Tascii "$SRCDIR/man/${pair#*:}.1" | sed 's/.\x08//g' |
  >         tr -s '[:space:]' ' ' >page
  >     tr '\n\t' '  ' <"$SRCDIR/lib/alias.c" | sed 's/" *"//g' | grep -oE '\{ "'${pair%:*}'", ALIAS_[A-Z0-9_]+,[^}]*"[^"]*" \}' |
  >         sed 's/.*"\([^"]*\)" }/\1/' >words
  >     [ -s words ] || echo "no words for $pair"
  >     while read -r words; do
  >         grep -qF -e "$words" page || echo "$pair: $words"
  >     done <words
  > done
