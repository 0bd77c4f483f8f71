# SPDX-License-Identifier: ISC
# Completion of nsls for fish, made by completions/generate.

# The names of pins, the way the tools look them up.
function __nsls_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __nsls_processes
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
function __nsls_containers
    set -l dir (path dirname (command -s nsls))/../libexec/nskit/ref
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
function __nsls_part
    string replace -r '^(?:--[a-z-]+|-[muinpUCT]+)=' '' -- (commandline -ct)
end

# References, behind what a REF may begin with: 3= of -O, owner:, net=.
function __nsls_ref
    set -l part (__nsls_part)
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $part)
    set part (string sub -s (math (string length -- "$head") + 1) -- $part)
    begin
        __nsls_pin
        __nsls_containers $part
        __nsls_processes (string match -r '^[0-9]*' -- $part)
    end | string replace -r '^' "$head"
end

function __nsls_joined
    set -l part (__nsls_part)
    if string match -q '*=*' -- $part
        __nsls_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __nsls_opened
    string match -qr '^[0-9]+=' -- (__nsls_part); and __nsls_ref
end

function __nsls_file; __fish_complete_path (__nsls_part); end
function __nsls_dir; __fish_complete_directories (__nsls_part) ''; end
function __nsls_user; __fish_complete_users; string join -- \n $argv; end
function __nsls_group; __fish_complete_groups; string join -- \n $argv; end
function __nsls_command; complete -C ''; end
function __nsls_words; string split , -- $argv[1]; end
function __nsls_signal; kill -l | string split ' '; end

# One more of a list, behind what is there.
function __nsls_after
    set -l head (string match -r '^.*,|^[+]' -- (__nsls_part))
    string replace -r '^' "$head" -- $argv
