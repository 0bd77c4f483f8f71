#compdef @TOOL@
# SPDX-License-Identifier: ISC
# Completion of @TOOL@ for zsh, made by completions/generate.

# The names of pins, the way the tools look them up.
_@TOOL@_pin()
{
	local -a dirs names
	dirs=(${(s.:.)${NSPATH-$XDG_RUNTIME_DIR/nspin:/run/user/$UID/nspin:/tmp/nspin-$UID:/run/nspin:/run/netns:/run/docker/netns}})
	names=(${^dirs}/*(N:t))
	_wanted pins expl pin compadd -a names
}

# Processes and their commands: those in other namespaces than this shell, or whose
# number begins as the word does.
_@TOOL@_processes()
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
_@TOOL@_containers()
{
	local dir=${NSREF:-${commands[@TOOL@]:h}/../libexec/nskit/ref}
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

_@TOOL@_ref()
{
	while compset -P '(owner:|up:|(mnt|uts|ipc|net|pid|user|cgroup|time)=)'; do
	done
	_alternative 'pins:pin:_@TOOL@_pin' \
	    'containers:container:_@TOOL@_containers' \
	    'processes:process:_@TOOL@_processes'
}

_@TOOL@_joined()
{
	if compset -P '*='; then
		_@TOOL@_ref
	else
		compadd -S = mnt uts ipc net pid user cgroup time
	fi
}

_@TOOL@_opened() { compset -P '*=' && _@TOOL@_ref; }
_@TOOL@_file() { _files; }
_@TOOL@_dir() { _files -/; }
_@TOOL@_user() { _users; (( ! $# )) || compadd $1; }
_@TOOL@_group() { _groups; (( ! $# )) || compadd $1; }
_@TOOL@_groups() { compset -P '*,'; _groups -qS ,; }
_@TOOL@_variables() { compset -P '*,'; compadd -qS , ${(k)parameters[(R)*export*]}; }
_@TOOL@_command() { _command_names -e; }
_@TOOL@_signal() { compadd ${signals[2,-3]}; }
_@TOOL@_signals() { compset -P '*,'; compadd all none ${signals[2,-3]}; }
_@TOOL@_words() { compadd ${(s:,:)1}; }
_@TOOL@_list() { compset -P '*,'; compadd -qS , ${(s:,:)1}; }

_@TOOL@_columns()
{
	local -a columns
	columns=(${(f)"$(_@TOOL@_headings)"})
	compset -P '[+]'
	compset -P '*,'
	_describe -t columns column columns -qS ,
}

_@TOOL@_headings()
{
	tr '|' : <<'END'
@COLUMNS@
END
}

# The operands: a command, a REF and a command, REFs, or pins.
_@TOOL@_operands()
{
	case @OPERANDS@ in
	pins) _@TOOL@_pin ;;
	refs) _@TOOL@_ref ;;
	command) _normal ;;
	joined)
		# Where an option names the target, the first one is the command.
		local option target
		for option in ${(k)opt_args}; do
			case $option in
			-[tfO] | --(target|file|open)) target=y ;;
			-[muinpUCT] | --(mount|uts|ipc|net|pid|user|cgroup|time))
				# Of -nu the value is u.
				target+=${opt_args[$option]//[muinpUCT:]/}
				;;
			esac
		done
		if (( CURRENT > 1 && $+opt_args[--env] )) &&
		    [[ $words[1] == [A-Z_]*=* ]]; then
			shift words
			(( CURRENT-- ))
		fi
		if [[ -z $target ]]; then
			if (( CURRENT == 1 )); then
				_@TOOL@_ref
				return
			fi
			shift words
			(( CURRENT-- ))
		fi
		_normal
		;;
	esac
}

_@TOOL@()
{
	local curcontext=$curcontext state line expl
	local -a how rest
	typeset -A opt_args

	# The options of a command are its own.
	how=(-A '-*') rest=('*:: :->operands')
	[[ @OPERANDS@ != (pins|refs) ]] || how=() rest=('*: :->operands')
	_arguments -C -s -S $how \
@OPTIONS@
	    $rest && return
	[[ $state != operands ]] || _@TOOL@_operands
}

_@TOOL@ "$@"
