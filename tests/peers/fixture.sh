# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# What the rows of the table have at hand; read as root, in mount and PID
# namespaces of its own, with $W, a new directory.
#
#   $P  a process of root's with all namespaces of its own but user and time,
#       its root is $W/root, its host name "inside"
#   $Q  a process of user 7777's with a user, mount, net and PID namespace
#   $W/bin (in PATH)  news: which namespaces are not those of the fixture
#                     state: ids, groups, capabilities, directory, umask, limits
mount -t tmpfs -o mode=755 peers "$W"
mount --make-private "$W"
mkdir -p "$W/bin" "$W/d" "$W/root"
chmod 1777 "$W/d"
for d in bin sbin lib lib64 usr etc; do
	[ -e "/$d" ] || continue
	if [ -L "/$d" ]; then
		cp -d "/$d" "$W/root/$d"
	else
		mkdir "$W/root/$d"
		mount --bind "/$d" "$W/root/$d"
		mount -o remount,bind,ro "$W/root/$d"
	fi
done
mkdir -p "$W/root/proc" "$W/root/tmp" "$W/root/sys" "$W/root$W"

own=
for t in mnt uts ipc net pid user cgroup time; do
	own="$own $(readlink "/proc/self/ns/$t")"
done
cat >"$W/bin/news" <<END
#!/bin/sh
for t in mnt uts ipc net pid user cgroup time; do
	case "$own" in
	*"\$(readlink /proc/self/ns/\$t)"*) ;;
	*) printf '%s ' \$t ;;
	esac
done
echo
END
cat >"$W/bin/state" <<'END'
#!/bin/sh
grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Sig(Blk|Ign)|Seccomp:)' /proc/self/status
pwd; umask; ulimit -n; ls /proc/self/fd | tr '\n' ' '; echo
END
chmod 755 "$W/bin/news" "$W/bin/state"
mkdir -p "$W/root/tmp/bin" && cp "$W/bin/news" "$W/bin/state" "$W/root/tmp/bin"
chmod -R go+rX "$W/bin" "$W/root/tmp"

# Until COMMAND succeeds, ten seconds at most.
until_true()
{
	n=0
	until "$@" 2>/dev/null; do
		n=$((n + 1))
		[ $n -lt 200 ] || return 1
		sleep 0.05
	done
}
is_sleep()
{
	[ "$(cat "/proc/$1/comm")" = sleep ]
}
child_of()
{
	tr -d ' ' <"/proc/$1/task/$1/children"
}
has_sleep()
{
	is_sleep "$(child_of "$1")"
}

# Their output goes nowhere: a row waits for the end of its own.
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin IN=inside /usr/bin/unshare -muinpC \
	--fork --kill-child sh -c "hostname inside
	mount --rbind '$W/root' '$W/root' && cd '$W/root' &&
	mount -t proc proc proc && mkdir -p old && pivot_root . old &&
	umount -l old; cd /tmp; umask 027; exec sleep 77771" >/dev/null 2>&1 &
P=$!
setpriv --reuid 7777 --regid 7777 --clear-groups --inh-caps=-all \
	/usr/bin/unshare -Urmnpf --kill-child --mount-proc sleep 77772 \
	>/dev/null 2>&1 &
Q=$!
until_true has_sleep $P && until_true has_sleep $Q || exit 1
P=$(child_of $P) Q=$(child_of $Q)
export P Q W
