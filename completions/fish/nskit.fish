# SPDX-License-Identifier: ISC
# Completion of the five tools for fish, made by completions/generate.

# It is found by the name of each tool, and read once.
functions -q __nskit_rest; and return

# The names of pins, the way the tools look them up.
function __nskit_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __nskit_processes
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
function __nskit_containers
    set -l dir (path dirname (command -s nsjoin))/../libexec/nskit/ref
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

# What is read, with $argv[1] before it.
function __nskit_behind
    set -l head $argv[1]
    while read -l line
        printf '%s%s\n' $head $line
    end
end

# References, behind what a REF may begin with (3= of -O, owner:, net=); paths where
# one begins so.
function __nskit_ref
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $__nskit_part)
    set -l part (string sub -s (math (string length -- "$head") + 1) -- $__nskit_part)
    if string match -qr '^[/.~]|^[^:]*/' -- $part
        __fish_complete_path $part | __nskit_behind "$head"
        return
    end
    begin
        __nskit_pin
        __nskit_containers $part
        __nskit_processes (string match -r '^[0-9]*' -- $part)
    end | __nskit_behind "$head"
end

function __nskit_joined
    if string match -q '*=*' -- $__nskit_part
        __nskit_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __nskit_opened
    string match -qr '^[0-9]+=' -- $__nskit_part; and __nskit_ref
end

function __nskit_bound
    set -l head (string match -r '^.*:' -- $__nskit_part)
    __fish_complete_path (string replace -r '^.*:' '' -- $__nskit_part) | __nskit_behind "$head"
end

function __nskit_owner
    set -l user (string match -r '^.*:' -- $__nskit_part)
    if test -n "$user"
        __fish_complete_groups | __nskit_behind $user
    else
        __fish_complete_users | string replace -r '\t|$' ':$0'
    end
end

function __nskit_file; __fish_complete_path $__nskit_part; end
function __nskit_dir; __fish_complete_directories $__nskit_part ''; end
function __nskit_user; __fish_complete_users; string join -- \n $argv; end
function __nskit_group; __fish_complete_groups; string join -- \n $argv; end
function __nskit_command; complete -C ''; end
function __nskit_words; string split , -- $argv[1]; end
function __nskit_signal; kill -l | string split ' '; end
function __nskit_none; end

# One more of a list, behind what is there.
function __nskit_after
    string join -- \n $argv | __nskit_behind (string match -r '^.*,|^[+]|^' -- $__nskit_part)
