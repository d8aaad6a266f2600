# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of pagestat, and of pagestat-lab as of pagestat lab, for bash
#
# Commands and options are read from --help, columns from --columns, so that there is no
# list of them here.

# _pagestat_help TOOL [COMMAND]: print from its help, a line each: an option and the name
# of its value, if it has one; a blank and the alternatives for the first operand
_pagestat_help()
{
	LC_ALL=C "$@" --help 2>/dev/null </dev/null | awk -v command="${2:-}" '
		/^(Usage:|      ) pagestat/ {
			word = $((command == "" ? 2 : 3) + ($1 == "Usage:"))
			if (word ~ /^[a-z]+([|][a-z]+)+$/)
				print " " word
			next
		}
		{
			names = ""
			for (i = 1; i <= NF; i++) {
				if ($i !~ /^--?[A-Za-z][a-z-]*,?$/)
					continue
				takes = $(i + 1) ~ /^[A-Z]+(,[.][.][.])?$|[|]/ ? $(i + 1) : ""
				names = names " " $i
				if (sub(/,$/, "", names) && takes == "")
					continue
				n = split(names, name, " ")
				for (j = 1; j <= n; j++)
					print name[j], takes
				names = ""
			}
		}'
}

# _pagestat_list WORD...: complete the last of the items that commas separate
_pagestat_list()
{
	local done=

	[[ $cur != *,* ]] || done=${cur%,*},
	[[ -n $done || $cur != [+-]* ]] || done=${cur:0:1}
	mapfile -t COMPREPLY < <(compgen -P "$done" -W "$*" -- "${cur#"$done"}")
}

# _pagestat_value TOOL KIND: complete the value of an option
_pagestat_value()
{
	case $2 in
	*'|'*)	mapfile -t COMPREPLY < <(compgen -W "${2//|/ }" -- "$cur") ;;
	COLUMN,*) _pagestat_list "$("$1" --columns --raw --no-headings 2>/dev/null | cut -d ' ' -f 1)" ;;
	COLUMN*) _pagestat_list "$("$1" --columns --raw --no-headings 2>/dev/null |
			sed -n 's/^\([^@ ]*\) .*/\1/p')" ;;
	PID*)	_pagestat_list "$(cd /proc && compgen -G '[0-9]*')" ;;
	USER)	mapfile -t COMPREPLY < <(compgen -u -- "$cur") ;;
	NAME)	mapfile -t COMPREPLY < <(compgen -W "$(cat /proc/[0-9]*/comm 2>/dev/null |
			grep -x '[[:alnum:]_.+-]*' | sort -u)" -- "$cur") ;;
	PATH)	mapfile -t COMPREPLY < <(cd /sys/fs/cgroup 2>/dev/null && compgen -d -- "${cur#/}" |
			sed 's|^|/|') ;;
	FILE)	compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	esac
}

_pagestat()
{
	local tool=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]} command='' kind='' at help
	local first='' option

	COMPREPLY=()
	if [[ $tool = *pagestat-lab ]]; then
		tool=${tool%-lab}
		COMP_WORDS=("$tool" lab "${COMP_WORDS[@]:1}")
		COMP_CWORD=$((COMP_CWORD + 1))
	fi
	help=$(_pagestat_help "$tool")
	first=$(sed -n 's/^ //p' <<<"$help")
	if [[ $COMP_CWORD -gt 1 && "|$first|" == *"|${COMP_WORDS[1]}|"* ]]; then
		command=${COMP_WORDS[1]}
		help=$(_pagestat_help "$tool" "$command")
		first=$(sed -n 's/^ //p' <<<"$help")
	fi

	# --by=WORD is three words to bash.
	at=$((COMP_CWORD - 1))
	[[ $cur != = ]] || cur=
	[[ ${COMP_WORDS[at]} != = ]] || at=$((at - 1))
	option=${COMP_WORDS[at]}
	[[ $option != -* ]] ||
		kind=$(awk -v option="$option" '$1 == option { print $2 }' <<<"$help")

	# The arguments of the command that is run are completed by its own completion.
	if [[ $command = run ]]; then
		for ((at = 2; at < COMP_CWORD; at++)); do
			option=${COMP_WORDS[at]}
			if [[ $option != -* || $option == -- ]]; then
				[[ $option != -- ]] || at=$((at + 1))
				_pagestat_command "$at"
				return
			fi
			[[ -z $(awk -v option="$option" '$1 == option { print $2 }' <<<"$help") ]] ||
				at=$((at + 1))
		done
	fi

	if [[ -n $kind ]]; then
		_pagestat_value "$tool" "$kind"
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(awk '/^-/ { print $1 }' <<<"$help")" -- "$cur")
	elif [[ $command = run ]]; then
		mapfile -t COMPREPLY < <(compgen -c -- "$cur")
	elif [[ $COMP_CWORD -eq $((${#command} ? 2 : 1)) ]]; then
		mapfile -t COMPREPLY < <(compgen -W "${first//|/ }" -- "$cur")
	fi
}

# _pagestat_command AT: complete the command that begins at that word
_pagestat_command()
{
	if [[ $1 -eq $COMP_CWORD ]]; then
		mapfile -t COMPREPLY < <(compgen -c -- "$cur")
	elif declare -F _command_offset >/dev/null; then
		_command_offset "$1"
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}

complete -F _pagestat pagestat pagestat-lab
