# SPDX-License-Identifier: ISC
# Completion of nsunshare for fish, made by completions/generate.

# The names of pins, the way the tools look them up.
function __nsunshare_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __nsunshare_processes
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
function __nsunshare_containers
    set -l dir (path dirname (command -s nsunshare))/../libexec/nskit/ref
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
function __nsunshare_part
    string replace -r '^(?:--[a-z-]+|-[muinpUCT]+)=' '' -- (commandline -ct)
end

# References, behind what a REF may begin with: 3= of -O, owner:, net=.
function __nsunshare_ref
    set -l part (__nsunshare_part)
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $part)
    set part (string sub -s (math (string length -- "$head") + 1) -- $part)
    begin
        __nsunshare_pin
        __nsunshare_containers $part
        __nsunshare_processes (string match -r '^[0-9]*' -- $part)
    end | string replace -r '^' "$head"
end

function __nsunshare_joined
    set -l part (__nsunshare_part)
    if string match -q '*=*' -- $part
        __nsunshare_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __nsunshare_opened
    string match -qr '^[0-9]+=' -- (__nsunshare_part); and __nsunshare_ref
end

function __nsunshare_file; __fish_complete_path (__nsunshare_part); end
function __nsunshare_dir; __fish_complete_directories (__nsunshare_part) ''; end
function __nsunshare_user; __fish_complete_users; string join -- \n $argv; end
function __nsunshare_group; __fish_complete_groups; string join -- \n $argv; end
function __nsunshare_command; complete -C ''; end
function __nsunshare_words; string split , -- $argv[1]; end
function __nsunshare_signal; kill -l | string split ' '; end

# One more of a list, behind what is there.
function __nsunshare_after
    set -l head (string match -r '^.*,|^[+]' -- (__nsunshare_part))
    string replace -r '^' "$head" -- $argv
