# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Whatever name there is can be listed, joined and asked for: those of others are
not made of letters alone.

  $ nsunshare -rn sleep 300 </dev/null >/dev/null 2>&1 &
  $ t=$!
  $ wait_for sleeps $t
  $ net=$(readlink /proc/$t/ns/net)
  $ mkdir "$CRAMTMP/names" && export NSPATH="$CRAMTMP/names"
  $ long=$(printf 'n%.0s' $(seq 255))
  $ for name in 100 'a b' x:y .h -v 网络 'é' 'a\b' 'q"q' net=web self 12:34 \
  >     pid:1 "$long"; do
  >     ln -s /proc/$t/ns/net "$NSPATH/$name"
  > done
  $ ln -s /proc/$t/ns/net "$NSPATH/$(printf 'bell\007')"

Listed, each in one line, what would mislead escaped; as JSON, and raw:

  $ nspin -lH | sed 's/  *mount.*//; s/n\{255\}/255 times n/'
  -v
  .h
  100
  12:34
  a b
  a\x5cb
  bell\x07
  net=web
  255 times n
  pid:1
  q"q
  self
  x:y
  é
  网络
  $ nspin -l 'a b' 网络 | sed 's/ mount.*/ mount/; s/ KIND.*//'
  NAME
  a b  mount
  网络 mount
  $ nspin -lJ | python3 -c 'import json, sys
  > names = [p["name"] for p in json.load(sys.stdin)["pins"]]
  > print(len(names), *sorted(ascii(n) for n in names if "b" in n and " " not in n))'
  15 'a\\b' 'bell\x07' 'net=web'
  $ nspin -l0 | tr '\0' '\n' | grep -Fxc 'a\b'
  1

Joined, by name: or by a bare word, and asked for:

  $ joined()
  > {
  >     got=$(nsjoin --preserve-credentials -U$2 -n="$1" readlink /proc/self/ns/net 2>&1)
  >     [ "$got" = "$net" ] || echo "$1: $got"
  > }
  $ for name in 100 'a b' x:y .h -v 网络 'é' 'a\b' 'q"q' net=web self 12:34 \
  >     pid:1 "$long" "$(printf 'bell\007')"; do
  >     joined "name:$name" =$t
  >     [ "$(id -u)" -ne 0 ] || nspin -q -- "$name"
  > done
  $ for name in 'a b' x:y .h -v 网络 'é' 'a\b' 'q"q' "$long"; do
  >     joined "$name" =$t
  > done
  $ nsjoin -O 7='net=name:a b' readlink /proc/self/fd/7 | grep -Fxc "$net"
  1
  $ nsls -qno NAME -t net | grep -o '网络'
  网络

A bare word that means a process, a namespace or ourselves, and is a name as
well, is refused with both, by all tools; each of the two can be written:

  $ refused() { "$@" 2>&1 | sed "s|$CRAMTMP|DIR|g; s/^[^:]*: //"; }
  $ refused nsjoin 100 true
  100: ambiguous: a process (pid:100), or DIR/names/100 (name:100)
  $ refused nsjoin -n=100 true
  100: ambiguous: a process (pid:100), or DIR/names/100 (name:100)
  $ refused nsjoin net=self true
  net=self: ambiguous: this process (pid:self), or DIR/names/self (name:self)
  $ refused nsls 12:34
  12:34: ambiguous: a process (pid:12:34), or DIR/names/12:34 (name:12:34)
  $ refused nsls --wait-gone=self
  self: ambiguous: this process (pid:self), or DIR/names/self (name:self)
  $ refused nspin -t self -n it
  self: ambiguous: this process (pid:self), or DIR/names/self (name:self)
  $ refused nsjoin --wait self true
  self: ambiguous: this process (pid:self), or DIR/names/self (name:self)
  $ nsjoin -O 7=net=pid:self true

What looks like nothing that there is:

  $ refused nsjoin net:web true
  net:web: not TYPE:[INUM]
  $ refused nsjoin 'no such thing' true
  no such thing: no such name in DIR/names, nor is it another REF (a number, a prefix, a path with a slash)
  $ refused nsjoin dokcer:web true
  dokcer:web: no such name in DIR/names, nor is it another REF (there is docker:)
  $ refused nsjoin "n$long" true | sed 's/n\{256\}/LONG/'
  LONG: not a REF (a number, a prefix, a path with a slash, or a name)

New ones are made of letters, also of other scripts, digits and a few signs:

  $ for name in 'a b' x:y .h -v 100 'a\b' "$(printf 'bell\007')" \
  >     "$(printf 'a\342\200\256b')" "$(printf 'a\302\240b')" "$(printf '\377')" \
  >     "$long"; do
  >     nspin -u -- "$name" 2>&1 | grep -c 'not a name: up to 200 letters, digits and _.@+-'
  > done | sort | uniq -c | tr -s ' '
   11 1
  $ NSPATH="$CRAMTMP/new"; mkdir -m 755 "$NSPATH"
  $ nspin -Hru 网络.é-1
  $ nspin -q 网络.é-1
  $ nspin -M 网络.é-1 größe
  $ nspin -lH | cut -d' ' -f1
  größe
  $ nspin -d größe

A directory that others can make names in is passed over, and all say so:

  $ chmod 777 "$NSPATH"
  $ refused nspin -l
  passed over: DIR/new: others may write to it (mode 0777)
  $ refused nsjoin web true
  web: no such name in DIR/new (DIR/new: others may write to it (mode 0777))
  $ refused nspin -q web
  web: no such name in DIR/new (DIR/new: others may write to it (mode 0777))
  $ refused nspin -d web
  web: no such name in DIR/new (DIR/new: others may write to it (mode 0777))
  $ refused nspin -M web wob
  web: no such name in DIR/new (DIR/new: others may write to it (mode 0777))
  $ refused nspin -g
  passed over: DIR/new: others may write to it (mode 0777)
  $ refused nspin -da
  passed over: DIR/new: others may write to it (mode 0777)
  $ refused nsls -o NAME | grep 'passed over'
  names are passed over: DIR/new: others may write to it (mode 0777)
  $ refused nsjoin --wait=0.1s web true
  --wait: web has not appeared in 0.1 s; DIR/new: others may write to it (mode 0777)
  $ NSPATH="$CRAMTMP/new:$CRAMTMP/names"
  $ joined 'a b' =$t
  $ kill $t
