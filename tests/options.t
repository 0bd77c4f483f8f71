# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

An option that lacks its argument is named as it was written, by its letter or
by its name, wherever its letter stands among others:

  $ nsjoin -t
  nsjoin: option requires an argument -- 't'; try 'nsjoin --help'
  [125]
  $ nsclone -mR
  nsclone: option requires an argument -- 'R'; try 'nsclone --help'
  [125]
  $ nsunshare --owner
  nsunshare: option '--owner' requires an argument; try 'nsunshare --help'
  [125]
  $ nspin -t
  nspin: option requires an argument -- 't'; try 'nspin --help'
  [2]
  $ nsls -no
  nsls: option requires an argument -- 'o'; try 'nsls --help'
  [2]

A long name that was cut short is answered by the whole one:

  $ nsls --filt
  nsls: option '--filter' requires an argument; try 'nsls --help'
  [2]

This is so for every option with an argument, as the help shows them:

  $ for tool in nsclone nsunshare nsjoin nspin nsls; do
  >     $tool --help | sed -n 's/^ -\(.\), --\([^][ =]*\)=.*/-\1 --\2/p' >rows
  >     [ -s rows ] || echo "$tool: no rows"
  >     while read -r short long; do
  >         for option in $short $long; do
  >             $tool $option >out 2>&1
  >             case $option in
  >             --*) words="option '$option' requires an argument" ;;
  >             *) words="option requires an argument -- '${option#-}'" ;;
  >             esac
  >             grep -q "^$tool: $words;" out || cat out
  >         done
  >     done <rows
  > done
