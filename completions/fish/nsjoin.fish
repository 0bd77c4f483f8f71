# SPDX-License-Identifier: ISC
# Completion of nsjoin for fish, made by completions/generate.

# The names of pins, the way the tools look them up.
function __nsjoin_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __nsjoin_processes
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
function __nsjoin_containers
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

# What the word being completed has behind an option's name and "=".
function __nsjoin_part
    string replace -r '^(?:--[a-z-]+|-[muinpUCT]+)=' '' -- (commandline -ct)
end

# References, behind what a REF may begin with: 3= of -O, owner:, net=.
function __nsjoin_ref
    set -l part (__nsjoin_part)
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $part)
    set part (string sub -s (math (string length -- "$head") + 1) -- $part)
    begin
        __nsjoin_pin
        __nsjoin_containers $part
        __nsjoin_processes (string match -r '^[0-9]*' -- $part)
    end | string replace -r '^' "$head"
end

function __nsjoin_joined
    set -l part (__nsjoin_part)
    if string match -q '*=*' -- $part
        __nsjoin_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __nsjoin_opened
    string match -qr '^[0-9]+=' -- (__nsjoin_part); and __nsjoin_ref
end

function __nsjoin_file; __fish_complete_path (__nsjoin_part); end
function __nsjoin_dir; __fish_complete_directories (__nsjoin_part) ''; end
function __nsjoin_user; __fish_complete_users; string join -- \n $argv; end
function __nsjoin_group; __fish_complete_groups; string join -- \n $argv; end
function __nsjoin_command; complete -C ''; end
function __nsjoin_words; string split , -- $argv[1]; end
function __nsjoin_signal; kill -l | string split ' '; end

# One more of a list, behind what is there.
function __nsjoin_after
    set -l head (string match -r '^.*,|^[+]' -- (__nsjoin_part))
    string replace -r '^' "$head" -- $argv
