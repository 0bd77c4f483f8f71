# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2034,SC2154
# For tests of references, after setup.sh: processes to refer to, and what the
# kernel says about them.

# target COMMAND ... sleep N: start it; $t becomes the process ID of the sleep,
# once that runs; $! that of COMMAND.
target()
{
	"$@" >/dev/null 2>&1 &
	tool=$!
	wait_for find_sleep
}

find_sleep()
{
	for t in $tool $(pgrep -P "$tool") $(pgrep -P "$tool" |
	    while read -r p; do pgrep -P "$p"; done); do
		[ "$(cat "/proc/$t/comm")" = sleep ] && return 0
	done
	return 1
}

# inode TYPE: that of a namespace of $t.
inode()
{
	readlink "/proc/$t/ns/$1" | tr -dc 0-9
}

# holder FILE: $h becomes a process that has FILE open as descriptor 8 only.
holder()
{
	sleep 300 8<"$1" >/dev/null 2>&1 &
	h=$!
	wait_for eval "[ \"\$(cat /proc/$h/comm)\" = sleep ]"
}
