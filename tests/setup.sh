# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# What every test reads first:
#
#   $ . "$TESTDIR/setup.sh"
#
# It gives need(), which skips the rest of the test with a reason that is shown
# beside the count.  $SRCDIR and $BUILDDIR are the trees, $NSKIT_BIN has the
# tools (first in $PATH too), $TMPDIR, $HOME and $XDG_RUNTIME_DIR are the test's
# own.  As root the test runs once as root and once as a user "nskit-test" that
# has subordinate ids where /etc/subuid exists.

skip()
{
	echo "$*" >"$NSKIT_RUN/skip"
	exit 80
}

# need root|user            who must run it
# need cmd NAME ...         programs, the tools of this package too
# need userns               may make a user namespace, and what follows from it
# need newuidmap            has subordinate ids and newuidmap(1), newgidmap(1)
# need ns TYPE ...          the kernel has that type (as under /proc/self/ns)
# need kernel N.N           the kernel is at least that
# need cgroup2              a cgroup2 hierarchy where we may make a group
# need file PATH            that file is there
# need getfd                may copy descriptors of its own other processes
# need suid                 a set-user-ID program works in $TMPDIR
# need plain WHY            built without sanitizers, which WHY
need()
{
	what=$1
	shift
	case $what in
	root)
		[ "$(id -u)" -eq 0 ] || skip "needs root"
		;;
	user)
		[ "$(id -u)" -ne 0 ] || skip "needs an ordinary user"
		;;
	cmd)
		for name; do
			command -v "$name" >/dev/null ||
				skip "needs $name"
		done
		;;
	userns)
		need_userns || skip "user namespaces are refused here"
		;;
	newuidmap)
		need cmd newuidmap newgidmap
		for file in /etc/subuid /etc/subgid; do
			grep -Eqs "^($(id -un)|$(id -u)):" $file ||
				skip "$file has no range for $(id -un)"
		done
		need userns
		;;
	ns)
		for name; do
			[ -e "/proc/self/ns/$name" ] ||
				skip "the kernel has no $name namespaces"
		done
		;;
	kernel)
		[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -n 1)" \
			= "$1" ] || skip "needs Linux $1"
		;;
	cgroup2)
		need_cgroup2 || skip "needs a writable cgroup2 hierarchy"
		;;
	file)
		[ -e "$1" ] || skip "needs $1"
		;;
	getfd)
		[ "$(id -u)" -eq 0 ] ||
			[ "$(cat /proc/sys/kernel/yama/ptrace_scope 2>&1)" != 1 ] ||
			skip "only root may copy the descriptors of others here"
		;;
	suid)
		need_suid || skip "set-user-ID programs do not work in $TMPDIR"
		;;
	plain)
		plain || skip "sanitizers $*"
		;;
	*)
		echo "need: what is $what?"
		exit 1
		;;
	esac
}

# Asked of unshare(1) where it is, so that a fault of ours is not a skip.
need_userns()
{
	if command -v unshare >/dev/null; then
		unshare -U true 2>/dev/null
	else
		[ "$(cat /proc/sys/user/max_user_namespaces)" != 0 ]
	fi
}

# CGROUP2 becomes the mount point.
need_cgroup2()
{
	CGROUP2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
	[ -n "$CGROUP2" ] && [ -w "$CGROUP2" ] &&
		mkdir "$CGROUP2/nskit-need-$$" 2>/dev/null &&
		rmdir "$CGROUP2/nskit-need-$$"
}

# As root: a file system may be mounted without (nosuid).
need_suid()
{
	cp "$(command -v id)" "$TMPDIR/suid" && chmod 4755 "$TMPDIR/suid" &&
		[ "$(setpriv --reuid=65534 --clear-groups "$TMPDIR/suid" -u)" = 0 ]
}

# wait_for COMMAND ...: until it succeeds, half a minute at most, which is for a
# machine that is busy: what must come sooner than that has its own measure.
wait_for()
{
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || return 1
		sleep 0.05
	done
}

# hold KIND: a namespace that no process is in, kept by tests/holder in the way KIND.
# That is process $holder; the namespace is $ns, of type $type and inode $number, and
# nsls -w shows its holder as $kind $where.  release: end it.
hold()
{
	rm -f "$TMPDIR/held"
	python3 "$TESTDIR/holder" "$1" >"$TMPDIR/held" 2>&1 &
	holder=$!
	wait_for grep -q '\[' "$TMPDIR/held" || cat "$TMPDIR/held"
	# shellcheck disable=SC2034
	read -r ns kind where <"$TMPDIR/held"
	# shellcheck disable=SC2034
	type=${ns%%:*} number=$(echo "$ns" | tr -dc 0-9)
}

release()
{
	kill "$holder"
	wait "$holder" 2>/dev/null || :
}

# plain: built without sanitizers.
plain()
{
	! grep -q '^CFLAGS.*-fsanitize=address' "$BUILDDIR/Makefile"
}

# sleeps PID: it has become sleep(1), so all that was to come before has.
sleeps()
{
	[ "$(readlink "/proc/$1/exe")" = "$(readlink -f "$(command -v sleep)")" ]
}