end
function __nsjoin_list; __nsjoin_after (string split , -- $argv[1]); end
function __nsjoin_groups; __nsjoin_after (__fish_complete_groups); end
function __nsjoin_variables; __nsjoin_after (set -nx); end
function __nsjoin_signals; __nsjoin_after all none (__nsjoin_signal); end
function __nsjoin_columns
    __nsjoin_after (string replace '|' \t -- (string split \n -- '
' | string match -r '.+'))
end

# The words in front of the one that is completed which are neither options nor
# their arguments, into __nsjoin_operand.
function __nsjoin_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -g __nsjoin_operand
    set -g __nsjoin_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __nsjoin_operand $words[(math $i + 1)..-1]
            return
        else if string match -q -- '-?*' $word
            # With one of these, every operand is the command.
            string match -qr -- '^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]|--(mount|uts|ipc|net|pid|user|cgroup|time)=)' $word
            and set __nsjoin_targeted y
            # The long name, or the last letter of a cluster.
            set -l name (string match -r -- '^--[^=]+$|^-[^-=]*([^-=])$' $word)
            contains -- (string replace -r '^--' '' -- "$name[-1]") $__nsjoin_takes
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if test joined = pins -o joined = refs
            set -a __nsjoin_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __nsjoin_operand $words[$i..-1]
            if test (count $__nsjoin_operand) -gt 1 -a "$__nsjoin_operand[2]" = --
                set -e __nsjoin_operand[2]
            end
            return
        end
    end
end

# Is it our options that are completed?
function __nsjoin_options
    __nsjoin_operands
    test joined = pins -o joined = refs -o (count $__nsjoin_operand) -eq 0
end

function __nsjoin_rest
    __nsjoin_operands
    switch joined
        case pins
            __nsjoin_pin
            return
        case refs
            __nsjoin_ref
            return
        case joined
            # "-n=web" is no option to fish, but a word.
            set -l option (string match -r -- '^-[muinpUCT]+=' (commandline -ct))
            if test -n "$option" -a (count $__nsjoin_operand) -eq 0
                __nsjoin_ref | string replace -r '^' -- $option
                return
            end
            if test -z "$__nsjoin_targeted"
                if test (count $__nsjoin_operand) -eq 0
                    __nsjoin_ref
                    return
                end
                set -e __nsjoin_operand[1]
            end
    end
    complete -C (string join ' ' -- (string escape -- $__nsjoin_operand) (commandline -ct))
end

set -g __nsjoin_takes N net-socket t target G setgid S setuid W wdns X exec except whitelist-env tty forward timeout O open P max-procs f file
complete -c nsjoin -f
complete -c nsjoin -a '(__nsjoin_rest)'
complete -c nsjoin -n __nsjoin_options -s C -l cgroup -a '(__nsjoin_ref)' -d 'the cgroup namespace'
complete -c nsjoin -n __nsjoin_options -s T -l time -a '(__nsjoin_ref)' -d 'the time namespace'
complete -c nsjoin -n __nsjoin_options -s U -l user -a '(__nsjoin_ref)' -d 'the user namespace'
complete -c nsjoin -n __nsjoin_options -s i -l ipc -a '(__nsjoin_ref)' -d 'the IPC namespace'
complete -c nsjoin -n __nsjoin_options -s m -l mount -a '(__nsjoin_ref)' -d 'the mount namespace'
complete -c nsjoin -n __nsjoin_options -s n -l net -a '(__nsjoin_ref)' -d 'the network namespace'
complete -c nsjoin -n __nsjoin_options -s p -l pid -a '(__nsjoin_ref)' -d 'the PID namespace'
complete -c nsjoin -n __nsjoin_options -s u -l uts -a '(__nsjoin_ref)' -d 'the UTS namespace'
complete -c nsjoin -n __nsjoin_options -s N -l net-socket -x -d 'the network namespace of the target\'s socket FD'
complete -c nsjoin -n __nsjoin_options -s a -l all -d 'all that differ from ours (default)'
complete -c nsjoin -n __nsjoin_options -s t -l target -x -a '(__nsjoin_ref)' -d 'whose namespaces: a process, a pin, a set'
complete -c nsjoin -n __nsjoin_options -l user-parent -d 'the parent of the user namespace'
complete -c nsjoin -n __nsjoin_options -l wait -d 'wait for the target and for namespaces of its own'
complete -c nsjoin -n __nsjoin_options -l netns-files -a '(__nsjoin_words bind)' -d 'a named network has its /etc/netns/NAME and its /sys'
complete -c nsjoin -n __nsjoin_options -l no-netns-files -d 'files are those of outside'
complete -c nsjoin -n __nsjoin_options -s F -l no-fork -d 'no child, though in a PID namespace'
complete -c nsjoin -n __nsjoin_options -s G -l setgid -x -a '(__nsjoin_group follow)' -d 'group ID (0 in a user namespace)'
complete -c nsjoin -n __nsjoin_options -s S -l setuid -x -a '(__nsjoin_user follow)' -d 'user ID (0 in a user namespace)'
complete -c nsjoin -n __nsjoin_options -s W -l wdns -x -a '(__nsjoin_dir)' -d 'the working directory, by its name inside'
complete -c nsjoin -n __nsjoin_options -s X -l exec -x -a '(__nsjoin_file)' -d 'run this file of ours inside'
complete -c nsjoin -n __nsjoin_options -s Z -l follow-context -d 'the security label of the target'
complete -c nsjoin -n __nsjoin_options -s c -l join-cgroup -d 'the cgroups of the target'
complete -c nsjoin -n __nsjoin_options -s e -l env -d 'the environment of the target; or set a variable'
complete -c nsjoin -n __nsjoin_options -l init -d 'end all it leaves, also when nsjoin ends or is killed'
complete -c nsjoin -n __nsjoin_options -l init-groups -d 'all groups that the user of -S is in'
complete -c nsjoin -n __nsjoin_options -l keep-caps -d 'it keeps those of the user namespace'
complete -c nsjoin -n __nsjoin_options -l login -d 'HOME, USER and SHELL of its user inside'
complete -c nsjoin -n __nsjoin_options -l mount-proc -d 'proc of its PID namespace on /proc, for it alone'
complete -c nsjoin -n __nsjoin_options -l preserve-credentials -d 'leave user and groups alone'
complete -c nsjoin -n __nsjoin_options -s r -l root -a '(__nsjoin_dir)' -d 'the root of the target, or DIR'
complete -c nsjoin -n __nsjoin_options -s v -l verbose -d 'say what is entered, and what stays'
complete -c nsjoin -n __nsjoin_options -s w -l wd -a '(__nsjoin_dir)' -d 'the working directory of the target, or DIR'
complete -c nsjoin -n __nsjoin_options -l with-libs -d 'with -X, its loader and libraries as well'
complete -c nsjoin -n __nsjoin_options -s A -l act-as -d 'as if the target had started it'
complete -c nsjoin -n __nsjoin_options -l except -x -a '(__nsjoin_list namespaces,cgroup,root,wd,env,ids,groups,caps,no-new-privs,label,umask,limits,nice,affinity,oom,personality,seccomp,fds,keyring)' -d 'with -A, but for these'
complete -c nsjoin -n __nsjoin_options -l clear-env -d 'an empty environment'
complete -c nsjoin -n __nsjoin_options -l close-fds -d 'close what the caller left open above 2'
complete -c nsjoin -n __nsjoin_options -l new-keyring -d 'a session keyring of its own, empty'
complete -c nsjoin -n __nsjoin_options -l whitelist-env -x -a '(__nsjoin_variables)' -d 'with --clear-env, keep these variables'
complete -c nsjoin -n __nsjoin_options -l pty -d 'a terminal of its own inside, and a session'
complete -c nsjoin -n __nsjoin_options -l tty -x -a '(__nsjoin_words share)' -d 'do not guard the terminal against the command'
complete -c nsjoin -n __nsjoin_options -l forward -x -a '(__nsjoin_signals)' -d 'signals to pass on (all); TERM:QUIT: as another'
complete -c nsjoin -n __nsjoin_options -l timeout -x -d 'send SIG (TERM) after TIME, KILL 5 s later; exit 124'
complete -c nsjoin -n __nsjoin_options -l explain -d 'change nothing: say what would be done, or why not'
complete -c nsjoin -n __nsjoin_options -s O -l open -x -a '(__nsjoin_opened)' -d 'enter nothing: have that namespace as descriptor N'
complete -c nsjoin -n __nsjoin_options -s P -l max-procs -x -d 'with -f, N commands at a time'
complete -c nsjoin -n __nsjoin_options -s f -l file -x -a '(__nsjoin_file)' -d 'one REF a line (-: standard input), each in turn'
complete -c nsjoin -n __nsjoin_options -s l -l label -d 'with -f, each line of output begins with its REF'
complete -c nsjoin -n __nsjoin_options -s h -l help -d 'show this and exit'
complete -c nsjoin -n __nsjoin_options -s V -l version -d 'show the version and exit'