end
function __nsls_list; __nsls_after (string split , -- $argv[1]); end
function __nsls_groups; __nsls_after (__fish_complete_groups); end
function __nsls_variables; __nsls_after (set -nx); end
function __nsls_signals; __nsls_after all none (__nsls_signal); end
function __nsls_columns
    __nsls_after (string replace '|' \t -- (string split \n -- '
NS|inode number
TYPE|type of namespace
PATH|a file that opens it
NPROCS|number of processes in it
PID|the lowest process in it
PPID|parent of PID
COMMAND|command line of PID
UID|user of PID, or who owns it, by number
USER|user of PID, or who owns it
NETNSID|number that our network namespace has for it
NSFS|where it is mounted
PNS|parent namespace (pid, user)
ONS|owning user namespace
REF|a stable reference that every tool accepts
ID|the kernel\'s 64-bit id
NAME|names under which it is pinned
NTHREADS|number of threads in it
HOLDERS|what keeps it alive
STATE|live, held (no process), dead (no init any more)
OWNERUID|who made the owning user namespace, by number
OWNER|who made the owning user namespace
UIDMAP|user ids, INSIDE:OUTSIDE:COUNT (user)
GIDMAP|group ids (user)
CGROUP|control group of PID
CONTAINER|the container that PID is in, as a reference
CNAME|its name, which the engine is asked for
NSPID|PID as its own PID namespace numbers it
IFACES|network interfaces (net)
PEER|other ends of veths, INTERFACE:NS:INTERFACE (net)
MNTNS|mount namespace of PID, or where it is mounted
HOST|node name of this machine
BOOT|boot id of this machine
OFFSET|seconds that its boot time is ahead (time)
' | string match -r '.+'))
end

# The words in front of the one that is completed which are neither options nor
# their arguments, into __nsls_operand.
function __nsls_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -g __nsls_operand
    set -g __nsls_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __nsls_operand $words[(math $i + 1)..-1]
            return
        else if string match -q -- '-?*' $word
            # With one of these, every operand is the command.
            string match -qr -- '^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]|--(mount|uts|ipc|net|pid|user|cgroup|time)=)' $word
            and set __nsls_targeted y
            # The long name, or the last letter of a cluster.
            set -l name (string match -r -- '^--[^=]+$|^-[^-=]*([^-=])$' $word)
            contains -- (string replace -r '^--' '' -- "$name[-1]") $__nsls_takes
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if test refs = pins -o refs = refs
            set -a __nsls_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __nsls_operand $words[$i..-1]
            if test (count $__nsls_operand) -gt 1 -a "$__nsls_operand[2]" = --
                set -e __nsls_operand[2]
            end
            return
        end
    end
end

# Is it our options that are completed?
function __nsls_options
    __nsls_operands
    test refs = pins -o refs = refs -o (count $__nsls_operand) -eq 0
end

function __nsls_rest
    __nsls_operands
    switch refs
        case pins
            __nsls_pin
            return
        case refs
            __nsls_ref
            return
        case joined
            # "-n=web" is no option to fish, but a word.
            set -l option (string match -r -- '^-[muinpUCT]+=' (commandline -ct))
            if test -n "$option" -a (count $__nsls_operand) -eq 0
                __nsls_ref | string replace -r '^' -- $option
                return
            end
            if test -z "$__nsls_targeted"
                if test (count $__nsls_operand) -eq 0
                    __nsls_ref
                    return
                end
                set -e __nsls_operand[1]
            end
    end
    complete -C (string join ' ' -- (string escape -- $__nsls_operand) (commandline -ct))
end

set -g __nsls_takes p task Q filter t type o output wait-gone
complete -c nsls -f
complete -c nsls -a '(__nsls_rest)'
complete -c nsls -n __nsls_options -l no-threads -d 'do not look at each thread of a process'
complete -c nsls -n __nsls_options -s P -l persistent -d 'only namespaces without processes'
complete -c nsls -n __nsls_options -s p -l task -x -a '(__nsls_ref)' -d 'only the namespaces of this process'
complete -c nsls -n __nsls_options -s Q -l filter -x -d 'only what this is true of, see scols-filter(5)'
complete -c nsls -n __nsls_options -s q -l quiet -d 'do not say what could not be seen'
complete -c nsls -n __nsls_options -s S -l scm -d 'also what is queued on unix sockets'
complete -c nsls -n __nsls_options -l strict -d 'fail if anything could not be seen, others\' own too'
complete -c nsls -n __nsls_options -l threads -d 'show threads that left their leader\'s namespaces'
complete -c nsls -n __nsls_options -s t -l type -x -a '(__nsls_list mnt,uts,ipc,net,pid,user,cgroup,time)' -d 'only these types'
complete -c nsls -n __nsls_options -s v -l verbose -d 'say who else could change what REF leads to'
complete -c nsls -n __nsls_options -s 0 -l null -d 'end each value with a NUL, no headings'
complete -c nsls -n __nsls_options -s J -l json -d 'JSON'
complete -c nsls -n __nsls_options -l json-lines -d 'JSON, an object a line'
complete -c nsls -n __nsls_options -s l -l list -d 'a flat list, no tree of processes'
complete -c nsls -n __nsls_options -s n -l noheadings -d 'no headings'
complete -c nsls -n __nsls_options -s o -l output -x -a '(__nsls_columns NS,TYPE,PATH,NPROCS,PID,PPID,COMMAND,UID,USER,NETNSID,NSFS,PNS,ONS,REF,ID,NAME,NTHREADS,HOLDERS,STATE,OWNERUID,OWNER,UIDMAP,GIDMAP,CGROUP,CONTAINER,CNAME,NSPID,IFACES,PEER,MNTNS,HOST,BOOT,OFFSET)' -d 'these columns; +LIST: these as well'
complete -c nsls -n __nsls_options -l output-all -d 'all columns'
complete -c nsls -n __nsls_options -s r -l raw -d 'one space between values'
complete -c nsls -n __nsls_options -s T -l tree -a '(__nsls_words owner,parent,process)' -d 'a tree by owner (default), parent or process'
complete -c nsls -n __nsls_options -s u -l notruncate -d 'cut no text short'
complete -c nsls -n __nsls_options -s W -l nowrap -d 'lists on one line, with commas'
complete -c nsls -n __nsls_options -s d -l diff -d 'which namespaces of two REFs differ'
complete -c nsls -n __nsls_options -l dot -d 'the hierarchy for Graphviz'
complete -c nsls -n __nsls_options -s H -l list-columns -d 'say which columns there are'
complete -c nsls -n __nsls_options -l wait-gone -x -a '(__nsls_ref)' -d 'return when it has died'
complete -c nsls -n __nsls_options -l watch -d 'namespaces as they come (+) and go (-)'
complete -c nsls -n __nsls_options -s w -l why -d 'what keeps the namespace alive'
complete -c nsls -n __nsls_options -s h -l help -d 'show this and exit'
complete -c nsls -n __nsls_options -s V -l version -d 'show the version and exit'
