# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# experiments.sh - how the tests of pagestat lab run one, and what became of it
#
# To be sourced by bash, in the VM.

# shellcheck disable=SC2034	# what is set here is used by those who source this

out=/tmp/lab.out
disk=/tmp/lab.disk
default=(--size 4M)

# lab STATUS ARG...: what pagestat lab ends with
lab()
{
	local want=$1 status=0

	shift
	timeout 600 pagestat lab "$@" >"$out" 2>&1 </dev/null || status=$?
	[ "$status" -eq "$want" ] && return
	sed "s/^/# $*: status $status: /" "$out"
	return 1
}

# experiment STATUS NAME [ARG...]: in a small size, for a program
experiment()
{
	local want=$1 name=$2
	local -a size=("${default[@]}")

	shift 2
	case $name in
	page-table)	size=(--size 2M) ;;
	physical-limit | reclaim) size=(--size 8M) ;;
	overcommit | replacement)	size=() ;;
	esac
	lab "$want" --json "${size[@]}" "$@" "$name" && verdicts
}

# verdicts: how many there are into $passed, $failed and $skipped; free memory is
# everybody's, so it may be unknown
verdicts()
{
	read -r passed failed skipped < <(awk -v RS='[{]"what": ' '
		NR == 1 || /"of": "free"/	{ next }
		/"result": "PASS"/	{ passed++ }
		/"result": "FAIL"/	{ failed++ }
		/"result": "SKIP"/	{ skipped++ }
		END	{ print passed + 0, failed + 0, skipped + 0 }' "$out")
}

# says TEXT
says()
{
	grep -qF "$1" "$out" && return
	sed 's/^/# /' "$out"
	return 1
}

# no_groups: none of ours is there
no_groups()
{
	local -a groups=(/sys/fs/cgroup/pagestat-lab-*)

	[ ! -e "${groups[0]}" ]
}
