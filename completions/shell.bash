# SPDX-License-Identifier: ISC
# Completion of @TOOL@ for bash, made by completions/generate.

# Letter, long name, does it take an argument, what completes that, words.
_@TOOL@_options='
@OPTIONS@
'

# The names of pins, the way the tools look them up.
_@TOOL@_pin()
{
	local dir file IFS=:

	for dir in ${NSPATH-$XDG_RUNTIME_DIR/nspin:/run/user/$UID/nspin:/tmp/nspin-$UID:/run/nspin:/run/netns:/run/docker/netns}; do
		for file in "$dir"/*; do
			[[ ! -e $file && ! -L $file ]] || echo "${file##*/}"
		done
	done
}

# Is a process in other namespaces than this shell?
_@TOOL@_apart()
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
_@TOOL@_processes()
{
	local dir comm

	for dir in "/proc/$1"*; do
		[[ $dir == /proc/[0-9]* ]] || continue
		[[ -n $1 ]] || _@TOOL@_apart "$dir" || continue
		read -r comm <"$dir/comm" && printf '%s\t%s\n' "${dir#/proc/}" "$comm"
	done 2>/dev/null
}

# Containers: SCHEME:NAME by the program of that scheme, and those that are seen
# in the control groups of processes.
_@TOOL@_containers()
{
	local tool dir file name

	tool=$(type -P @TOOL@)
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

_@TOOL@_ref()
{
	_@TOOL@_pin
	_@TOOL@_containers "$1"
	_@TOOL@_processes "${1//[!0-9]*/}"
}

# Offer what is read, a candidate a line with what it is behind a tabulator. $1 is
# what the word has before the part that is completed. What it is is only listed.
_@TOOL@_offer()
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
		[[ $word != *[=:] ]] || compopt -o nospace 2>/dev/null
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
_@TOOL@_argument()
{
	local head=$3 arg=${cur#"$3"} list=${2//,/ }

	case $1 in
	list | columns)
		[[ $1 != columns || $arg != +* ]] || head+=+
		arg=${cur#"$head"}
		_@TOOL@_offer "$head${arg%"${arg##*,}"}" < <(printf '%s\n' $list)
		compopt -o nospace 2>/dev/null
		;;
	words) _@TOOL@_offer "$head" < <(printf '%s\n' $list) ;;
	ref | joined | opened)
		if [[ $1 == joined && $arg != *=* ]]; then
			_@TOOL@_offer "$head" < <(printf '%s=\n' mnt uts ipc \
			    net pid user cgroup time)
			return
		fi
		[[ $1 != opened || $arg == *=* ]] || return
		while [[ $arg =~ ^(owner:|up:|[a-z0-9]+=) ]]; do
			head+=${BASH_REMATCH[1]}
			arg=${arg#"${BASH_REMATCH[1]}"}
		done
		_@TOOL@_offer "$head" < <(_@TOOL@_ref "${cur#"$head"}")
		;;
	pin) _@TOOL@_offer "$head" < <(_@TOOL@_pin) ;;
	signal | signals)
		[[ $1 != signals ]] || head+=${arg%"${arg##*,}"}
		_@TOOL@_offer "$head" < <(compgen -A signal |
			sed -n 's/^SIG//p'
			[[ $1 != signals ]] || printf '%s\n' all none)
		;;
	groups | variables)
		_@TOOL@_offer "$head${arg%"${arg##*,}"}" < <(
			[[ $1 != groups ]] || compgen -A group
			[[ $1 != variables ]] || compgen -A export
		)
		compopt -o nospace 2>/dev/null
		;;
	user | group)
		_@TOOL@_offer "$head" < <(compgen -A "$1"
			printf '%s\n' $list)
		;;
	command) _@TOOL@_offer "$head" < <(compgen -c -- "$arg") ;;
	file | dir)
		compopt -o filenames 2>/dev/null
		[[ $1 != file ]] ||
			mapfile -t COMPREPLY < <(compgen -f -- "$arg")
		[[ $1 != dir ]] ||
			mapfile -t COMPREPLY < <(compgen -d -- "$arg")
		;;
	esac
}

