# SPDX-License-Identifier: ISC
# Completion of the five tools for bash, made by completions/generate.

# Letter, long name, does it take an argument, what completes that, words.
@OPTIONS@

# The names of pins, the way the tools look them up.
_nskit_pin()
{
	local dir file IFS=:

	for dir in ${NSPATH-$XDG_RUNTIME_DIR/nspin:/run/user/$UID/nspin:/tmp/nspin-$UID:/run/nspin:/run/netns:/run/docker/netns}; do
		for file in "$dir"/*; do
			[[ ! -e $file && ! -L $file ]] || echo "${file##*/}"
		done
	done
}

# Is a process in other namespaces than this shell?
_nskit_apart()
{
	local type

	for type in mnt uts ipc net pid user cgroup time; do
		[[ -e $1/ns/$type && ! $1/ns/$type -ef /proc/$$/ns/$type ]] &&
			return 0
	done
	return 1
}

# Processes and their commands: those in other namespaces, or whose number begins
# as $1.
_nskit_processes()
{
	local dir comm

	for dir in "/proc/$1"*; do
		[[ $dir == /proc/[0-9]* ]] || continue
		[[ -n $1 ]] || _nskit_apart "$dir" || continue
		read -r comm <"$dir/comm" && printf '%s\t%s\n' "${dir#/proc/}" "$comm"
	done 2>/dev/null
}

