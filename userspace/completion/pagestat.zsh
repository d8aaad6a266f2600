#compdef pagestat pagestat-lab
# SPDX-License-Identifier: GPL-2.0
#
# Completion of pagestat for zsh, by that for bash, which is installed with it

local -a replies

replies=(${(f)"$(bash -c '
	. "$1" || exit
	COMP_CWORD=$2 COMP_WORDS=("${@:3}")
	_pagestat
	[[ ${#COMPREPLY[@]} -eq 0 ]] || printf "%s\n" "${COMPREPLY[@]}"
' bash @BASHCOMPDIR@/pagestat $((CURRENT - 1)) ${(Q)words} 2>/dev/null)"})

if (( $#replies )); then
	compadd -- $replies
else
	_files
fi
