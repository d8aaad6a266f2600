# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# experiments.sh - what the tests of pagestat lab share: run an experiment, and read
# its results
#
# To be sourced by bash, in the VM.

# shellcheck disable=SC2034	# what is set here is used by those who source this

out=/tmp/lab.out
disk=/tmp/lab.disk
default=(--size 4M)

# lab STATUS ARG...: whether pagestat lab ends with STATUS
lab()
{
	local want=$1 status=0

	shift
	timeout 600 pagestat lab "$@" >"$out" 2>&1 </dev/null || status=$?
	[ "$status" -eq "$want" ] && return
	sed "s/^/# $*: status $status: /" "$out"
	return 1
}

# experiment STATUS NAME [ARG...]: the same for one experiment, with little memory and
# its results in JSON, which are counted by verdicts()
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

# verdicts: count the results into $passed, $failed and $skipped.  Free memory is left
# out: all processes change it.
verdicts()
{
	read -r passed failed skipped < <(awk -v RS='[{]"what": ' '
		NR == 1 || /"of": "free"/	{ next }
		/"result": "PASS"/	{ passed++ }
		/"result": "FAIL"/	{ failed++ }
		/"result": "SKIP"/	{ skipped++ }
		END	{ print passed + 0, failed + 0, skipped + 0 }' "$out")
}

# says TEXT: whether it printed that
says()
{
	grep -qF "$1" "$out" && return
	sed 's/^/# /' "$out"
	return 1
}

# no_groups: whether it has left no control group
no_groups()
{
	local -a groups=(/sys/fs/cgroup/pagestat-lab-*)

	[ ! -e "${groups[0]}" ]
}