# Containers: SCHEME:NAME by the program of that scheme, and those that are seen
# in the control groups of processes.
_nskit_containers()
{
	local tool dir file name

	tool=$(type -P nsjoin)
	dir=${NSREF:-${tool%/*}/../libexec/nskit/ref}
	if [[ $1 == *:* ]]; then
		[[ -x $dir/${1%%:*} ]] || return
		"$dir/${1%%:*}" 2>/dev/null | while read -r name _; do
			echo "${1%%:*}:$name"
		done
		return
	fi
	nsls -qnro CONTAINER 2>/dev/null | grep -vx -e - | sort -u
	for file in "$dir"/*; do
		[[ ! -x $file ]] || echo "${file##*/}:"
	done
}

# References, and where one begins as a path does, paths. $1 is what the word has
# before it.
_nskit_reference()
{
	local head=$1 part=${cur#"$1"}

	while [[ $part =~ ^(owner:|up:|[a-z0-9]+=) ]]; do
		head+=${BASH_REMATCH[1]}
		part=${cur#"$head"}
	done
	if [[ $part == [/.~]* || ${part%%:*} == */* ]]; then
		_nskit_paths -f "$head"
		return
	fi
	_nskit_offer "$head" < <(
		_nskit_pin
		_nskit_containers "$part"
		_nskit_processes "${part//[!0-9]*/}"
	)
}

# Files, or directories: $1 is what compgen calls them. Readline knows which is a
# directory, if the path is a word to it.
_nskit_paths()
{
	local file part=${cur#"$2"}

	if [[ $part != *[=:]* &&
	    (-z $2 || $COMP_WORDBREAKS == *"${2:${#2}-1}"*) ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen "$1" -- "$part")
	else
		_nskit_offer "$2" < <(compgen "$1" -- "$part" |
			while read -r file; do
				[[ ! -d $file ]] || file+=/
				echo "$file"
			done)
	fi
}

# Offer what is read, a candidate a line with what it is behind a tabulator. $1 is
# what the word has before the part that is completed. What it is is only listed.
_nskit_offer()
{
	local word what quoted head part=${cur#"$1"}
	local -a plain=() listed=()

	while IFS=$'\t' read -r word what; do
		printf -v quoted %q "$word"
		[[ $word != *[[:cntrl:]]* && ($quoted == "$part"* ||
		    $word == "$part"*) ]] || continue
		[[ $word == *[[:space:]\\\"\'\`\$\&\;\|\<\>\(\)\*\?\#]* ]] || quoted=$word
		plain+=("$1$quoted")
		listed+=("$word${what:+ ($what)}")
		[[ $word != *[=:/] ]] || compopt -o nospace 2>/dev/null
	done
	if [[ $COMP_TYPE == @(33|63) && ${#plain[@]} -gt 1 ]]; then
		COMPREPLY=("${listed[@]}")
		return
	fi
	# Readline replaces only what stands behind the last of these.
	head=
	[[ $COMP_WORDBREAKS != *=* ]] || head=${cur%"${cur##*=}"}
	[[ $COMP_WORDBREAKS != *:* || ${cur#"$head"} != *:* ]] ||
		head=${cur%"${cur##*:}"}
	COMPREPLY=("${plain[@]#"$head"}")
}

# Complete an argument: $1 its kind, $2 its words, $3 what the word has before it.
_nskit_argument()
{
	local head=$3 arg=${cur#"$3"} list=${2//,/ }

	case $1 in
	list | columns)
		[[ $1 != columns || $arg != +* ]] || head+=+
		arg=${cur#"$head"}
		_nskit_offer "$head${arg%"${arg##*,}"}" < <(printf '%s\n' $list)
		compopt -o nospace 2>/dev/null
		;;
	words) _nskit_offer "$head" < <(printf '%s\n' $list) ;;
	ref) _nskit_reference "$head" ;;
	opened) [[ $arg != *=* ]] || _nskit_reference "$head" ;;
	joined)
		if [[ $arg == *=* ]]; then
			_nskit_reference "$head"
		else
			_nskit_offer "$head" < <(printf '%s=\n' mnt uts ipc \
			    net pid user cgroup time)
		fi
		;;
	pin) _nskit_offer "$head" < <(_nskit_pin) ;;
	signal | signals)
		[[ $1 != signals ]] || head+=${arg%"${arg##*,}"}
		_nskit_offer "$head" < <(compgen -A signal |
			sed -n 's/^SIG//p'
			[[ $1 != signals ]] || printf '%s\n' all none)
		;;
	groups | variables)
		_nskit_offer "$head${arg%"${arg##*,}"}" < <(
			[[ $1 != groups ]] || compgen -A group
			[[ $1 != variables ]] || compgen -A export
		)
		compopt -o nospace 2>/dev/null
		;;
	user | group)
		_nskit_offer "$head" < <(compgen -A "$1"
			printf '%s\n' $list)
		;;
	owner)
		if [[ $arg == *:* ]]; then
			_nskit_offer "$head${arg%%:*}:" < <(compgen -A group)
		else
			_nskit_offer "$head" < <(compgen -S : -A user)
		fi
		;;
	command) _nskit_offer "$head" < <(compgen -c -- "$arg") ;;
	bound) _nskit_paths -f "$head${arg%"${arg##*:}"}" ;;
	file) _nskit_paths -f "$head" ;;
	dir) _nskit_paths -d "$head" ;;
	esac
}

# The words of the line as they were typed, where readline has split them at "="
# and ":": words[] and, of each, the place in COMP_WORDS. $cur is the last.
_nskit_words()
{
	local i rest=$COMP_LINE

	words=() place=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		if [[ $i -eq 0 || $rest == [[:space:]]* ]]; then
			words+=("${COMP_WORDS[i]}") place+=("$i")
			rest=${rest#"${rest%%[![:space:]]*}"}
		else
			words[-1]+=${COMP_WORDS[i]}
		fi
		rest=${rest#"${COMP_WORDS[i]}"}
	done
	cur=${words[-1]}
}

# Find what an option takes: its letter or long name is $1.
_nskit_find()
{
	local letter long

	while read -r letter long takes kind list; do
		[[ $1 != "$letter" && $1 != "$long" ]] || return 0
	done <<<"$options"
	kind=none takes=no
	return 1
}

# Read an option: $1. Sets waits to its kind if the next word is its argument, head to
# what stands before an argument in the word itself, and target if it says whose
# namespaces are entered.
_nskit_option()
{
	local i name

	waits='' head=''
	if [[ $1 == --* ]]; then
		name=${1%%=*}
		[[ $1 != *=* ]] || head=$name=
		name=${name#--}
		_nskit_find "$name"
		[[ -n $head || $takes != yes ]] || waits=$kind
	else
		for ((i = 1; i < ${#1}; i++)); do
			name=${1:i:1}
			_nskit_find "$name"
			[[ $takes != @(yes|maybe) ]] || break
		done
		head=${1:0:i+1}
		if [[ $takes == maybe && ${1:i+1:1} == = ]]; then
			head+='='
		elif [[ $takes == maybe && $kind == ref && ${1:i+1:1} != [/.:] ]] ||
		    [[ $head == "$1" ]]; then
			head='' # letters of more types, or nothing is attached
			[[ $takes != yes ]] || waits=$kind
		fi
	fi
	[[ $name != @(t|target|f|file|O|open) &&
	    ($kind != ref || -z $head) ]] || target=y
}

_nskit_names()
{
	local letter long takes

	while read -r letter long takes _; do
		case $letter,$long,$takes in
		,*) ;;
		*,-,*) echo "-$letter" ;;
		*,yes) echo "--$long=" ;;
		*) echo "--$long" ;;
		esac
	done <<<"$options"
}

_nskit_command()
{
	if declare -F _comp_command_offset >/dev/null; then
		_comp_command_offset "${place[$1]}"
	elif declare -F _command_offset >/dev/null; then
		_command_offset "${place[$1]}"
	elif [[ $1 -eq ${#words[@]}-1 ]]; then
		mapfile -t COMPREPLY < <(compgen -c -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}

_nskit()
{
	local -a words place
	local cur i waits='' head='' takes kind='' list operand=0 target='' ended=''
	local options operands=refs

	case ${1##*/} in
	nsclone) options=$_nskit_nsclone operands=command ;;
	*unshare) options=$_nskit_nsunshare operands=command ;;
	nsjoin | nsenter) options=$_nskit_nsjoin operands=joined ;;
	nspin) options=$_nskit_nspin operands=pins ;;
	*) options=$_nskit_nsls ;;
	esac
	COMPREPLY=()
	_nskit_words
	for ((i = 1; i < ${#words[@]} - 1; i++)); do
		if [[ -n $waits ]]; then
			waits=''
			continue
		fi
		case $ended${words[i]} in
		--) ended=y ;;
		-?*)
			_nskit_option "${words[i]}"
			[[ ${words[i]} != --env || ${words[i + 1]} != [A-Z_]*=* ]] ||
				waits=none
			;;
		*)
			# An operand: the first one may be the REF.
			if [[ $operands == command || ($operands == joined &&
			    ($operand -eq 1 || -n $target)) ]]; then
				_nskit_command "$i"
				return
			fi
			((operand++))
			;;
		esac
	done
	if [[ -n $waits ]]; then
		_nskit_argument "$waits" "$list" ''
	elif [[ -z $ended && $cur == -* && ($operand -eq 0 ||
	    $operands != joined) ]]; then
		_nskit_option "$cur"
		if [[ -n $head ]]; then
			_nskit_argument "$kind" "$list" "$head"
		else
			_nskit_offer '' < <(_nskit_names)
		fi
	elif [[ $operands == command ||
	    ($operands == joined && ($operand -eq 1 || -n $target)) ]]; then
		_nskit_command "$i"
	elif [[ $operands == pins ]]; then
		_nskit_argument pin '' ''
	else
		_nskit_argument ref '' ''
	fi
}
# An old name is completed so where this file is found by it ("make install-compat").
complete -F _nskit nsclone nsunshare nsjoin nspin nsls "${BASH_SOURCE[0]##*/}"
