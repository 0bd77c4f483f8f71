# SPDX-License-Identifier: ISC
# Made by completions/generate.

function __nsjoin_pins
    for d in $XDG_RUNTIME_DIR/nspin /run/nspin /run/netns
        test -d $d; and command ls $d 2>/dev/null
    end
end

complete -c nsjoin -f
complete -c nsjoin -xa "(__nsjoin_pins)"
complete -c nsjoin -s C -l cgroup -d 'the cgroup namespace'
complete -c nsjoin -s N -l net-socket -x -d 'the network namespace of the target'\''s socket FD'
complete -c nsjoin -s T -l time -d 'the time namespace'
complete -c nsjoin -s U -l user -d 'the user namespace'
complete -c nsjoin -s a -l all -d 'all that differ from ours (default)'
complete -c nsjoin -s i -l ipc -d 'the IPC namespace'
complete -c nsjoin -s m -l mount -d 'the mount namespace'
complete -c nsjoin -s n -l net -d 'the network namespace'
complete -c nsjoin -s p -l pid -d 'the PID namespace'
complete -c nsjoin -s t -l target -xa "(__nsjoin_pins)" -d 'whose namespaces: a process, a pin, a set'
complete -c nsjoin -s u -l uts -d 'the UTS namespace'
complete -c nsjoin -l user-parent -d 'the parent of the user namespace'
complete -c nsjoin -l wait -d 'wait for the target and for namespaces of its own'
complete -c nsjoin -l netns-files -d 'a named network has its /etc/netns/NAME and its /sys'
complete -c nsjoin -l no-netns-files -d 'files are those of outside'
complete -c nsjoin -s F -l no-fork -d 'no child, though in a PID namespace'
complete -c nsjoin -s G -l setgid -xa "follow" -d 'group ID (0 in a user namespace)'
complete -c nsjoin -s S -l setuid -xa "follow" -d 'user ID (0 in a user namespace)'
complete -c nsjoin -s W -l wdns -xa "(__fish_complete_directories)" -d 'the working directory, by its name inside'
complete -c nsjoin -s X -l exec -F -d 'run this file of ours inside'
complete -c nsjoin -s Z -l follow-context -d 'the security label of the target'
complete -c nsjoin -s c -l join-cgroup -d 'the cgroups of the target'
complete -c nsjoin -s e -l env -d 'the environment of the target; or set a variable'
complete -c nsjoin -l init -d 'end all it leaves, also when nsjoin ends or is killed'
complete -c nsjoin -l init-groups -d 'all groups that the user of -S is in'
complete -c nsjoin -l keep-caps -d 'it keeps those of the user namespace'
complete -c nsjoin -l login -d 'HOME, USER and SHELL of its user inside'
complete -c nsjoin -l preserve-credentials -d 'leave user and groups alone'
complete -c nsjoin -s r -l root -d 'the root of the target, or DIR'
complete -c nsjoin -s v -l verbose -d 'say what is entered, and what stays'
complete -c nsjoin -s w -l wd -d 'the working directory of the target, or DIR'
complete -c nsjoin -s A -l act-as -d 'as if the target had started it'
complete -c nsjoin -l except -x -d 'with -A, but for these'
complete -c nsjoin -l clear-env -d 'an empty environment'
complete -c nsjoin -l close-fds -d 'close what the caller left open above 2'
complete -c nsjoin -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsjoin -l whitelist-env -x -d 'with --clear-env, keep these variables'
complete -c nsjoin -l pty -d 'a terminal of its own inside, and a session'
complete -c nsjoin -l tty -xa "share" -d 'do not guard the terminal against the command'
complete -c nsjoin -l forward -xa "all none" -d 'signals to pass on (all); TERM:QUIT: as another'
complete -c nsjoin -l timeout -x -d 'send SIG (TERM) after TIME, KILL 5 s later; exit 124'
complete -c nsjoin -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsjoin -s O -l open -xa "(__nsjoin_pins)" -d 'enter nothing, but have that namespace open as descriptor N'
complete -c nsjoin -s P -l max-procs -x -d 'with -f, N commands at a time'
complete -c nsjoin -s f -l file -F -d 'one REF a line (-: standard input), each in turn'
complete -c nsjoin -s l -l label -d 'with -f, each line of output begins with its REF'
complete -c nsjoin -s h -l help -d 'show this and exit'
complete -c nsjoin -s V -l version -d 'show the version and exit'
