# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2016
# For the tests of nsjoin -A, after setup.sh: what can be seen of a process.

# A script that shows what $1 has, with the IDs whose names are in $ids.
state='
what="Umask|Cap...|NoNewPrivs|Seccomp|Seccomp_filters|Cpus_allowed"
grep -E "^($what$ids):" /proc/$1/status
cat /proc/$1/limits /proc/$1/personality /proc/$1/oom_score_adj
sed "s/.*)//" /proc/$1/stat | cut -d" " -f 18
for ns in cgroup ipc mnt net uts user; do readlink /proc/$1/ns/$ns; done
'

# same PID [IDS]: a command that joins it has the same.
same()
{
	ids=$2 sh -c "$state" state "$1" >target.txt
	printf '%s\n' "ids='$2'; set -- \$\$" "$state" |
		nsjoin -A "$1" /bin/sh >command.txt
	diff target.txt command.txt && echo same
}
