#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tried.sh - the table of make check-kernels in README.md: what passed on which kernel
#
# usage: tried.sh KERNEL RESULTS
#        tried.sh [--write]
#
#   RESULTS	of check.sh, which are noted for KERNEL in the file "tried"
#   --write	put the table into README.md; without it, print how it differs
#
# A line of "tried" is the kernel, its release, the date, and three columns: pagestat
# check, the tests that count, the tests that race.  Each is three numbers: passed, failed,
# skipped.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
. "${BASH_SOURCE[0]%/*}/../lib/readme.sh"
cd "$TOP"
readonly TRIED=selftests/vm/tried

# note KERNEL RESULTS
note()
{
	local new

	new=$(mktemp)
	{
		awk -F '\t' -v kernel="$1" '$1 != kernel' $TRIED
		awk -F '\t' -v kernel="$1" -v release="$(kernel_release "$1")" -v day="$(date -u +%F)" '
			$1 != kernel { next }
			{
				at = $2 ~ /-racing$/ ? 3 : $2 == "test_well.sh" ? 1 : 2
				passed[at] += $3
				failed[at] += $4
				skipped[at] += $5
			}
			END {
				printf "%s\t%s\t%s", kernel, release, day
				for (at = 1; at <= 3; at++)
					printf "\t%d/%d/%d", passed[at], failed[at], skipped[at]
				print ""
			}' "$2"
	} | sort >"$new"
	cat "$new" >$TRIED
	rm -f "$new"
}

# what NAME: what is special about a kernel: the first comment of its configuration's files
what()
{
	local file words

	kernel_row "$1"
	# shellcheck disable=SC2154	# kernel_row sets these
	if [[ $headers != *.config ]]; then
		echo "as Debian $suite has it"
		return
	fi
	words=$(for file in ${headers//,/ }; do
		[[ $file != @(small|tiny).config ]] || continue
		awk 'NR == 1 { next } !/^# / || /^# CONFIG_|^# make: |^# packages: / { exit }
			{ sub(/^# /, ""); print }' "selftests/vm/config/$file"
	done | paste -sd' ')
	echo "${words%.}"
}

# cell COUNTS
cell()
{
	local passed failed skipped

	IFS=/ read -r passed failed skipped <<<"$1"
	case $passed/$failed/$skipped in
	0/0/*)	echo - ;;
	*/0/0)	echo "$passed" ;;
	*/0/*)	echo "$passed, $skipped skipped" ;;
	*)	echo "$passed, **$failed failed**" ;;
	esac
}

table()
{
	local name release day well counting racing

	echo
	echo '| kernel | what it is | check | counting | racing | when |'
	echo '|---|---|---|---|---|---|'
	for name in $(kernel_names asked; kernel_names made); do
		if IFS=$'\t' read -r _ release day well counting racing < <(grep "^$name"$'\t' $TRIED); then
			echo "| \`$name\`, $release | $(what "$name") | $(cell "$well") | $(
				cell "$counting") | $(cell "$racing") | $day |"
		else
			echo "| \`$name\` | $(what "$name") | | | | not run yet |"
		fi
	done
	echo
}

case $#,${1:-} in
0,|1,--write)	readme_table tried "${1:-}" ;;
2,*)		note "$1" "$2" ;;
*)
	sed -n '/^# usage: /,/^#$/s/^# *//p' "$0" >&2
	exit 1
	;;
esac