end
function __nsunshare_list; __nsunshare_after (string split , -- $argv[1]); end
function __nsunshare_groups; __nsunshare_after (__fish_complete_groups); end
function __nsunshare_variables; __nsunshare_after (set -nx); end
function __nsunshare_signals; __nsunshare_after all none (__nsunshare_signal); end
function __nsunshare_columns
    __nsunshare_after (string replace '|' \t -- (string split \n -- '
' | string match -r '.+'))
end

# The words in front of the one that is completed which are neither options nor
# their arguments, into __nsunshare_operand.
function __nsunshare_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -g __nsunshare_operand
    set -g __nsunshare_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __nsunshare_operand $words[(math $i + 1)..-1]
            return
        else if string match -q -- '-?*' $word
            # With one of these, every operand is the command.
            string match -qr -- '^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]|--(mount|uts|ipc|net|pid|user|cgroup|time)=)' $word
            and set __nsunshare_targeted y
            # The long name, or the last letter of a cluster.
            set -l name (string match -r -- '^--[^=]+$|^-[^-=]*([^-=])$' $word)
            contains -- (string replace -r '^--' '' -- "$name[-1]") $__nsunshare_takes
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if test command = pins -o command = refs
            set -a __nsunshare_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __nsunshare_operand $words[$i..-1]
            if test (count $__nsunshare_operand) -gt 1 -a "$__nsunshare_operand[2]" = --
                set -e __nsunshare_operand[2]
            end
            return
        end
    end
end

# Is it our options that are completed?
function __nsunshare_options
    __nsunshare_operands
    test command = pins -o command = refs -o (count $__nsunshare_operand) -eq 0
end

function __nsunshare_rest
    __nsunshare_operands
    switch command
        case pins
            __nsunshare_pin
            return
        case refs
            __nsunshare_ref
            return
        case joined
            # "-n=web" is no option to fish, but a word.
            set -l option (string match -r -- '^-[muinpUCT]+=' (commandline -ct))
            if test -n "$option" -a (count $__nsunshare_operand) -eq 0
                __nsunshare_ref | string replace -r '^' -- $option
                return
            end
            if test -z "$__nsunshare_targeted"
                if test (count $__nsunshare_operand) -eq 0
                    __nsunshare_ref
                    return
                end
                set -e __nsunshare_operand[1]
            end
    end
    complete -C (string join ' ' -- (string escape -- $__nsunshare_operand) (commandline -ct))
end

set -g __nsunshare_takes  pin join map-group map-groups map-user map-users owner setgroups R root bind tmpfs l load-interp propagation w wd domainname hostname boottime monotonic G setgid S setuid groups into-cgroup caps whitelist-env env tty setup
complete -c nsunshare -f
complete -c nsunshare -a '(__nsunshare_rest)'
complete -c nsunshare -n __nsunshare_options -s C -l cgroup -a '(__nsunshare_file)' -d 'new cgroup namespace'
complete -c nsunshare -n __nsunshare_options -s T -l time -a '(__nsunshare_file)' -d 'new time namespace'
complete -c nsunshare -n __nsunshare_options -s U -l user -a '(__nsunshare_file)' -d 'new user namespace'
complete -c nsunshare -n __nsunshare_options -s i -l ipc -a '(__nsunshare_file)' -d 'new IPC namespace'
complete -c nsunshare -n __nsunshare_options -s m -l mount -a '(__nsunshare_file)' -d 'new mount namespace'
complete -c nsunshare -n __nsunshare_options -s n -l net -a '(__nsunshare_file)' -d 'new network namespace'
complete -c nsunshare -n __nsunshare_options -s p -l pid -a '(__nsunshare_file)' -d 'new PID namespace'
complete -c nsunshare -n __nsunshare_options -s u -l uts -a '(__nsunshare_file)' -d 'new UTS namespace'
complete -c nsunshare -n __nsunshare_options -s a -l all -d 'all eight'
complete -c nsunshare -n __nsunshare_options -l pin -x -a '(__nsunshare_pin)' -d 'keep the new ones under NAME, as nspin does'
complete -c nsunshare -n __nsunshare_options -l join -x -a '(__nsunshare_joined)' -d 'enter that namespace of REF, in place of a new one'
complete -c nsunshare -n __nsunshare_options -s f -l fork -d 'run the command as a child, and watch over it'
complete -c nsunshare -n __nsunshare_options -l forward-signals -d 'pass signals on to it (as --fork does)'
complete -c nsunshare -n __nsunshare_options -l kill-child -a '(__nsunshare_signal)' -d 'it gets SIG (KILL) when we die; implies -f'
complete -c nsunshare -n __nsunshare_options -s q -l quiet -d 'do not explain what -p means without -f'
complete -c nsunshare -n __nsunshare_options -s c -l map-current-user -d 'our IDs stay; implies -U'
complete -c nsunshare -n __nsunshare_options -s r -l map-root-user -d 'our IDs become 0; implies -U'
complete -c nsunshare -n __nsunshare_options -l map-auto -d 'map our ranges of subuid(5) from 0 on'
complete -c nsunshare -n __nsunshare_options -l map-group -x -a '(__nsunshare_group)' -d 'our group ID becomes that one'
complete -c nsunshare -n __nsunshare_options -l map-groups -x -a '(__nsunshare_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -n __nsunshare_options -l map-subids -d 'map our ranges of subuid(5) to themselves'
complete -c nsunshare -n __nsunshare_options -l map-user -x -a '(__nsunshare_user)' -d 'our user ID becomes that one'
complete -c nsunshare -n __nsunshare_options -l map-users -x -a '(__nsunshare_words auto,subids,all)' -d 'INSIDE:OUTSIDE:COUNT, auto, subids or all'
complete -c nsunshare -n __nsunshare_options -l owner -x -a '(__nsunshare_user)' -d 'who owns the user namespace'
complete -c nsunshare -n __nsunshare_options -l setgroups -x -a '(__nsunshare_words allow,deny)' -d 'whether setgroups(2) works inside'
complete -c nsunshare -n __nsunshare_options -s R -l root -x -a '(__nsunshare_dir)' -d 'root directory of the command'
complete -c nsunshare -n __nsunshare_options -l bind -x -a '(__nsunshare_dir)' -d 'bind a file or directory of outside; implies -m'
complete -c nsunshare -n __nsunshare_options -l dev -a '(__nsunshare_dir)' -d 'mount a small /dev on DIR (/dev); implies -m'
complete -c nsunshare -n __nsunshare_options -l tmpfs -x -a '(__nsunshare_dir)' -d 'mount an empty tmpfs on DIR; implies -m'
complete -c nsunshare -n __nsunshare_options -s l -l load-interp -x -a '(__nsunshare_file)' -d 'register with binfmt_misc; implies --mount-binfmt'
complete -c nsunshare -n __nsunshare_options -l mount-binfmt -a '(__nsunshare_dir)' -d 'mount binfmt_misc of the new user namespace'
complete -c nsunshare -n __nsunshare_options -l mount-proc -a '(__nsunshare_dir)' -d 'mount a fresh proc on DIR (/proc); implies -m'
complete -c nsunshare -n __nsunshare_options -l propagation -x -a '(__nsunshare_words private,shared,slave,unchanged)' -d 'private (default), shared, slave or unchanged'
complete -c nsunshare -n __nsunshare_options -s w -l wd -x -a '(__nsunshare_dir)' -d 'working directory, as seen inside'
complete -c nsunshare -n __nsunshare_options -l domainname -x -d 'NIS domain name inside; implies -u'
complete -c nsunshare -n __nsunshare_options -l hostname -x -d 'host name inside; implies -u'
complete -c nsunshare -n __nsunshare_options -l lo -d 'loopback up in a new network namespace, or fail'
complete -c nsunshare -n __nsunshare_options -l no-lo -d 'leave the loopback interface down'
complete -c nsunshare -n __nsunshare_options -l boottime -x -d 'offset of the boot-time clock; needs -T'
complete -c nsunshare -n __nsunshare_options -l monotonic -x -d 'offset of the monotonic clock; needs -T'
complete -c nsunshare -n __nsunshare_options -s G -l setgid -x -a '(__nsunshare_group)' -d 'group ID of the command'
complete -c nsunshare -n __nsunshare_options -s S -l setuid -x -a '(__nsunshare_user)' -d 'user ID of the command'
complete -c nsunshare -n __nsunshare_options -l groups -x -a '(__nsunshare_groups)' -d 'its supplementary groups'
complete -c nsunshare -n __nsunshare_options -l init-groups -d 'all groups that the user of -S is in'
complete -c nsunshare -n __nsunshare_options -l no-new-privs -d 'nothing it executes gains privileges'
complete -c nsunshare -n __nsunshare_options -l into-cgroup -x -a '(__nsunshare_dir)' -d 'start the command in that cgroup2 directory'
complete -c nsunshare -n __nsunshare_options -l caps -x -a '(__nsunshare_list none,all,chown,dac_override,dac_read_search,fowner,fsetid,kill,setgid,setuid,setpcap,linux_immutable,net_bind_service,net_broadcast,net_admin,net_raw,ipc_lock,ipc_owner,sys_module,sys_rawio,sys_chroot,sys_ptrace,sys_pacct,sys_admin,sys_boot,sys_nice,sys_resource,sys_time,sys_tty_config,mknod,lease,audit_write,audit_control,setfcap,mac_override,mac_admin,syslog,wake_alarm,block_suspend,audit_read,perfmon,bpf,checkpoint_restore)' -d 'its capabilities'
complete -c nsunshare -n __nsunshare_options -l disable-userns -d 'nothing inside makes another user namespace'
complete -c nsunshare -n __nsunshare_options -l keep-caps -d 'it keeps those of the new user namespace'
complete -c nsunshare -n __nsunshare_options -l clear-env -d 'an empty environment'
complete -c nsunshare -n __nsunshare_options -l close-fds -d 'close what the caller left open above 2'
complete -c nsunshare -n __nsunshare_options -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsunshare -n __nsunshare_options -l whitelist-env -x -a '(__nsunshare_variables)' -d 'with --clear-env, keep these variables'
complete -c nsunshare -n __nsunshare_options -l env -x -d 'set that variable for it'
complete -c nsunshare -n __nsunshare_options -l tty -x -a '(__nsunshare_words share)' -d 'do not guard the terminal against the command'
complete -c nsunshare -n __nsunshare_options -l setup -x -a '(__nsunshare_command)' -d 'run sh -c CMD inside before the command'
complete -c nsunshare -n __nsunshare_options -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsunshare -n __nsunshare_options -s h -l help -d 'show this and exit'
complete -c nsunshare -n __nsunshare_options -s V -l version -d 'show the version and exit'
