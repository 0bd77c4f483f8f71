# SPDX-License-Identifier: ISC
# Made by completions/generate.

function __nsunshare_pins
    for d in $XDG_RUNTIME_DIR/nspin /run/nspin /run/netns
        test -d $d; and command ls $d 2>/dev/null
    end
end

complete -c nsunshare -f
complete -c nsunshare -xa "(__fish_complete_subcommand)"
complete -c nsunshare -s C -l cgroup -d 'new cgroup namespace'
complete -c nsunshare -s T -l time -d 'new time namespace'
complete -c nsunshare -s U -l user -d 'new user namespace'
complete -c nsunshare -s a -l all -d 'all eight'
complete -c nsunshare -s i -l ipc -d 'new IPC namespace'
complete -c nsunshare -s m -l mount -d 'new mount namespace'
complete -c nsunshare -s n -l net -d 'new network namespace'
complete -c nsunshare -s p -l pid -d 'new PID namespace'
complete -c nsunshare -s u -l uts -d 'new UTS namespace'
complete -c nsunshare -s f -l fork -d 'run the command as a child, and watch over it'
complete -c nsunshare -l forward-signals -d 'pass signals on to it (as --fork does)'
complete -c nsunshare -l kill-child -d 'it gets SIG (KILL) when we die; implies -f'
complete -c nsunshare -s q -l quiet -d 'do not explain what -p means without -f'
complete -c nsunshare -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nsunshare -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nsunshare -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nsunshare -l map-group -xa "(__fish_complete_groups)" -d 'our group ID becomes that one'
complete -c nsunshare -l map-groups -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nsunshare -l map-user -xa "(__fish_complete_users)" -d 'our user ID becomes that one'
complete -c nsunshare -l map-users -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -l owner -xa "(__fish_complete_users)" -d 'who owns the user namespace'
complete -c nsunshare -l setgroups -xa "allow deny" -d 'whether setgroups(2) works inside'
complete -c nsunshare -s R -l root -xa "(__fish_complete_directories)" -d 'root directory of the command'
complete -c nsunshare -l mount-proc -d 'mount a fresh proc on DIR (/proc); implies -m'
complete -c nsunshare -l propagation -x -d 'private (default), shared, slave or unchanged'
complete -c nsunshare -s w -l wd -xa "(__fish_complete_directories)" -d 'working directory, as seen inside'
complete -c nsunshare -l domainname -xa "(__nsunshare_pins)" -d 'NIS domain name inside; implies -u'
complete -c nsunshare -l hostname -xa "(__nsunshare_pins)" -d 'host name inside; implies -u'
complete -c nsunshare -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nsunshare -l no-lo -d 'leave the loopback interface down'
complete -c nsunshare -l boottime -x -d 'offset of the boot-time clock; needs -T'
complete -c nsunshare -l monotonic -x -d 'offset of the monotonic clock; needs -T'
complete -c nsunshare -s G -l setgid -xa "(__fish_complete_groups)" -d 'group ID of the command'
complete -c nsunshare -s S -l setuid -xa "(__fish_complete_users)" -d 'user ID of the command'
complete -c nsunshare -l caps -xa "none all" -d 'its capabilities'
complete -c nsunshare -l groups -x -d 'its supplementary groups'
complete -c nsunshare -l keep-caps -d 'it keeps those of the new user namespace'
complete -c nsunshare -l no-new-privs -d 'nothing it executes gains privileges'
complete -c nsunshare -l clear-env -d 'an empty environment'
complete -c nsunshare -l close-fds -d 'close what the caller left open above 2'
complete -c nsunshare -l whitelist-env -x -d 'with --clear-env, keep these variables'
complete -c nsunshare -l tty -xa "share" -d 'do not guard the terminal against the command'
complete -c nsunshare -l cgroup -xa "(__fish_complete_directories)" -d 'start it in that cgroup2 directory'
complete -c nsunshare -l setup -x -d 'run sh -c CMD inside before the command'
complete -c nsunshare -s h -l help -d 'show this and exit'
complete -c nsunshare -s V -l version -d 'show the version and exit'
