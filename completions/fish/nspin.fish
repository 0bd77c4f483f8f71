# SPDX-License-Identifier: ISC
# Completion of nspin for fish, made by completions/generate.

# The names of pins, the way the tools look them up.
function __nspin_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __nspin_processes
    set -l pids
    if test -n "$argv[1]"
        set pids (string match -r '(?<=^/proc/)[0-9]+$' -- /proc/$argv[1]*)
    else
        # Of ours the first lines.
        set -l types {mnt,uts,ipc,net,pid,user,cgroup,time}
        set pids (command stat -L -c '%n/%i' /proc/self/ns/$types /proc/*/ns/$types \
            2>/dev/null | awk -F / '
                $3 == "self" { ours[$5] = $6; next }
                $3 + 0 && $6 != ours[$5] && !seen[$3]++ { print $3 }')
    end
    for pid in $pids
        set -l comm
        test -r /proc/$pid/comm; and read comm </proc/$pid/comm 2>/dev/null
        and printf '%s\t%s\n' $pid $comm
    end
end

# Containers: SCHEME:NAME by the program of that scheme, and those that are seen
# in the control groups of processes.
function __nspin_containers
    set -l dir (path dirname (command -s nspin))/../libexec/nskit/ref
    set -q NSREF; and set dir $NSREF
    set -l scheme (string split -m 1 : -- $argv[1])
    if set -q scheme[2]
        test -x $dir/$scheme[1]; or return
        $dir/$scheme[1] 2>/dev/null | while read -l name rest
            printf '%s:%s\tcontainer\n' $scheme[1] $name
        end
        return
    end
    nsls -qnro CONTAINER 2>/dev/null | sort -u | string match -v -- -
    for file in $dir/*
        test -x $file; and printf '%s:\tengine\n' (path basename $file)
    end
end

# What the word being completed has behind an option's name and "=".
function __nspin_part
    string replace -r '^(?:--[a-z-]+|-[muinpUCT]+)=' '' -- (commandline -ct)
end

# References, behind what a REF may begin with: 3= of -O, owner:, net=.
function __nspin_ref
    set -l part (__nspin_part)
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $part)
    set part (string sub -s (math (string length -- "$head") + 1) -- $part)
    begin
        __nspin_pin
        __nspin_containers $part
        __nspin_processes (string match -r '^[0-9]*' -- $part)
    end | string replace -r '^' "$head"
end

function __nspin_joined
    set -l part (__nspin_part)
    if string match -q '*=*' -- $part
        __nspin_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __nspin_opened
    string match -qr '^[0-9]+=' -- (__nspin_part); and __nspin_ref
end

function __nspin_file; __fish_complete_path (__nspin_part); end
function __nspin_dir; __fish_complete_directories (__nspin_part) ''; end
function __nspin_user; __fish_complete_users; string join -- \n $argv; end
function __nspin_group; __fish_complete_groups; string join -- \n $argv; end
function __nspin_command; complete -C ''; end
function __nspin_words; string split , -- $argv[1]; end
function __nspin_signal; kill -l | string split ' '; end

# One more of a list, behind what is there.
function __nspin_after
    set -l head (string match -r '^.*,|^[+]' -- (__nspin_part))
    string replace -r '^' "$head" -- $argv
end
function __nspin_list; __nspin_after (string split , -- $argv[1]); end
function __nspin_groups; __nspin_after (__fish_complete_groups); end
function __nspin_variables; __nspin_after (set -nx); end
function __nspin_signals; __nspin_after all none (__nspin_signal); end
function __nspin_columns
    __nspin_after (string replace '|' \t -- (string split \n -- '
' | string match -r '.+'))
end

# The words in front of the one that is completed which are neither options nor
# their arguments, into __nspin_operand.
function __nspin_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -g __nspin_operand
    set -g __nspin_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __nspin_operand $words[(math $i + 1)..-1]
            return
        else if string match -q -- '-?*' $word
            # With one of these, every operand is the command.
            string match -qr -- '^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]|--(mount|uts|ipc|net|pid|user|cgroup|time)=)' $word
            and set __nspin_targeted y
            # The long name, or the last letter of a cluster.
            set -l name (string match -r -- '^--[^=]+$|^-[^-=]*([^-=])$' $word)
            contains -- (string replace -r '^--' '' -- "$name[-1]") $__nspin_takes
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if test pins = pins -o pins = refs
            set -a __nspin_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __nspin_operand $words[$i..-1]
            if test (count $__nspin_operand) -gt 1 -a "$__nspin_operand[2]" = --
                set -e __nspin_operand[2]
            end
            return
        end
    end
end

# Is it our options that are completed?
function __nspin_options
    __nspin_operands
    test pins = pins -o pins = refs -o (count $__nspin_operand) -eq 0
end

function __nspin_rest
    __nspin_operands
    switch pins
        case pins
            __nspin_pin
            return
        case refs
            __nspin_ref
            return
        case joined
            # "-n=web" is no option to fish, but a word.
            set -l option (string match -r -- '^-[muinpUCT]+=' (commandline -ct))
            if test -n "$option" -a (count $__nspin_operand) -eq 0
                __nspin_ref | string replace -r '^' -- $option
                return
            end
            if test -z "$__nspin_targeted"
                if test (count $__nspin_operand) -eq 0
                    __nspin_ref
                    return
                end
                set -e __nspin_operand[1]
            end
    end
    complete -C (string join ' ' -- (string escape -- $__nspin_operand) (commandline -ct))
end

set -g __nspin_takes f file setup t target while map-group map-groups map-user map-users owner setgroups
complete -c nspin -f
complete -c nspin -a '(__nspin_rest)'
complete -c nspin -n __nspin_options -s M -l rename -d 'OLD NEW: another name for it'
complete -c nspin -n __nspin_options -s d -l delete -d 'let go of NAME ...'
complete -c nspin -n __nspin_options -s f -l file -x -a '(__nspin_file)' -d 'keep what the lines of FILE say, unless it is there'
complete -c nspin -n __nspin_options -s g -l gc -d 'remove what is dead or was left half made'
complete -c nspin -n __nspin_options -s l -l list -d 'list names and what they hold'
complete -c nspin -n __nspin_options -s q -l query -d 'is all of NAME alive, and may we enter it?'
complete -c nspin -n __nspin_options -s 0 -l null -d 'with -l: each value ends in a NUL, no headings'
complete -c nspin -n __nspin_options -s F -l force -d 'with -d: unmount it wherever else it is mounted'
complete -c nspin -n __nspin_options -s H -l holder -d 'by a process, not by mounts; with -l: no headings'
complete -c nspin -n __nspin_options -s J -l json -d 'with -l: as JSON'
complete -c nspin -n __nspin_options -s N -l dry-run -d 'with -g: only print'
complete -c nspin -n __nspin_options -s k -l kill -a '(__nspin_signal)' -d 'with -d: end what is inside by SIG (TERM), then KILL'
complete -c nspin -n __nspin_options -l mount-proc -d 'with -p: mount proc in there, in a new -m'
complete -c nspin -n __nspin_options -l netns -d 'let ip-netns(8) see the name, too'
complete -c nspin -n __nspin_options -l noheadings -d 'with -l: no headings'
complete -c nspin -n __nspin_options -l setup -x -a '(__nspin_command)' -d 'run sh -c CMD in the new ones before they show'
complete -c nspin -n __nspin_options -s t -l target -x -a '(__nspin_ref)' -d 'keep the namespaces of REF, not new ones'
complete -c nspin -n __nspin_options -s v -l verbose -d 'say where it is kept, and who else could change REF'
complete -c nspin -n __nspin_options -l while -x -a '(__nspin_ref)' -d 'let go when that process ends'
complete -c nspin -n __nspin_options -s C -l cgroup -d 'cgroup namespace'
complete -c nspin -n __nspin_options -s T -l time -d 'time namespace'
complete -c nspin -n __nspin_options -s U -l user -d 'user namespace'
complete -c nspin -n __nspin_options -s i -l ipc -d 'IPC namespace'
complete -c nspin -n __nspin_options -s m -l mount -d 'mount namespace'
complete -c nspin -n __nspin_options -s n -l net -d 'network namespace'
complete -c nspin -n __nspin_options -s p -l pid -d 'PID namespace'
complete -c nspin -n __nspin_options -s u -l uts -d 'UTS namespace'
complete -c nspin -n __nspin_options -s a -l all -d 'all eight; with -t all of REF, with -d all names'
complete -c nspin -n __nspin_options -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nspin -n __nspin_options -l no-lo -d 'leave the loopback interface down'
complete -c nspin -n __nspin_options -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nspin -n __nspin_options -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nspin -n __nspin_options -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nspin -n __nspin_options -l map-group -x -a '(__nspin_group)' -d 'our group ID becomes that one'
complete -c nspin -n __nspin_options -l map-groups -x -a '(__nspin_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -n __nspin_options -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nspin -n __nspin_options -l map-user -x -a '(__nspin_user)' -d 'our user ID becomes that one'
complete -c nspin -n __nspin_options -l map-users -x -a '(__nspin_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -n __nspin_options -l owner -x -a '(__nspin_user)' -d 'who owns the user namespace'
complete -c nspin -n __nspin_options -l setgroups -x -a '(__nspin_words allow,deny)' -d 'whether setgroups(2) works inside'
complete -c nspin -n __nspin_options -s h -l help -d 'show this and exit'
complete -c nspin -n __nspin_options -s V -l version -d 'show the version and exit'
