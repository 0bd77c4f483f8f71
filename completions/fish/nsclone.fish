# SPDX-License-Identifier: ISC
# Made by completions/generate.

function __nsclone_pins
    for d in $XDG_RUNTIME_DIR/nspin /run/nspin /run/netns
        test -d $d; and command ls $d 2>/dev/null
    end
end

complete -c nsclone -f
complete -c nsclone -xa "(__fish_complete_subcommand)"
complete -c nsclone -s C -l cgroup -d 'new cgroup namespace'
complete -c nsclone -s T -l time -d 'new time namespace'
complete -c nsclone -s U -l user -d 'new user namespace'
complete -c nsclone -s a -l all -d 'all eight'
complete -c nsclone -s i -l ipc -d 'new IPC namespace'
complete -c nsclone -s m -l mount -d 'new mount namespace'
complete -c nsclone -s n -l net -d 'new network namespace'
complete -c nsclone -s p -l pid -d 'new PID namespace'
complete -c nsclone -s u -l uts -d 'new UTS namespace'
complete -c nsclone -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nsclone -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nsclone -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nsclone -l map-group -xa "(__fish_complete_groups)" -d 'our group ID becomes that one'
complete -c nsclone -l map-groups -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsclone -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nsclone -l map-user -xa "(__fish_complete_users)" -d 'our user ID becomes that one'
complete -c nsclone -l map-users -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsclone -l owner -xa "(__fish_complete_users)" -d 'who owns the user namespace'
complete -c nsclone -l setgroups -xa "allow deny" -d 'whether setgroups(2) works inside'
complete -c nsclone -s R -l root -xa "(__fish_complete_directories)" -d 'root directory of the command'
complete -c nsclone -l mount-proc -d 'mount a fresh proc on DIR (/proc); implies -m'
complete -c nsclone -l propagation -x -d 'private (default), shared, slave or unchanged'
complete -c nsclone -s w -l wd -xa "(__fish_complete_directories)" -d 'working directory, as seen inside'
complete -c nsclone -l domainname -xa "(__nsclone_pins)" -d 'NIS domain name inside; implies -u'
complete -c nsclone -l hostname -xa "(__nsclone_pins)" -d 'host name inside; implies -u'
complete -c nsclone -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nsclone -l no-lo -d 'leave the loopback interface down'
complete -c nsclone -l boottime -x -d 'offset of the boot-time clock; needs -T'
complete -c nsclone -l monotonic -x -d 'offset of the monotonic clock; needs -T'
complete -c nsclone -s G -l setgid -xa "(__fish_complete_groups)" -d 'group ID of the command'
complete -c nsclone -s S -l setuid -xa "(__fish_complete_users)" -d 'user ID of the command'
complete -c nsclone -l caps -xa "none all" -d 'its capabilities'
complete -c nsclone -l groups -x -d 'its supplementary groups'
complete -c nsclone -l keep-caps -d 'it keeps those of the new user namespace'
complete -c nsclone -l no-new-privs -d 'nothing it executes gains privileges'
complete -c nsclone -l clear-env -d 'an empty environment'
complete -c nsclone -l close-fds -d 'close what the caller left open above 2'
complete -c nsclone -l whitelist-env -x -d 'with --clear-env, keep these variables'
complete -c nsclone -l cgroup -xa "(__fish_complete_directories)" -d 'start it in that cgroup2 directory'
complete -c nsclone -l setup -x -d 'run sh -c CMD inside before the command'
complete -c nsclone -s I -l as-pid1 -d 'the command itself is PID 1, no init'
complete -c nsclone -l forward -xa "all none" -d 'signals to pass on to the command (all)'
complete -c nsclone -s k -l kill-child -d 'the command gets SIG (KILL) when we die'
complete -c nsclone -l no-kill-child -d 'let it live on'
complete -c nsclone -l timeout -x -d 'send SIG (TERM) after TIME, KILL 5 s later; exit 124'
complete -c nsclone -l wait-all -d 'end with the last process of the PID namespace'
complete -c nsclone -s h -l help -d 'show this and exit'
complete -c nsclone -s V -l version -d 'show the version and exit'
