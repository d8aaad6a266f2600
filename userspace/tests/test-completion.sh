# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2034	# COMP_WORDS is read by the completion
#
# The completions of the shells, and where they are installed

# completes WORD... => REPLY...: that is what the last word can become, in any order
completes()
{
	local -a words=("$TOOL")

	while [ "$1" != '=>' ]; do
		words+=("$1")
		shift
	done
	shift
	# shellcheck source=../completion/pagestat.bash
	. "$TESTS/../completion/pagestat.bash"
	COMP_WORDS=("${words[@]}") COMP_CWORD=$((${#words[@]} - 1))
	_pagestat || true
	echo "pagestat ${words[*]:1}: ${COMPREPLY[*]}"
	diff <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "${COMPREPLY[@]}" | sort -u)
}

test_completion_of_commands_and_options()
{
	local command
	local -a all names=()

	while read -r command; do
		[ -z "$command" ] || names+=("$command")
		mapfile -t all < <(options_of "$command")
		[ ${#all[@]} -ge 3 ]
		# shellcheck disable=SC2086	# none, or one word
		completes $command -- '=>' "${all[@]}"
	done < <(commands)
	completes '' '=>' "${names[@]}"
	completes lat '=>' latency
	completes la '=>' lab latency
	completes lab --thp '' '=>' on off
	completes 1 '' '=>' ''
	completes latency '' '=>' on off status
	completes latency -p 1 o '=>' ''
	completes --nosuch '=>' ''
	mapfile -t all < <(options_of lab)
	TOOL=$TOOL-lab completes -- '=>' "${all[@]}"
	TOOL=$TOOL-lab completes --thp '' '=>' on off
}

test_completion_of_columns()
{
	local -a all

	mapfile -t all < <("$TOOL" --columns --raw --no-headings -r | cut -d ' ' -f 1)
	[ ${#all[@]} -gt 30 ]
	completes -o '' '=>' "${all[@]}"
	completes -o pid,cow,reu '=>' pid,cow,reuse
	completes -o +swapo '=>' +swapout
	completes -o @st '=>' @stall
	completes -o pid,@s '=>' pid,@swap pid,@stall
	completes --sort @ '=>' ''
	completes --sort -reu '=>' -reuse
	completes --sort = reu '=>' reuse
	completes run -o reu '=>' reuse
}

test_completion_of_values()
{
	touch report.prom
	completes -p 1,$$ '=>' "1,$(cd /proc && compgen -G "$$*" | paste -sd' ' | sed 's/ / 1,/g')"
	completes -u roo '=>' root
	completes --by '' '=>' process thread cgroup user command
	completes --by = th '=>' thread
	completes -C "$(cat /proc/$$/comm)" '=>' "$(cat /proc/$$/comm)"
	completes --textfile rep '=>' report.prom
	completes run --output rep '=>' report.prom
	completes -n '' '=>' ''
}

test_completion_of_a_command_to_run()
{
	touch report.prom
	completes run mkti '=>' ''
	completes run mktem '=>' mktemp
	completes run -r 2 --json -- mktem '=>' mktemp
	completes run cat rep '=>' report.prom
	completes run cat -x -- rep '=>' report.prom
}

# What TAB makes of a line, in a zsh that has the completion as it is installed.
zsh_makes()
{
	local line

	zsh -f -c '
		zmodload zsh/zpty && zpty z zsh -f -i || exit
		zpty -w z "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $PWD/dump"
		zpty -w z "PATH=$2:\$PATH; echo rea\"\"dy"
		zpty -r z out "*ready*" || exit
		zpty -n -w z "$3"$'\''\t'\''
		zpty -n -w z "| cat >/dev/null"$'\''\n'\''
		zpty -w z "fc -ln -1 -1 >|last; echo do\"\"ne"
		zpty -r z out "*done*"
		zpty -d z' zsh "$1" "$(dirname "$TOOL")" "$2" >log 2>&1 || cat log
	line=$(cut -d '|' -f 1 last)
	echo "TAB after \"$2\": \"$line\", expected \"$3\""
	[ "$line" = "$3" ]
}

test_completion_in_zsh()
{
	wants zsh
	make -s -C "$TESTS/.." install PREFIX="$PWD/usr"
	zsh -n usr/share/zsh/site-functions/_pagestat
	zsh_makes "$PWD/usr/share/zsh/site-functions" 'pagestat lat' 'pagestat latency'
	zsh_makes "$PWD/usr/share/zsh/site-functions" 'pagestat --openm' 'pagestat --openmetrics'
	zsh_makes "$PWD/usr/share/zsh/site-functions" 'pagestat -o pid,zerom' 'pagestat -o pid,zeromap'
}

test_install_and_uninstall()
{
	make -s -C "$TESTS/.." install DESTDIR="$PWD/root" PREFIX=/usr
	[ -x root/usr/sbin/pagestat ] && [ -x root/usr/sbin/pagestat-lab ]
	[ -f root/usr/share/bash-completion/completions/pagestat ]
	[ -f root/usr/share/zsh/site-functions/_pagestat ]
	lacks '@[A-Z]+@' root/usr/share/zsh/site-functions/_pagestat
	[ "$(cd root/usr/share/man/man8 && echo *)" = "$(cd "$TESTS/../man" && echo *.8)" ]
	make -s -C "$TESTS/.." uninstall DESTDIR="$PWD/root" PREFIX=/usr
	[ -z "$(find root ! -type d)" ]
}
