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
@COLUMNS@
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

@OPTIONS@
