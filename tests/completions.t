# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd tmux nspin nsls
  $ for shell in bash zsh fish; do
  >     ! command -v $shell >/dev/null || shells="$shells $shell"
  > done
  $ [ "$shells" = " bash zsh fish" ] || skip "needs bash, zsh and fish"

  $ completes()
  > {
  >     cat >lines
  >     pids=
  >     for shell in bash zsh fish; do
  >         "$TESTDIR/complete" $shell <lines >$shell.out 2>&1 &
  >         pids="$pids $!"
  >     done
  >     wait $pids
  >     cat bash.out zsh.out fish.out
  > }

What the three shells offer where the tabulator is pressed. A name that is pinned, a
process elsewhere, and a container are there:

  $ nspin -Hrn webpin
  $ nsunshare -ru sleep 4717 >/dev/null 2>&1 & other=$!
  $ wait_for sleeps $other
  $ mkdir -m 755 "$PWD/ref" && export NSREF="$PWD/ref"
  $ printf '#!/bin/sh\necho webshop 4f5e %s running\n' $other >ref/docker
  $ chmod 755 ref/docker
  $ completes <<END
  > nsls -o NS,TY | NS,TYPE
  > nsls --output=NS,TYPE,NPR | NS,TYPE,NPROCS
  > nsls -o NS,TYPE,NPROCS,NTH | NTHREADS
  > nsls -o +NA | +NAME
  > nsls -o N | NPROCS NTHREADS NSFS
  > nsls -t net,us | net,user
  > nsls --tree= | owner parent process
  > nsls -w net=webp | net=webpin
  > nsls --wait-gone=webp | gone=webpin
  > nsls --ta | --task
  > nsclone --propagation= | private shared slave unchanged
  > nsclone --setgroups= | allow deny
  > nsclone --caps=net_admin,net_ra | net_admin,net_raw
  > nsclone --groups=root,aud | root,audio
  > nsclone --clear-env --whitelist-env=HOME,LC_A | HOME,LC_ALL
  > nsclone --join= | net uts ipc cgroup mnt pid user time
  > nsclone --join=net=webp | net=webpin
  > nsclone -S nob | nobody
  > nsclone --forward=TERM,WIN | TERM,WINCH
  > nsclone -ru --hostname=box readl | readlink
  > nsclone -ru --hostname box ls --almo | --almost-all
  > nsunshare -ru ls --almo | --almost-all
  > nsjoin --except=cgroup,sec | cgroup,seccomp
  > nsjoin webp | webpin
  > nsjoin docker:web | docker:webshop
  > nsjoin $other | $other
  > nsjoin webpin readl | readlink
  > nsjoin webpin ls --almo | --almost-all
  > nsjoin -n webpin ls --almo | --almost-all
  > nsjoin --target=webp | target=webpin
  > nsjoin --net=webp | net=webpin
  > nsjoin -n=webp | n=webpin
  > nsjoin -n=webpin ls --almo | --almost-all
  > nsjoin -nu webpin ls --almo | --almost-all
  > nsjoin --net=webpin readl | readlink
  > nsjoin -O 3=net=webp | 3=net=webpin
  > nsjoin owner:net=webp | owner:net=webpin
  > nsjoin /proc/self/ns/n | /proc/self/ns/net
  > nsjoin --env A=1 webp | webpin
  > nsjoin -S foll | follow
  > nsjoin -t webpin readl | readlink
  > nsjoin -t webpin ls --almo | --almost-all
  > nsjoin -P 2 webpin readl | readlink
  > nspin -d webp | webpin
  > nspin --whi | --while
  > END

What is attached to a letter is completed as what stands apart, and a path wherever a
reference begins as one:

  $ mkdir -p dir/ectory && touch dir/file
  $ completes <<'END'
  > nsjoin -n/proc/self/ns/n | -n/proc/self/ns/net
  > nsjoin -n./dir/fi | -n./dir/file
  > nsjoin -vn=webp | -vn=webpin
  > nsjoin -n/proc/self/ns/net readl | readlink
  > nsjoin --net=/proc/self/ns/n | --net=/proc/self/ns/net
  > nsjoin -twebp | -twebpin
  > nsjoin -twebpin ls --almo | --almost-all
  > nsjoin -t/proc/self/ns/n | -t/proc/self/ns/net
  > nsjoin --target=/proc/self/ns/n | --target=/proc/self/ns/net
  > nsjoin -Snob | -Snobody
  > nsjoin -O3=net=/proc/self/ns/n | -O3=net=/proc/self/ns/net
  > nsjoin -r./di | -r./dir/
  > nsjoin -r=./di | -r=./dir/
  > nsjoin -X./dir/fi | -X./dir/file
  > nsjoin -P2 webp | webpin
  > nsls -lnoNS,TY | -lnoNS,TYPE
  > nsls -o+NA | -o+NAME
  > nsls -tnet,us | -tnet,user
  > nsls -pwebp | -pwebpin
  > nsclone -kWIN | -kWINCH
  > nsclone -R./di | -R./dir/
  > nsclone --bind=./di | --bind=./dir/
  > nsclone --bind=./dir:./dir/e | --bind=./dir:./dir/ectory
  > nsclone --owner=nob | --owner=nobody:
  > nsclone --owner=nobody:aud | --owner=nobody:audio
  > END

A process is shown with what it executes; where there is no number yet, only those
in other namespaces are:

  $ completes <<END
  > nsjoin  | webpin docker $other sleep
  > nsjoin ${other%?} | $other
  > END

A name that is there may be anything that a file is called; what is put on the line
is that name for the shell:

  $ export NSPATH="$PWD/names" && mkdir names && touch names/"web b" names/'web$x' names/网络
  $ completes <<'END'
  > nsjoin web\  | web\ b
  > nsjoin -n web\$ | web\$x
  > nsjoin 网 | 网络
  > END
  $ unset NSPATH

An option is one entry, with its letter and what it does:

  $ "$TESTDIR/complete" bash <<END
  > nsls --ta | --task
  > nsls - | --type= --task=
  > END
  $ "$TESTDIR/complete" zsh <<'END'
  > nsls - | --task -t
  > END
  $ "$TESTDIR/complete" fish <<'END'
  > nsls - | -t --type
  > END
  $ nspin -d webpin; kill $other

bash and fish find the one file there is by the name of each tool, and bash by an old
name, where there is a link for it ("make install-compat"):

  $ mkdir -p bash/completions fish
  $ for name in nsjoin nsls unshare; do
  >     ln -s "$SRCDIR/completions/bash/nskit" bash/completions/$name
  >     ln -s "$SRCDIR/completions/fish/nskit.fish" fish/$name.fish
  > done
  $ for name in nsls unshare; do
  >     bash -c '. "bash/completions/$0" && complete -p "$0"' $name
  > done
  complete -F _nskit nsls
  complete -F _nskit unshare
  $ bash -c '. bash/completions/nsls && complete -p unshare' 2>&1 | sed 's/.*: //'
  no completion specification
  $ fish --no-config -c 'set fish_complete_path $PWD/fish
  > complete -C "nsls -t use"; complete -C "nsjoin --tty=sh"' | cut -f 1
  user
  --tty=share

A completion sees what does not exist as well:

  $ echo 'nsls -o NS,TY | NS,NOTHING' | COMPLETE_TRIES=8 "$TESTDIR/complete" bash
  bash: nsls -o NS,TY: no NS,NOTHING
  ready> nsls -o NS,TYPE
