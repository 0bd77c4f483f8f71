# SPDX-License-Identifier: ISC
# Completion of @TOOL@ for fish, made by completions/generate.

# The names of pins, the way the tools look them up.
function __@TOOL@_pin
    set -l dirs $XDG_RUNTIME_DIR/nspin /run/user/(id -u)/nspin /tmp/nspin-(id -u) \
        /run/nspin /run/netns /run/docker/netns
    set -q NSPATH; and set dirs (string split : -- $NSPATH)
    for file in $dirs/*
        printf '%s\tpin\n' (path basename -- $file)
    end
end

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as $argv[1].
function __@TOOL@_processes
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
function __@TOOL@_containers
    set -l dir (path dirname (command -s @TOOL@))/../libexec/nskit/ref
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
function __@TOOL@_part
    string replace -r '^(?:--[a-z-]+|-[muinpUCT]+)=' '' -- (commandline -ct)
end

# References, behind what a REF may begin with: 3= of -O, owner:, net=.
function __@TOOL@_ref
    set -l part (__@TOOL@_part)
    set -l head (string match -r '^(?:[0-9]+=|owner:|up:|(?:mnt|uts|ipc|net|pid|user|cgroup|time)=)*' -- $part)
    set part (string sub -s (math (string length -- "$head") + 1) -- $part)
    begin
        __@TOOL@_pin
        __@TOOL@_containers $part
        __@TOOL@_processes (string match -r '^[0-9]*' -- $part)
    end | string replace -r '^' "$head"
end

function __@TOOL@_joined
    set -l part (__@TOOL@_part)
    if string match -q '*=*' -- $part
        __@TOOL@_ref
    else
        printf '%s=\n' mnt uts ipc net pid user cgroup time
    end
end

function __@TOOL@_opened
    string match -qr '^[0-9]+=' -- (__@TOOL@_part); and __@TOOL@_ref
end

function __@TOOL@_file; __fish_complete_path (__@TOOL@_part); end
function __@TOOL@_dir; __fish_complete_directories (__@TOOL@_part) ''; end
function __@TOOL@_user; __fish_complete_users; string join -- \n $argv; end
function __@TOOL@_group; __fish_complete_groups; string join -- \n $argv; end
function __@TOOL@_command; complete -C ''; end
function __@TOOL@_words; string split , -- $argv[1]; end
function __@TOOL@_signal; kill -l | string split ' '; end

# One more of a list, behind what is there.
function __@TOOL@_after
    set -l head (string match -r '^.*,|^[+]' -- (__@TOOL@_part))
    string replace -r '^' "$head" -- $argv
end
function __@TOOL@_list; __@TOOL@_after (string split , -- $argv[1]); end
function __@TOOL@_groups; __@TOOL@_after (__fish_complete_groups); end
function __@TOOL@_variables; __@TOOL@_after (set -nx); end
function __@TOOL@_signals; __@TOOL@_after all none (__@TOOL@_signal); end
function __@TOOL@_columns
    __@TOOL@_after (string replace '|' \t -- (string split \n -- '
@COLUMNS@
' | string match -r '.+'))
end

# The words in front of the one that is completed which are neither options nor
# their arguments, into __@TOOL@_operand.
function __@TOOL@_operands
    set -l words (commandline -opc)
    set -e words[1]
    set -g __@TOOL@_operand
    set -g __@TOOL@_targeted
    set -l waits
    for i in (seq (count $words))
        set -l word $words[$i]
        if test -n "$waits"
            set waits
        else if test "$word" = --
            set -a __@TOOL@_operand $words[(math $i + 1)..-1]
            return
        else if string match -q -- '-?*' $word
            # With one of these, every operand is the command.
            string match -qr -- '^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]|--(mount|uts|ipc|net|pid|user|cgroup|time)=)' $word
            and set __@TOOL@_targeted y
            # The long name, or the last letter of a cluster.
            set -l name (string match -r -- '^--[^=]+$|^-[^-=]*([^-=])$' $word)
            contains -- (string replace -r '^--' '' -- "$name[-1]") $__@TOOL@_takes
            and set waits y
            set -l next (math $i + 1)
            test "$word" = --env
            and string match -qr -- '^[A-Z_][^=]*=' $words[$next]
            and set waits y
        else if test @OPERANDS@ = pins -o @OPERANDS@ = refs
            set -a __@TOOL@_operand $word
        else
            # From here on all is the command's, but for "--" behind a REF.
            set __@TOOL@_operand $words[$i..-1]
            if test (count $__@TOOL@_operand) -gt 1 -a "$__@TOOL@_operand[2]" = --
                set -e __@TOOL@_operand[2]
            end
            return
        end
    end
end

# Is it our options that are completed?
function __@TOOL@_options
    __@TOOL@_operands
    test @OPERANDS@ = pins -o @OPERANDS@ = refs -o (count $__@TOOL@_operand) -eq 0
end

function __@TOOL@_rest
    __@TOOL@_operands
    switch @OPERANDS@
        case pins
            __@TOOL@_pin
            return
        case refs
            __@TOOL@_ref
            return
        case joined
            # "-n=web" is no option to fish, but a word.
            set -l option (string match -r -- '^-[muinpUCT]+=' (commandline -ct))
            if test -n "$option" -a (count $__@TOOL@_operand) -eq 0
                __@TOOL@_ref | string replace -r '^' -- $option
                return
            end
            if test -z "$__@TOOL@_targeted"
                if test (count $__@TOOL@_operand) -eq 0
                    __@TOOL@_ref
                    return
                end
                set -e __@TOOL@_operand[1]
            end
    end
    complete -C (string join ' ' -- (string escape -- $__@TOOL@_operand) (commandline -ct))
end

set -g __@TOOL@_takes @TAKES@
complete -c @TOOL@ -f
complete -c @TOOL@ -a '(__@TOOL@_rest)'
@OPTIONS@