# The words of the line as they were typed, where readline has split them at "="
# and ":": words[] and, of each, the place in COMP_WORDS. $cur is the last.
_@TOOL@_words()
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
_@TOOL@_find()
{
	local letter long

	while read -r letter long takes kind list; do
		[[ $1 != "$letter" && $1 != "$long" ]] || return 0
	done <<<"$_@TOOL@_options"
	return 1
}

# Read an option: $1. Sets waits to its kind if the next word is its argument, and
# head to what stands before an argument in the word itself.
_@TOOL@_option()
{
	local i

	waits='' head=''
	if [[ $1 == --*=* ]]; then
		head=${1%%=*}=
		_@TOOL@_find "${1:2:${#head}-3}" || kind=none
	elif [[ $1 == --* ]]; then
		_@TOOL@_find "${1#--}" && [[ $takes == yes ]] && waits=$kind
	else
		for ((i = 1; i < ${#1}; i++)); do
			_@TOOL@_find "${1:i:1}" || continue
			if [[ $takes == maybe && ${1:i+1:1} == = ]]; then
				head=${1:0:i+2}
				return
			elif [[ $takes == yes ]]; then
				[[ $((i + 1)) -lt ${#1} ]] && head=${1:0:i+1} ||
					waits=$kind
				return
			fi
		done
	fi
}

_@TOOL@_names()
{
	local letter long takes

	while read -r letter long takes _; do
		case $letter,$long,$takes in
		,*) ;;
		*,-,*) echo "-$letter" ;;
		*,yes) echo "--$long=" ;;
		*) echo "--$long" ;;
		esac
	done <<<"$_@TOOL@_options"
}

_@TOOL@_command()
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

_@TOOL@()
{
	local -a words place
	local cur i waits='' head='' takes kind='' list operand=0 target='' ended=''
	local operands=@OPERANDS@
	# With one of these, every operand is the command.
	local targets='^(-[tfO]|--(target|file|open)|-[muinpUCT]+[=/.:]'
	targets+='|--(mount|uts|ipc|net|pid|user|cgroup|time)=)'

	COMPREPLY=()
	_@TOOL@_words
	for ((i = 1; i < ${#words[@]} - 1; i++)); do
		if [[ -n $waits ]]; then
			waits=''
			continue
		fi
		case $ended${words[i]} in
		--) ended=y ;;
		-?*)
			_@TOOL@_option "${words[i]}"
			[[ ${words[i]} != --env || ${words[i + 1]} != [A-Z_]*=* ]] ||
				waits=none
			[[ ! ${words[i]} =~ $targets ]] || target=y
			;;
		*)
			# An operand: the first one may be the REF.
			if [[ $operands == command || $operand -eq 1 ||
			    ($operands == joined && -n $target) ]]; then
				[[ $operands != command && $operands != joined ]] || {
					_@TOOL@_command "$i"
					return
				}
			fi
			((operand++))
			;;
		esac
	done
	if [[ -n $waits ]]; then
		_@TOOL@_argument "$waits" "$list" ''
	elif [[ -z $ended && $operand -eq 0 && $cur == -?* ]] ||
	    [[ -z $ended && $operands != joined && $cur == -* ]]; then
		_@TOOL@_option "$cur"
		if [[ -n $head ]]; then
			_@TOOL@_argument "$kind" "$list" "$head"
		else
			_@TOOL@_offer '' < <(_@TOOL@_names)
		fi
	elif [[ $operands == command ||
	    ($operands == joined && ($operand -eq 1 || -n $target)) ]]; then
		_@TOOL@_command "$i"
	elif [[ $operands == pins ]]; then
		_@TOOL@_argument pin '' ''
	else
		_@TOOL@_argument ref '' ''
	fi
}
complete -F _@TOOL@ @TOOL@ @OLD@
