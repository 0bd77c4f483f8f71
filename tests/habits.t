# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd nspin nsls nsjoin nsclone nsunshare

Who comes from another tool types what that takes. What is another thing here is
refused with what it is called here, in one line:

  $ try() { "$@" 2>&1 >/dev/null </dev/null | sed "s/; try .*//; s/ in [^ ]*nspin[^(]*/ /"; }
  $ nspin -rn lab

docker run and bwrap:

  $ try nsclone -it -r sh
  nsclone: invalid option -- 't' (here: --pty)
  $ try nsclone -r -e A=1 env
  nsclone: invalid option -- 'e' (here: --env=NAME=VALUE)
  $ try nsclone -r --workdir / pwd
  nsclone: unrecognized option '--workdir' (here: --wd=DIR)
  $ try nsclone --init -rp true
  nsclone: unrecognized option '--init' (here: nsclone -p)
  $ try nsclone --cap-add NET_ADMIN true
  nsclone: unrecognized option '--cap-add' (here: --caps=LIST)
  $ try nsclone --network none true
  nsclone: unrecognized option '--network' (here: --net)
  $ try nsclone --net=host true
  nsclone: --net host: without the option it is that of the host; a file of that name is ./host
  $ try nsunshare -r --net=none true
  nsunshare: --net none: the option alone makes a new one; a file of that name is ./none
  $ try nsclone --pid=container:web true
  nsclone: --pid container:web: of a container it is --join=TYPE=REF
  $ try nsclone --rm true
  nsclone: unrecognized option '--rm' (here: nothing stays but what --pin keeps)
  $ try nsclone --memory=1g true
  nsclone: unrecognized option '--memory=1g' (here: --into-cgroup=PATH)
  $ try nsunshare -r --ro-bind / / true
  nsunshare: unrecognized option '--ro-bind' (here: --bind=SOURCE:DIR:ro)

What may stand behind a long name is attached to it; where it stood apart, it is the
command that is not there, and the message says how it is written. Behind a letter it
most often is the command:

  $ while read -r line; do try $line; done <<'END'
  > nsclone -r --net web true
  > nsclone -r --pid host true
  > nsclone --user 1000:1000 true
  > nsclone -ru 1000:1000 true
  > nsunshare -r --mount /no/where true
  > nsunshare -r --kill-child TERM true
  > nsclone -r --mount-proc /proc true
  > nsunshare -ru nosuch
  > nsunshare -r --uts -- nosuch
  > nsjoin -t lab -U --net web true
  > nsjoin -t lab --user root true
  > nsjoin -t lab --wait 5 true
  > nsjoin -t lab -Un nosuch
  > nsjoin --user 1000:1000 lab true
  > END
  nsclone: web: No such file or directory (there is no such command in PATH; what --net takes is attached: --net=web)
  nsclone: host: No such file or directory (there is no such command in PATH; without the option it is that of the host; a file of that name is ./host)
  nsclone: 1000:1000: No such file or directory (there is no such command in PATH; the user of the command is -S USER, its group -G GROUP)
  nsclone: 1000:1000: No such file or directory (there is no such command in PATH; the user of the command is -S USER, its group -G GROUP)
  nsunshare: /no/where: No such file or directory (there is no /no; what --mount takes is attached: --mount=/no/where)
  nsunshare: TERM: No such file or directory (there is no such command in PATH; what --kill-child takes is attached: --kill-child=TERM)
  nsclone: /proc: Permission denied (it is a directory; what --mount-proc takes is attached: --mount-proc=/proc)
  nsunshare: nosuch: No such file or directory (there is no such command in PATH)
  nsunshare: nosuch: No such file or directory (there is no such command in PATH)
  nsjoin: web: No such file or directory (there is no such command in PATH; what --net takes is attached: --net=web)
  nsjoin: root: No such file or directory (there is no such command in PATH; the user is -S USER)
  nsjoin: 5: No such file or directory (there is no such command in PATH; what --wait takes is attached: --wait=5)
  nsjoin: nosuch: No such file or directory (there is no such command in PATH)
  nsjoin: 1000:1000: there is no such process any more (the user is -S USER -G GROUP)

docker exec:

  $ try nsjoin -it lab sh
  nsjoin: -i t: docker's -it is --pty
  $ try nsjoin --detach lab true
  nsjoin: unrecognized option '--detach' (here: setsid -f nsjoin)
  $ try nsjoin -d lab true
  nsjoin: invalid option -- 'd' (here: setsid -f nsjoin)
  $ try nsjoin -Au root lab id
  nsjoin: root: no such name (the user is -S USER)
  $ try nsjoin --user root lab id
  nsjoin: root: no such name (the user is -S USER)
  $ try nsjoin -w /dev/null lab pwd
  nsjoin: /dev/null: not a namespace (-W DIR is a directory inside)
  $ try nsjoin -e A=1 lab env
  nsjoin: A=1: no such name (a variable is --env=NAME=VALUE)

docker ps:

  $ try nsls -a
  nsls: invalid option -- 'a' (here: all are shown)
  $ try nsls --no-trunc
  nsls: unrecognized option '--no-trunc' (here: --notruncate)
  $ try nsls --format={{.ID}}
  nsls: unrecognized option '--format={{.ID}}' (here: --output=LIST)

nsenter, whose options all are ours, and whose --mount is no --mnt:

  $ try nsjoin --mnt=self true
  nsjoin: unrecognized option '--mnt=self' (here: --mount)
  $ nsjoin --target $$ --all -- echo done
  done

ip netns:

  $ try nspin add web
  nspin: which namespaces? Letters for new ones (-n), or -t REF; to add one: nspin -n NAME
  $ try nspin list
  nspin: which namespaces? Letters for new ones (-n), or -t REF; to list them: nspin -l
  $ try nspin del lab
  nspin: which namespaces? Letters for new ones (-n), or -t REF; to delete one: nspin -d NAME

  $ try nspin pids lab
  nspin: which namespaces? Letters for new ones (-n), or -t REF; to see what is in one: nsls -w NAME
  $ try nspin monitor
  nspin: which namespaces? Letters for new ones (-n), or -t REF; to see them come and go: nsls --watch

One job at a time, with the names that it takes:

  $ try nspin -d -l
  nspin: -l: one job at a time
  $ try nspin -q lab lab
  nspin: -q takes one NAME
  $ try nspin -M lab
  nspin: -M takes two names: OLD NEW
  $ try nspin -g lab
  nspin: -g takes no name
  $ try nspin -d
  nspin: -d takes a NAME, or -a for all

A number is said to be none:

  $ try nsclone --status-fd=x true
  nsclone: --status-fd x: not a number
  $ try nsjoin -P many -f - true
  nsjoin: -P many: not a number

What is wrong is shown as it was typed:

  $ try nsclone -rn --pin=a/b true
  nsclone: --pin a/b: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  $ nspin -d lab
