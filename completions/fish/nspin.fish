# SPDX-License-Identifier: ISC
# Made by completions/generate.

function __nspin_pins
    for d in $XDG_RUNTIME_DIR/nspin /run/nspin /run/netns
        test -d $d; and command ls $d 2>/dev/null
    end
end

complete -c nspin -f
complete -c nspin -xa "(__nspin_pins)"
complete -c nspin -s M -l rename -d 'OLD NEW: another name for it'
complete -c nspin -s d -l delete -d 'let go of NAME ...'
complete -c nspin -s f -l file -F -d 'keep what the lines of FILE say, unless it is there'
complete -c nspin -s g -l gc -d 'remove what is dead or was left half made'
complete -c nspin -s l -l list -d 'list names and what they hold'
complete -c nspin -s q -l query -d 'is all of NAME alive, and may we enter it?'
complete -c nspin -s 0 -l null -d 'with -l: each value ends in a NUL, no headings'
complete -c nspin -s F -l force -d 'with -d: unmount it wherever else it is mounted'
complete -c nspin -s H -l holder -d 'keep them by a process, not by mounts; with -l: no headings'
complete -c nspin -s J -l json -d 'with -l: as JSON'
complete -c nspin -s N -l dry-run -d 'with -g: only print'
complete -c nspin -s k -l kill -d 'with -d: end what is inside: by SIG (TERM), then by KILL'
complete -c nspin -l mount-proc -d 'with -p: mount proc in there, in a new -m'
complete -c nspin -l netns -d 'let ip-netns(8) see the name, too'
complete -c nspin -l noheadings -d 'with -l: no headings'
complete -c nspin -l setup -x -d 'run sh -c CMD in the new ones before they show'
complete -c nspin -s t -l target -xa "(__nspin_pins)" -d 'keep the namespaces of REF, not new ones'
complete -c nspin -s v -l verbose -d 'say where it is kept, and who else could change REF'
complete -c nspin -l while -xa "(__nspin_pins)" -d 'let go when that process ends'
complete -c nspin -s C -l cgroup -d 'cgroup namespace'
complete -c nspin -s T -l time -d 'time namespace'
complete -c nspin -s U -l user -d 'user namespace'
complete -c nspin -s a -l all -d 'all eight; with -t all of REF, with -d all names'
complete -c nspin -s i -l ipc -d 'IPC namespace'
complete -c nspin -s m -l mount -d 'mount namespace'
complete -c nspin -s n -l net -d 'network namespace'
complete -c nspin -s p -l pid -d 'PID namespace, with an init of ours'
complete -c nspin -s u -l uts -d 'UTS namespace'
complete -c nspin -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nspin -l no-lo -d 'leave the loopback interface down'
complete -c nspin -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nspin -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nspin -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nspin -l map-group -xa "(__fish_complete_groups)" -d 'our group ID becomes that one'
complete -c nspin -l map-groups -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nspin -l map-user -xa "(__fish_complete_users)" -d 'our user ID becomes that one'
complete -c nspin -l map-users -x -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -l owner -x -d 'who owns the user namespace'
complete -c nspin -l setgroups -xa "allow deny" -d 'whether setgroups(2) works inside'
complete -c nspin -s h -l help -d 'show this and exit'
complete -c nspin -s V -l version -d 'show the version and exit'