end
function __nskit_list; __nskit_after (string split , -- $argv[1]); end
function __nskit_groups; __nskit_after (__fish_complete_groups); end
function __nskit_variables; __nskit_after (set -nx); end
function __nskit_signals; __nskit_after all none (__nskit_signal); end
function __nskit_columns
    __nskit_after (string replace '|' \t -- (string split \n -- '
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

# Read the option $argv[2] of the tool $argv[1]: its letter or long name into
# __nskit_name; into __nskit_head what stands before an argument in the word itself,
# which goes into __nskit_part.
function __nskit_option
    set -l takes __nskit_takes_$argv[1]
    set -l attached __nskit_attached_$argv[1]
    set -l letters (string match -r '^.(?= |$)' -- $$takes $$attached | string join '')
    set -l found (string match -r -- '^(--([^=]+)=)(.*)$' $argv[2]
        or string match -r -- "^(-[^-$letters]*([$letters]))(.*)\$" $argv[2])
    set -g __nskit_name (string replace -r '^--' '' -- $argv[2])
    set -g __nskit_head
    set -g __nskit_part $argv[2]
    set -q found[1]; or return
    set __nskit_name $found[3]
    set __nskit_head $found[2]
    set __nskit_part $found[4]
    if contains -- "$__nskit_name __nskit_ref" $$attached
        # Behind the letter of a type may be more letters, too.
        string match -qr '^[=/.:]' -- $__nskit_part; or set __nskit_head
    end
    if string match -q '=*' -- $__nskit_part; and string match -q -- "$__nskit_name *" $$attached
        set __nskit_head $__nskit_head=
        set __nskit_part (string sub -s 2 -- $__nskit_part)
    end
end

# Go over the words of a line of the tool $argv[1] in front of the one that is completed:
# those which are neither options nor their arguments go into __nskit_operand. Of the
# last one know what __nskit_option says.
function __nskit_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -l takes __nskit_takes_$argv[1]
    set -g __nskit_operand
    set -g __nskit_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __nskit_operand $words[(math $i + 1)..-1]
            break
        else if string match -q -- '-?*' $word
            __nskit_option $argv[1] $word
            # With one of these, every operand is the command.
            string match -qr '^(t|f|O|target|file|open)$' -- $__nskit_name
            or begin
                test -n "$__nskit_head"
                and string match -qr '^([muinpUCT]|mount|uts|ipc|net|pid|user|cgroup|time)$' -- $__nskit_name
            end
            and set __nskit_targeted y
            contains -- $__nskit_name $$takes
            and test -z "$__nskit_head" -o -z "$__nskit_part"
            and not string match -q -- '*=' $word
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if contains $argv[1] nspin nsls
            set -a __nskit_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __nskit_operand $words[$i..-1]
            if test (count $__nskit_operand) -gt 1 -a "$__nskit_operand[2]" = --
                set -e __nskit_operand[2]
            end
            break
        end
    end
    set -g __nskit_head
    set -g __nskit_part (commandline -ct)
    if string match -q -- '-?*' $__nskit_part
        __nskit_option $argv[1] $__nskit_part
    end
end

# Is it our options that are completed?
function __nskit_options
    __nskit_operands $argv[1]
    contains $argv[1] nspin nsls; or not set -q __nskit_operand[1]
end

function __nskit_rest
    set -l token (commandline -ct)
    set -l attached __nskit_attached_$argv[1]
    if __nskit_options $argv[1]; and test -n "$__nskit_head"
        # What is attached to a letter that need not have it is a word to fish.
        for letter in $$attached
            set -l what (string split ' ' -- $letter)
            test "$what[1]" = "$__nskit_name"
            and $what[2..-1] | __nskit_behind $__nskit_head
        end
        return
    end
    switch $argv[1]
        case nspin
            __nskit_pin
            return
        case nsls
            __nskit_ref
            return
        case nsjoin
            if test -z "$__nskit_targeted"
                if not set -q __nskit_operand[1]
                    __nskit_ref
                    return
                end
                set -e __nskit_operand[1]
            end
    end
    string match -q -- '-*' "$token"; and not set -q __nskit_operand[1]; and return
    complete -C (string join ' ' -- (string escape -- $__nskit_operand) $token)
end

set -g __nskit_takes_nsclone pin join map-group map-groups map-user map-users owner setgroups R root bind tmpfs l load-interp propagation w wd domainname hostname boottime monotonic G setgid S setuid groups into-cgroup caps whitelist-env env tty setup forward timeout hold-fd pidfd-fd pidfile status-fd
set -g __nskit_attached_nsclone 'k __nskit_signal'
complete -c nsclone -f -a '(__nskit_rest nsclone)'
complete -c nsclone -n '__nskit_options nsclone' -s C -l cgroup -a '(__nskit_file)' -d 'new cgroup namespace'
complete -c nsclone -n '__nskit_options nsclone' -s T -l time -a '(__nskit_file)' -d 'new time namespace'
complete -c nsclone -n '__nskit_options nsclone' -s U -l user -a '(__nskit_file)' -d 'new user namespace'
complete -c nsclone -n '__nskit_options nsclone' -s i -l ipc -a '(__nskit_file)' -d 'new IPC namespace'
complete -c nsclone -n '__nskit_options nsclone' -s m -l mount -a '(__nskit_file)' -d 'new mount namespace'
complete -c nsclone -n '__nskit_options nsclone' -s n -l net -a '(__nskit_file)' -d 'new network namespace'
complete -c nsclone -n '__nskit_options nsclone' -s p -l pid -a '(__nskit_file)' -d 'new PID namespace'
complete -c nsclone -n '__nskit_options nsclone' -s u -l uts -a '(__nskit_file)' -d 'new UTS namespace'
complete -c nsclone -n '__nskit_options nsclone' -s a -l all -d 'all eight'
complete -c nsclone -n '__nskit_options nsclone' -l pin -x -a '(__nskit_pin)' -d 'keep the new ones under NAME, as nspin does'
complete -c nsclone -n '__nskit_options nsclone' -l join -x -a '(__nskit_joined)' -d 'enter that namespace of REF, in place of a new one'
complete -c nsclone -n '__nskit_options nsclone' -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nsclone -n '__nskit_options nsclone' -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nsclone -n '__nskit_options nsclone' -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nsclone -n '__nskit_options nsclone' -l map-group -x -a '(__nskit_group)' -d 'our group ID becomes that one'
complete -c nsclone -n '__nskit_options nsclone' -l map-groups -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsclone -n '__nskit_options nsclone' -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nsclone -n '__nskit_options nsclone' -l map-user -x -a '(__nskit_user)' -d 'our user ID becomes that one'
complete -c nsclone -n '__nskit_options nsclone' -l map-users -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsclone -n '__nskit_options nsclone' -l owner -x -a '(__nskit_owner)' -d 'who owns the user namespace'
complete -c nsclone -n '__nskit_options nsclone' -l setgroups -x -a '(__nskit_words allow,deny)' -d 'whether setgroups(2) works inside'
complete -c nsclone -n '__nskit_options nsclone' -s R -l root -x -a '(__nskit_dir)' -d 'root directory of the command'
complete -c nsclone -n '__nskit_options nsclone' -l bind -x -a '(__nskit_bound)' -d 'bind a file or directory of outside; implies -m'
complete -c nsclone -n '__nskit_options nsclone' -l dev -a '(__nskit_dir)' -d 'mount a small /dev on DIR (/dev); implies -m'
complete -c nsclone -n '__nskit_options nsclone' -l tmpfs -x -a '(__nskit_dir)' -d 'mount an empty tmpfs on DIR; implies -m'
complete -c nsclone -n '__nskit_options nsclone' -s l -l load-interp -x -a '(__nskit_file)' -d 'register with binfmt_misc; implies --mount-binfmt'
complete -c nsclone -n '__nskit_options nsclone' -l mount-binfmt -a '(__nskit_dir)' -d 'mount binfmt_misc of the new user namespace'
complete -c nsclone -n '__nskit_options nsclone' -l mount-proc -a '(__nskit_dir)' -d 'mount a fresh proc on DIR (/proc); implies -m'
complete -c nsclone -n '__nskit_options nsclone' -l propagation -x -a '(__nskit_words private,shared,slave,unchanged)' -d 'private (default), shared, slave or unchanged'
complete -c nsclone -n '__nskit_options nsclone' -s w -l wd -x -a '(__nskit_dir)' -d 'working directory, as seen inside'
complete -c nsclone -n '__nskit_options nsclone' -l domainname -x -d 'NIS domain name inside; implies -u'
complete -c nsclone -n '__nskit_options nsclone' -l hostname -x -d 'host name inside; implies -u'
complete -c nsclone -n '__nskit_options nsclone' -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nsclone -n '__nskit_options nsclone' -l no-lo -d 'leave the loopback interface down'
complete -c nsclone -n '__nskit_options nsclone' -l boottime -x -d 'offset of the boot-time clock; needs -T'
complete -c nsclone -n '__nskit_options nsclone' -l monotonic -x -d 'offset of the monotonic clock; needs -T'
complete -c nsclone -n '__nskit_options nsclone' -s G -l setgid -x -a '(__nskit_group)' -d 'group ID of the command'
complete -c nsclone -n '__nskit_options nsclone' -s S -l setuid -x -a '(__nskit_user)' -d 'user ID of the command'
complete -c nsclone -n '__nskit_options nsclone' -l groups -x -a '(__nskit_groups)' -d 'its supplementary groups'
complete -c nsclone -n '__nskit_options nsclone' -l init-groups -d 'all groups that the user of -S is in'
complete -c nsclone -n '__nskit_options nsclone' -l no-new-privs -d 'nothing it executes gains privileges'
complete -c nsclone -n '__nskit_options nsclone' -l into-cgroup -x -a '(__nskit_dir)' -d 'start the command in that cgroup2 directory'
complete -c nsclone -n '__nskit_options nsclone' -l caps -x -a '(__nskit_list none,all,chown,dac_override,dac_read_search,fowner,fsetid,kill,setgid,setuid,setpcap,linux_immutable,net_bind_service,net_broadcast,net_admin,net_raw,ipc_lock,ipc_owner,sys_module,sys_rawio,sys_chroot,sys_ptrace,sys_pacct,sys_admin,sys_boot,sys_nice,sys_resource,sys_time,sys_tty_config,mknod,lease,audit_write,audit_control,setfcap,mac_override,mac_admin,syslog,wake_alarm,block_suspend,audit_read,perfmon,bpf,checkpoint_restore)' -d 'its capabilities'
complete -c nsclone -n '__nskit_options nsclone' -l disable-userns -d 'nothing inside makes another user namespace'
complete -c nsclone -n '__nskit_options nsclone' -l keep-caps -d 'it keeps those of the new user namespace'
complete -c nsclone -n '__nskit_options nsclone' -l clear-env -d 'an empty environment'
complete -c nsclone -n '__nskit_options nsclone' -l close-fds -d 'close what the caller left open above 2'
complete -c nsclone -n '__nskit_options nsclone' -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsclone -n '__nskit_options nsclone' -l whitelist-env -x -a '(__nskit_variables)' -d 'with --clear-env, keep these variables'
complete -c nsclone -n '__nskit_options nsclone' -l env -x -d 'set that variable for it'
complete -c nsclone -n '__nskit_options nsclone' -l tty -x -a '(__nskit_words share)' -d 'do not guard the terminal against the command'
complete -c nsclone -n '__nskit_options nsclone' -l setup -x -a '(__nskit_command)' -d 'run sh -c CMD inside before the command'
complete -c nsclone -n '__nskit_options nsclone' -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsclone -n '__nskit_options nsclone' -l pty -d 'a terminal of its own inside, and a session'
complete -c nsclone -n '__nskit_options nsclone' -s f -l fork -d 'accepted: the command always is a child'
complete -c nsclone -n '__nskit_options nsclone' -s I -l as-pid1 -d 'the command itself is PID 1, no init'
complete -c nsclone -n '__nskit_options nsclone' -s k -l kill-child -a '(__nskit_signal)' -d 'the command gets SIG (KILL) when we die'
complete -c nsclone -n '__nskit_options nsclone' -l no-kill-child -d 'let it live on, and what it leaves'
complete -c nsclone -n '__nskit_options nsclone' -l wait-all -d 'end with the last process of the PID namespace'
complete -c nsclone -n '__nskit_options nsclone' -l forward -x -a '(__nskit_signals)' -d 'signals to pass on (all); TERM:QUIT: as another'
complete -c nsclone -n '__nskit_options nsclone' -l timeout -x -d 'send SIG (TERM) after TIME, KILL 5 s later; exit 124'
complete -c nsclone -n '__nskit_options nsclone' -s d -l detach -d 'print PID:INO of the command once it runs, and return'
complete -c nsclone -n '__nskit_options nsclone' -l hold-fd -x -d 'execute only after a byte or the end of N'
complete -c nsclone -n '__nskit_options nsclone' -l pidfd-fd -x -d 'send a pidfd of the command over socket N'
complete -c nsclone -n '__nskit_options nsclone' -l pidfile -x -a '(__nskit_file)' -d 'its process ID, from before it runs to its end'
complete -c nsclone -n '__nskit_options nsclone' -l status-fd -x -d 'write what becomes of it on N, a line each'
complete -c nsclone -n '__nskit_options nsclone' -s h -l help -d 'show this and exit'
complete -c nsclone -n '__nskit_options nsclone' -s V -l version -d 'show the version and exit'
set -g __nskit_takes_nsunshare pin join map-group map-groups map-user map-users owner setgroups R root bind tmpfs l load-interp propagation w wd domainname hostname boottime monotonic G setgid S setuid groups into-cgroup caps whitelist-env env tty setup
set -g __nskit_attached_nsunshare
complete -c nsunshare -f -a '(__nskit_rest nsunshare)'
complete -c nsunshare -n '__nskit_options nsunshare' -s C -l cgroup -a '(__nskit_file)' -d 'new cgroup namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s T -l time -a '(__nskit_file)' -d 'new time namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s U -l user -a '(__nskit_file)' -d 'new user namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s i -l ipc -a '(__nskit_file)' -d 'new IPC namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s m -l mount -a '(__nskit_file)' -d 'new mount namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s n -l net -a '(__nskit_file)' -d 'new network namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s p -l pid -a '(__nskit_file)' -d 'new PID namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s u -l uts -a '(__nskit_file)' -d 'new UTS namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -s a -l all -d 'all eight'
complete -c nsunshare -n '__nskit_options nsunshare' -l pin -x -a '(__nskit_pin)' -d 'keep the new ones under NAME, as nspin does'
complete -c nsunshare -n '__nskit_options nsunshare' -l join -x -a '(__nskit_joined)' -d 'enter that namespace of REF, in place of a new one'
complete -c nsunshare -n '__nskit_options nsunshare' -s f -l fork -d 'run the command as a child, and watch over it'
complete -c nsunshare -n '__nskit_options nsunshare' -l forward-signals -d 'pass signals on to it (as --fork does)'
complete -c nsunshare -n '__nskit_options nsunshare' -l kill-child -a '(__nskit_signal)' -d 'it gets SIG (KILL) when we die; implies -f'
complete -c nsunshare -n '__nskit_options nsunshare' -s q -l quiet -d 'do not explain what -p means without -f'
complete -c nsunshare -n '__nskit_options nsunshare' -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nsunshare -n '__nskit_options nsunshare' -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-group -x -a '(__nskit_group)' -d 'our group ID becomes that one'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-groups -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-user -x -a '(__nskit_user)' -d 'our user ID becomes that one'
complete -c nsunshare -n '__nskit_options nsunshare' -l map-users -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -n '__nskit_options nsunshare' -l owner -x -a '(__nskit_owner)' -d 'who owns the user namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -l setgroups -x -a '(__nskit_words allow,deny)' -d 'whether setgroups(2) works inside'
complete -c nsunshare -n '__nskit_options nsunshare' -s R -l root -x -a '(__nskit_dir)' -d 'root directory of the command'
complete -c nsunshare -n '__nskit_options nsunshare' -l bind -x -a '(__nskit_bound)' -d 'bind a file or directory of outside; implies -m'
complete -c nsunshare -n '__nskit_options nsunshare' -l dev -a '(__nskit_dir)' -d 'mount a small /dev on DIR (/dev); implies -m'
complete -c nsunshare -n '__nskit_options nsunshare' -l tmpfs -x -a '(__nskit_dir)' -d 'mount an empty tmpfs on DIR; implies -m'
complete -c nsunshare -n '__nskit_options nsunshare' -s l -l load-interp -x -a '(__nskit_file)' -d 'register with binfmt_misc; implies --mount-binfmt'
complete -c nsunshare -n '__nskit_options nsunshare' -l mount-binfmt -a '(__nskit_dir)' -d 'mount binfmt_misc of the new user namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -l mount-proc -a '(__nskit_dir)' -d 'mount a fresh proc on DIR (/proc); implies -m'
complete -c nsunshare -n '__nskit_options nsunshare' -l propagation -x -a '(__nskit_words private,shared,slave,unchanged)' -d 'private (default), shared, slave or unchanged'
complete -c nsunshare -n '__nskit_options nsunshare' -s w -l wd -x -a '(__nskit_dir)' -d 'working directory, as seen inside'
complete -c nsunshare -n '__nskit_options nsunshare' -l domainname -x -d 'NIS domain name inside; implies -u'
complete -c nsunshare -n '__nskit_options nsunshare' -l hostname -x -d 'host name inside; implies -u'
complete -c nsunshare -n '__nskit_options nsunshare' -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nsunshare -n '__nskit_options nsunshare' -l no-lo -d 'leave the loopback interface down'
complete -c nsunshare -n '__nskit_options nsunshare' -l boottime -x -d 'offset of the boot-time clock; needs -T'
complete -c nsunshare -n '__nskit_options nsunshare' -l monotonic -x -d 'offset of the monotonic clock; needs -T'
complete -c nsunshare -n '__nskit_options nsunshare' -s G -l setgid -x -a '(__nskit_group)' -d 'group ID of the command'
complete -c nsunshare -n '__nskit_options nsunshare' -s S -l setuid -x -a '(__nskit_user)' -d 'user ID of the command'
complete -c nsunshare -n '__nskit_options nsunshare' -l groups -x -a '(__nskit_groups)' -d 'its supplementary groups'
complete -c nsunshare -n '__nskit_options nsunshare' -l init-groups -d 'all groups that the user of -S is in'
complete -c nsunshare -n '__nskit_options nsunshare' -l no-new-privs -d 'nothing it executes gains privileges'
complete -c nsunshare -n '__nskit_options nsunshare' -l into-cgroup -x -a '(__nskit_dir)' -d 'start the command in that cgroup2 directory'
complete -c nsunshare -n '__nskit_options nsunshare' -l caps -x -a '(__nskit_list none,all,chown,dac_override,dac_read_search,fowner,fsetid,kill,setgid,setuid,setpcap,linux_immutable,net_bind_service,net_broadcast,net_admin,net_raw,ipc_lock,ipc_owner,sys_module,sys_rawio,sys_chroot,sys_ptrace,sys_pacct,sys_admin,sys_boot,sys_nice,sys_resource,sys_time,sys_tty_config,mknod,lease,audit_write,audit_control,setfcap,mac_override,mac_admin,syslog,wake_alarm,block_suspend,audit_read,perfmon,bpf,checkpoint_restore)' -d 'its capabilities'
complete -c nsunshare -n '__nskit_options nsunshare' -l disable-userns -d 'nothing inside makes another user namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -l keep-caps -d 'it keeps those of the new user namespace'
complete -c nsunshare -n '__nskit_options nsunshare' -l clear-env -d 'an empty environment'
complete -c nsunshare -n '__nskit_options nsunshare' -l close-fds -d 'close what the caller left open above 2'
complete -c nsunshare -n '__nskit_options nsunshare' -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsunshare -n '__nskit_options nsunshare' -l whitelist-env -x -a '(__nskit_variables)' -d 'with --clear-env, keep these variables'
complete -c nsunshare -n '__nskit_options nsunshare' -l env -x -d 'set that variable for it'
complete -c nsunshare -n '__nskit_options nsunshare' -l tty -x -a '(__nskit_words share)' -d 'do not guard the terminal against the command'
complete -c nsunshare -n '__nskit_options nsunshare' -l setup -x -a '(__nskit_command)' -d 'run sh -c CMD inside before the command'
complete -c nsunshare -n '__nskit_options nsunshare' -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsunshare -n '__nskit_options nsunshare' -s h -l help -d 'show this and exit'
complete -c nsunshare -n '__nskit_options nsunshare' -s V -l version -d 'show the version and exit'
set -g __nskit_takes_nsjoin N net-socket t target G setgid S setuid W wdns X exec except whitelist-env tty forward timeout O open P max-procs f file
set -g __nskit_attached_nsjoin 'C __nskit_ref' 'T __nskit_ref' 'U __nskit_ref' 'i __nskit_ref' 'm __nskit_ref' 'n __nskit_ref' 'p __nskit_ref' 'u __nskit_ref' 'r __nskit_dir' 'w __nskit_dir'
complete -c nsjoin -f -a '(__nskit_rest nsjoin)'
complete -c nsjoin -n '__nskit_options nsjoin' -s C -l cgroup -a '(__nskit_ref)' -d 'the cgroup namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s T -l time -a '(__nskit_ref)' -d 'the time namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s U -l user -a '(__nskit_ref)' -d 'the user namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s i -l ipc -a '(__nskit_ref)' -d 'the IPC namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s m -l mount -a '(__nskit_ref)' -d 'the mount namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s n -l net -a '(__nskit_ref)' -d 'the network namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s p -l pid -a '(__nskit_ref)' -d 'the PID namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s u -l uts -a '(__nskit_ref)' -d 'the UTS namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s N -l net-socket -x -d 'the network namespace of the target\'s socket FD'
complete -c nsjoin -n '__nskit_options nsjoin' -s a -l all -d 'all that differ from ours (default)'
complete -c nsjoin -n '__nskit_options nsjoin' -s t -l target -x -a '(__nskit_ref)' -d 'whose namespaces: a process, a pin, a set'
complete -c nsjoin -n '__nskit_options nsjoin' -l user-parent -d 'the parent of the user namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -l wait -d 'wait for the target and for namespaces of its own'
complete -c nsjoin -n '__nskit_options nsjoin' -l netns-files -a '(__nskit_words bind)' -d 'a named network has its /etc/netns/NAME and its /sys'
complete -c nsjoin -n '__nskit_options nsjoin' -l no-netns-files -d 'files are those of outside'
complete -c nsjoin -n '__nskit_options nsjoin' -s F -l no-fork -d 'no child, though in a PID namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -s G -l setgid -x -a '(__nskit_group follow)' -d 'group ID (0 in a user namespace)'
complete -c nsjoin -n '__nskit_options nsjoin' -s S -l setuid -x -a '(__nskit_user follow)' -d 'user ID (0 in a user namespace)'
complete -c nsjoin -n '__nskit_options nsjoin' -s W -l wdns -x -a '(__nskit_dir)' -d 'the working directory, by its name inside'
complete -c nsjoin -n '__nskit_options nsjoin' -s X -l exec -x -a '(__nskit_file)' -d 'run this file of ours inside'
complete -c nsjoin -n '__nskit_options nsjoin' -s Z -l follow-context -d 'the security label of the target'
complete -c nsjoin -n '__nskit_options nsjoin' -s c -l join-cgroup -d 'the cgroups of the target'
complete -c nsjoin -n '__nskit_options nsjoin' -s e -l env -d 'the environment of the target; or set a variable'
complete -c nsjoin -n '__nskit_options nsjoin' -l init -d 'end all it leaves, also when nsjoin ends or is killed'
complete -c nsjoin -n '__nskit_options nsjoin' -l init-groups -d 'all groups that the user of -S is in'
complete -c nsjoin -n '__nskit_options nsjoin' -l keep-caps -d 'it keeps those of the user namespace'
complete -c nsjoin -n '__nskit_options nsjoin' -l login -d 'HOME, USER and SHELL of its user inside'
complete -c nsjoin -n '__nskit_options nsjoin' -l mount-proc -d 'proc of its PID namespace on /proc, for it alone'
complete -c nsjoin -n '__nskit_options nsjoin' -l preserve-credentials -d 'leave user and groups alone'
complete -c nsjoin -n '__nskit_options nsjoin' -s r -l root -a '(__nskit_dir)' -d 'the root of the target, or DIR'
complete -c nsjoin -n '__nskit_options nsjoin' -s v -l verbose -d 'say what is entered, and what stays'
complete -c nsjoin -n '__nskit_options nsjoin' -s w -l wd -a '(__nskit_dir)' -d 'the working directory of the target, or DIR'
complete -c nsjoin -n '__nskit_options nsjoin' -l with-libs -d 'with -X, its loader and libraries as well'
complete -c nsjoin -n '__nskit_options nsjoin' -s A -l act-as -d 'as if the target had started it'
complete -c nsjoin -n '__nskit_options nsjoin' -l except -x -a '(__nskit_list namespaces,cgroup,root,wd,env,ids,groups,caps,no-new-privs,label,umask,limits,nice,affinity,oom,personality,seccomp,fds,keyring)' -d 'with -A, but for these'
complete -c nsjoin -n '__nskit_options nsjoin' -l clear-env -d 'an empty environment'
complete -c nsjoin -n '__nskit_options nsjoin' -l close-fds -d 'close what the caller left open above 2'
complete -c nsjoin -n '__nskit_options nsjoin' -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsjoin -n '__nskit_options nsjoin' -l whitelist-env -x -a '(__nskit_variables)' -d 'with --clear-env, keep these variables'
complete -c nsjoin -n '__nskit_options nsjoin' -l pty -d 'a terminal of its own inside, and a session'
complete -c nsjoin -n '__nskit_options nsjoin' -l tty -x -a '(__nskit_words share)' -d 'do not guard the terminal against the command'
complete -c nsjoin -n '__nskit_options nsjoin' -l forward -x -a '(__nskit_signals)' -d 'signals to pass on (all); TERM:QUIT: as another'
complete -c nsjoin -n '__nskit_options nsjoin' -l timeout -x -d 'send SIG (TERM) after TIME, KILL 5 s later; exit 124'
complete -c nsjoin -n '__nskit_options nsjoin' -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsjoin -n '__nskit_options nsjoin' -s O -l open -x -a '(__nskit_opened)' -d 'enter nothing: have that namespace as descriptor N'
complete -c nsjoin -n '__nskit_options nsjoin' -s P -l max-procs -x -d 'with -f, N commands at a time'
complete -c nsjoin -n '__nskit_options nsjoin' -s f -l file -x -a '(__nskit_file)' -d 'one REF a line (-: standard input), each in turn'
complete -c nsjoin -n '__nskit_options nsjoin' -s l -l label -d 'with -f, each line of output begins with its REF'
complete -c nsjoin -n '__nskit_options nsjoin' -s h -l help -d 'show this and exit'
complete -c nsjoin -n '__nskit_options nsjoin' -s V -l version -d 'show the version and exit'
set -g __nskit_takes_nspin f file setup t target while map-group map-groups map-user map-users owner setgroups
set -g __nskit_attached_nspin
complete -c nspin -f -a '(__nskit_rest nspin)'
complete -c nspin -n '__nskit_options nspin' -s M -l rename -d 'OLD NEW: another name for it'
complete -c nspin -n '__nskit_options nspin' -s d -l delete -d 'let go of NAME ...'
complete -c nspin -n '__nskit_options nspin' -s f -l file -x -a '(__nskit_file)' -d 'keep what the lines of FILE say, unless it is there'
complete -c nspin -n '__nskit_options nspin' -s g -l gc -d 'remove what is dead or was left half made'
complete -c nspin -n '__nskit_options nspin' -s l -l list -d 'list names and what they hold'
complete -c nspin -n '__nskit_options nspin' -s q -l query -d 'is all of NAME alive, and may we enter it?'
complete -c nspin -n '__nskit_options nspin' -s 0 -l null -d 'with -l: each value ends in a NUL, no headings'
complete -c nspin -n '__nskit_options nspin' -s F -l force -d 'with -d: unmount it wherever else it is mounted'
complete -c nspin -n '__nskit_options nspin' -s H -l holder -d 'by a process, not by mounts; with -l: no headings'
complete -c nspin -n '__nskit_options nspin' -s J -l json -d 'with -l: as JSON'
complete -c nspin -n '__nskit_options nspin' -s N -l dry-run -d 'with -g: only print'
complete -c nspin -n '__nskit_options nspin' -s k -l kill -a '(__nskit_signal)' -d 'with -d: end what is inside by SIG (TERM), then KILL'
complete -c nspin -n '__nskit_options nspin' -l mount-proc -d 'with -p: mount proc in there, in a new -m'
complete -c nspin -n '__nskit_options nspin' -l netns -d 'let ip-netns(8) see the name, too'
complete -c nspin -n '__nskit_options nspin' -l noheadings -d 'with -l: no headings'
complete -c nspin -n '__nskit_options nspin' -l setup -x -a '(__nskit_command)' -d 'run sh -c CMD in the new ones before they show'
complete -c nspin -n '__nskit_options nspin' -s t -l target -x -a '(__nskit_ref)' -d 'keep the namespaces of REF, not new ones'
complete -c nspin -n '__nskit_options nspin' -s v -l verbose -d 'say where it is kept, and who else could change REF'
complete -c nspin -n '__nskit_options nspin' -l while -x -a '(__nskit_ref)' -d 'let go when that process ends'
complete -c nspin -n '__nskit_options nspin' -s C -l cgroup -d 'cgroup namespace'
complete -c nspin -n '__nskit_options nspin' -s T -l time -d 'time namespace'
complete -c nspin -n '__nskit_options nspin' -s U -l user -d 'user namespace'
complete -c nspin -n '__nskit_options nspin' -s i -l ipc -d 'IPC namespace'
complete -c nspin -n '__nskit_options nspin' -s m -l mount -d 'mount namespace'
complete -c nspin -n '__nskit_options nspin' -s n -l net -d 'network namespace'
complete -c nspin -n '__nskit_options nspin' -s p -l pid -d 'PID namespace'
complete -c nspin -n '__nskit_options nspin' -s u -l uts -d 'UTS namespace'
complete -c nspin -n '__nskit_options nspin' -s a -l all -d 'all eight; with -t all of REF, with -d all names'
complete -c nspin -n '__nskit_options nspin' -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nspin -n '__nskit_options nspin' -l no-lo -d 'leave the loopback interface down'
complete -c nspin -n '__nskit_options nspin' -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nspin -n '__nskit_options nspin' -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nspin -n '__nskit_options nspin' -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nspin -n '__nskit_options nspin' -l map-group -x -a '(__nskit_group)' -d 'our group ID becomes that one'
complete -c nspin -n '__nskit_options nspin' -l map-groups -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -n '__nskit_options nspin' -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nspin -n '__nskit_options nspin' -l map-user -x -a '(__nskit_user)' -d 'our user ID becomes that one'
complete -c nspin -n '__nskit_options nspin' -l map-users -x -a '(__nskit_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nspin -n '__nskit_options nspin' -l owner -x -a '(__nskit_owner)' -d 'who owns the user namespace'
complete -c nspin -n '__nskit_options nspin' -l setgroups -x -a '(__nskit_words allow,deny)' -d 'whether setgroups(2) works inside'
complete -c nspin -n '__nskit_options nspin' -s h -l help -d 'show this and exit'
complete -c nspin -n '__nskit_options nspin' -s V -l version -d 'show the version and exit'
set -g __nskit_takes_nsls p task Q filter t type o output wait-gone
set -g __nskit_attached_nsls 'T __nskit_words owner,parent,process'
complete -c nsls -f -a '(__nskit_rest nsls)'
complete -c nsls -n '__nskit_options nsls' -l no-threads -d 'do not look at each thread of a process'
complete -c nsls -n '__nskit_options nsls' -s P -l persistent -d 'only namespaces without processes'
complete -c nsls -n '__nskit_options nsls' -s p -l task -x -a '(__nskit_ref)' -d 'only the namespaces of this process'
complete -c nsls -n '__nskit_options nsls' -s Q -l filter -x -d 'only what this is true of, see scols-filter(5)'
complete -c nsls -n '__nskit_options nsls' -s q -l quiet -d 'do not say what could not be seen'
complete -c nsls -n '__nskit_options nsls' -s S -l scm -d 'also what is queued on unix sockets'
complete -c nsls -n '__nskit_options nsls' -l strict -d 'fail if anything could not be seen, others\' own too'
complete -c nsls -n '__nskit_options nsls' -l threads -d 'show threads that left their leader\'s namespaces'
complete -c nsls -n '__nskit_options nsls' -s t -l type -x -a '(__nskit_list mnt,uts,ipc,net,pid,user,cgroup,time)' -d 'only these types'
complete -c nsls -n '__nskit_options nsls' -s v -l verbose -d 'say who else could change what REF leads to'
complete -c nsls -n '__nskit_options nsls' -s 0 -l null -d 'end each value with a NUL, no headings'
complete -c nsls -n '__nskit_options nsls' -s J -l json -d 'JSON'
complete -c nsls -n '__nskit_options nsls' -l json-lines -d 'JSON, an object a line'
complete -c nsls -n '__nskit_options nsls' -s l -l list -d 'a flat list, no tree of processes'
complete -c nsls -n '__nskit_options nsls' -s n -l noheadings -d 'no headings'
complete -c nsls -n '__nskit_options nsls' -s o -l output -x -a '(__nskit_columns NS,TYPE,PATH,NPROCS,PID,PPID,COMMAND,UID,USER,NETNSID,NSFS,PNS,ONS,REF,ID,NAME,NTHREADS,HOLDERS,STATE,OWNERUID,OWNER,UIDMAP,GIDMAP,CGROUP,CONTAINER,CNAME,NSPID,IFACES,PEER,MNTNS,HOST,BOOT,OFFSET)' -d 'these columns; +LIST: these as well'
complete -c nsls -n '__nskit_options nsls' -l output-all -d 'all columns'
complete -c nsls -n '__nskit_options nsls' -s r -l raw -d 'one space between values'
complete -c nsls -n '__nskit_options nsls' -s T -l tree -a '(__nskit_words owner,parent,process)' -d 'a tree by owner (default), parent or process'
complete -c nsls -n '__nskit_options nsls' -s u -l notruncate -d 'cut no text short'
complete -c nsls -n '__nskit_options nsls' -s W -l nowrap -d 'lists on one line, with commas'
complete -c nsls -n '__nskit_options nsls' -s d -l diff -d 'which namespaces of two REFs differ'
complete -c nsls -n '__nskit_options nsls' -l dot -d 'the hierarchy for Graphviz'
complete -c nsls -n '__nskit_options nsls' -s H -l list-columns -d 'say which columns there are'
complete -c nsls -n '__nskit_options nsls' -l wait-gone -x -a '(__nskit_ref)' -d 'return when it has died'
complete -c nsls -n '__nskit_options nsls' -l watch -d 'namespaces as they come (+) and go (-)'
complete -c nsls -n '__nskit_options nsls' -s w -l why -d 'what keeps the namespace alive'
complete -c nsls -n '__nskit_options nsls' -s h -l help -d 'show this and exit'
complete -c nsls -n '__nskit_options nsls' -s V -l version -d 'show the version and exit'
