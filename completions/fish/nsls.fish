# SPDX-License-Identifier: ISC
# Made by completions/generate.

function __nsls_pins
    for d in $XDG_RUNTIME_DIR/nspin /run/nspin /run/netns
        test -d $d; and command ls $d 2>/dev/null
    end
end

complete -c nsls -f
complete -c nsls -xa "(__nsls_pins)"
complete -c nsls -l no-threads -d 'do not look at each thread of a process'
complete -c nsls -s P -l persistent -d 'only namespaces without processes'
complete -c nsls -s p -l task -xa "(__nsls_pins)" -d 'only the namespaces of this process'
complete -c nsls -s Q -l filter -x -d 'only what this is true of, see scols-filter(5)'
complete -c nsls -s q -l quiet -d 'do not say what could not be seen'
complete -c nsls -s S -l scm -d 'also what is queued on unix sockets'
complete -c nsls -l strict -d 'fail where anything could not be seen, others'\'' own too'
complete -c nsls -l threads -d 'show threads that left their leader'\''s namespaces'
complete -c nsls -s t -l type -xa "mnt uts ipc net pid user cgroup time" -d 'only these types'
complete -c nsls -s v -l verbose -d 'say who else could change what REF leads to'
complete -c nsls -s 0 -l null -d 'end each value with a NUL, no headings'
complete -c nsls -s J -l json -d 'JSON'
complete -c nsls -s l -l list -d 'a flat list, no tree of processes'
complete -c nsls -s n -l noheadings -d 'no headings'
complete -c nsls -s o -l output -x -d 'these columns; +LIST: these as well'
complete -c nsls -l output-all -d 'all columns'
complete -c nsls -s r -l raw -d 'one space between values'
complete -c nsls -s T -l tree -d 'a tree by owner (default), parent or process'
complete -c nsls -s u -l notruncate -d 'cut no text short'
complete -c nsls -s W -l nowrap -d 'lists on one line, with commas'
complete -c nsls -s d -l diff -d 'which namespaces of two REFs differ'
complete -c nsls -l dot -d 'the hierarchy for Graphviz'
complete -c nsls -s H -l list-columns -d 'say which columns there are'
complete -c nsls -l wait-gone -xa "(__nsls_pins)" -d 'return when it has died'
complete -c nsls -l watch -d 'namespaces as they come (+) and go (-)'
complete -c nsls -s w -l why -d 'what keeps the namespace alive'
complete -c nsls -s h -l help -d 'show this and exit'
complete -c nsls -s V -l version -d 'show the version and exit'
