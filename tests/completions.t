# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd tmux nspin nsls
  $ for shell in bash zsh fish; do
  >     ! command -v $shell >/dev/null || shells="$shells $shell"
  > done
  $ [ "$shells" = " bash zsh fish" ] || skip "needs bash, zsh and fish"

What the three shells offer where the tabulator is pressed. A name that is pinned, a
process elsewhere, and a container are there:

  $ nspin -Hrn webpin
  $ nsunshare -ru sleep 4717 >/dev/null 2>&1 & other=$!
  $ wait_for sleeps $other
  $ mkdir -m 755 "$PWD/ref" && export NSREF="$PWD/ref"
  $ printf '#!/bin/sh\necho webshop 4f5e %s running\n' $other >ref/docker
  $ chmod 755 ref/docker
  $ cat >lines <<END
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
  > nsjoin --env A=1 webp | webpin
  > nsjoin -S foll | follow
  > nsjoin -t webpin readl | readlink
  > nsjoin -t webpin ls --almo | --almost-all
  > nsjoin -P 2 webpin readl | readlink
  > nspin -d webp | webpin
  > nspin --whi | --while
  > END
  $ for shell in bash zsh fish; do "$TESTDIR/complete" $shell <lines; done

A process is shown with what it executes; where there is no number yet, only those
in other namespaces are:

  $ for shell in bash zsh fish; do
  >     "$TESTDIR/complete" $shell <<END
  > nsjoin  | webpin docker $other sleep
  > nsjoin ${other%?} | $other
  > END
  > done

A name that is there may be anything that a file is called; what is put on the line
is that name for the shell:

  $ export NSPATH="$PWD/names" && mkdir names && touch names/"web b" names/'web$x' names/网络
  $ for shell in bash zsh fish; do
  >     "$TESTDIR/complete" $shell <<'END'
  > nsjoin web\  | web\ b
  > nsjoin -n web\$ | web\$x
  > nsjoin 网 | 网络
  > END
  > done
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

A completion sees what does not exist as well:

  $ echo 'nsls -o NS,TY | NS,NOTHING' | COMPLETE_TRIES=8 "$TESTDIR/complete" bash
  bash: nsls -o NS,TY: no NS,NOTHING
  ready> nsls -o NS,TYPE
