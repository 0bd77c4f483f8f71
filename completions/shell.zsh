#compdef nsclone nsunshare nsjoin nspin nsls
# SPDX-License-Identifier: ISC
# Completion of the five tools for zsh, made by completions/generate.

# The options of each tool, for _arguments.
@OPTIONS@
# The names of pins, the way the tools look them up.
_nskit_pin()
{
	local -a dirs names
	dirs=(${(s.:.)${NSPATH-$XDG_RUNTIME_DIR/nspin:/run/user/$UID/nspin:/tmp/nspin-$UID:/run/nspin:/run/netns:/run/docker/netns}})
	names=(${^dirs}/*(N:t))
	_wanted pins expl pin compadd -a names
}

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as the word does.
_nskit_processes()
{
	local -a found
	local dir type comm
	for dir in /proc/${PREFIX//[^0-9]*/}*(N/); do
		[[ ${dir:t} == <-> ]] || continue
		if [[ -z $PREFIX ]]; then
			for type in mnt uts ipc net pid user cgroup time; do
				[[ -e $dir/ns/$type &&
				    ! $dir/ns/$type -ef /proc/$$/ns/$type ]] && break
				type=
			done
			[[ -n $type ]] || continue
		fi
		{ read -r comm <$dir/comm && found+=("${dir:t}:$comm") } 2>/dev/null
	done
	_describe -V -t processes process found
}

# Containers: SCHEME:NAME by the program of that scheme, and those that are seen
# in the control groups of processes.
_nskit_containers()
{
	local dir=${NSREF:-${commands[nsjoin]:h}/../libexec/nskit/ref}
	local -a names schemes
	if [[ $PREFIX == *:* ]]; then
		local scheme=${PREFIX%%:*}
		[[ -x $dir/$scheme ]] || return
		names=(${${(f)"$($dir/$scheme 2>/dev/null)"}%%[[:blank:]]*})
		compset -P '*:'
		_wanted containers expl container compadd -a names
		return
	fi
	names=(${(uf)"$(nsls -qnro CONTAINER 2>/dev/null)"})
	names=(${names:#-})
	schemes=($dir/*(N*:t))
	_wanted containers expl container compadd -a names
	_wanted schemes expl engine compadd -S : -a schemes
}

# References, and where one begins as a path does, paths.
_nskit_ref()
{
	while compset -P '(owner:|up:|(mnt|uts|ipc|net|pid|user|cgroup|time)=)'; do
	done
	if [[ $PREFIX == [/.~]* || ${PREFIX%%:*} == */* ]]; then
		_files
		return
	fi
	_alternative 'pins:pin:_nskit_pin' \
	    'containers:container:_nskit_containers' \
	    'processes:process:_nskit_processes'
}

_nskit_joined()
{
	if compset -P '*='; then
		_nskit_ref
	else
		compadd -S = mnt uts ipc net pid user cgroup time
	fi
}

# What is attached to a letter, perhaps by "=": $1 completes it. Behind the letter of
# a type may be more letters, too.
_nskit_attached()
{
	compset -P '=' || [[ $1 != ref || $PREFIX == [/.:]* ]] || return
	_nskit_$1 "${@:2}"
}

_nskit_opened() { compset -P '*=' && _nskit_ref; }
_nskit_bound() { compset -P '*:'; _files; }
_nskit_file() { _files; }
_nskit_dir() { _files -/; }
_nskit_user() { _users; (( ! $# )) || compadd $1; }
_nskit_group() { _groups; (( ! $# )) || compadd $1; }
_nskit_owner() { if compset -P '*:'; then _groups; else _users -qS :; fi; }
_nskit_groups() { compset -P '*,'; _groups -qS ,; }
_nskit_variables() { compset -P '*,'; compadd -qS , ${(k)parameters[(R)*export*]}; }
_nskit_command() { _command_names -e; }
_nskit_signal() { compadd ${signals[2,-3]}; }
_nskit_signals() { compset -P '*,'; compadd all none ${signals[2,-3]}; }
_nskit_words() { compadd ${(s:,:)1}; }
_nskit_list() { compset -P '*,'; compadd -qS , ${(s:,:)1}; }

_nskit_columns()
{
	local -a columns
	columns=(${(f)"$(_nskit_headings)"})
	compset -P '[+]'
	compset -P '*,'
	_describe -t columns column columns -qS ,
}

_nskit_headings()
{
	cat <<'END'
@COLUMNS@
END
}

# A REF and a command; where an option names the target, the command alone.
_nskit_enter()
{
	local option target
	for option in ${(k)opt_args}; do
		case $option in
		-[tfO] | --(target|file|open)) target=y ;;
		-[muinpUCT]) [[ $opt_args[$option] != [=/.\\]* ]] || target=y ;;
		--(mount|uts|ipc|net|pid|user|cgroup|time))
			target+=$opt_args[$option]
			;;
		esac
	done
	if (( CURRENT > 1 && $+opt_args[--env] )) && [[ $words[1] == [A-Z_]*=* ]]; then
		shift words
		(( CURRENT-- ))
	fi
	if [[ -z $target ]]; then
		if (( CURRENT == 1 )); then
			_nskit_ref
			return
		fi
		shift words
		(( CURRENT-- ))
	fi
	_normal
}

_nskit()
{
	local curcontext=$curcontext state line expl tool=$service
	local -a options how rest
	typeset -A opt_args

	# The options of a command are its own.
	how=(-A '-*') rest=('*:: :->operands')
	[[ $tool != (nspin|nsls) ]] || how=() rest=('*: :->operands')
	_nskit_$tool
	_arguments -C -s -S $how $options $rest && return
	[[ $state == operands ]] || return
	case $tool in
	nspin) _nskit_pin ;;
	nsls) _nskit_ref ;;
	nsjoin) _nskit_enter ;;
	*) _normal ;;
	esac
}

_nskit "$@"
