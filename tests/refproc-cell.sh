# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2154
# For tests/refproc.t and the attacks, after setup.sh, as root of a PID
# namespace with its own /proc: a process in a UTS namespace of its own, under
# a number that can be used again.
exec 2>&1
p=31313

# uts PID: its UTS namespace.
uts()
{
	readlink "/proc/$1/ns/uts"
}

# Start one under the number $p.
start()
{
	echo $((p - 1)) >/proc/sys/kernel/ns_last_pid || exit
	unshare -u sleep 300 >/dev/null &
	[ "$p" = $! ] || { echo "got $!, not $p"; exit 1; }
	wait_for eval "[ \"\$(cat /proc/$p/comm)\" = sleep ]"
}

stop()
{
	kill -9 "$p"
	wait "$p" 2>/dev/null
}

# identity PID: the inode of its pidfd.
identity()
{
	python3 -c 'if True:
		import os, sys
		print(os.fstat(os.pidfd_open(int(sys.argv[1]))).st_ino)' "$1"
}

# inside REF: is that where $p is?
inside()
{
	[ "$(nsjoin -u "$@" readlink /proc/self/ns/uts)" = "$(uts "$p")" ] &&
		echo inside
}

# What differs from run to run goes, and how far we had come when it ended.
words()
{
	sed "s/$p/PID/g; s/:[0-9][0-9]*/:INO/g; s/[0-9]* s ago/N s ago/
	    s/(the process has ended)/(it has ended)/
	    s/process PID has ended/PID: No such process (it has ended)/"
}

# refuse ARGUMENT ...: of nsjoin; what it says.
refuse()
{
	nsjoin "$@" 2>&1 | words
}

# race CALL STRACE-OPTION ...: let another process have the number of $p when
# nsjoin $how $p has done CALL; strace holds it there.
race()
{
	call=$1
	shift
	start
	rm -f "$CRAMTMP/log"
	# shellcheck disable=SC2086
	strace -f -o "$CRAMTMP/log" -e trace=pidfd_open,pidfd_send_signal,openat,ioctl "$@" \
	    nsjoin $how "$p" sh -c 'echo entered' >"$CRAMTMP/out" 2>&1 &
	tracer=$!
	wait_for grep -q "$call" "$CRAMTMP/log"
	stop
	start
	wait $tracer
	echo "$? $(words <"$CRAMTMP/out")"
	stop
}
