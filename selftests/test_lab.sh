#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lab.sh - each experiment of pagestat lab comes to what it expects, and says so
# if it does not; what cannot be done is said, and nothing is left behind
#
# Runs in the VM, as root, with the tool in PATH.

. ./lib.sh

out=/tmp/lab.out
disk=/tmp/lab.disk
keys=/tmp/lab.keys
groups=(/sys/fs/cgroup/pagestat-lab-*)
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
	groups=(/sys/fs/cgroup/pagestat-lab-*)
	[ ! -e "${groups[0]}" ]
}

# A kernel for real time makes none.
huge_pages()
{
	[ -e /sys/kernel/mm/transparent_hugepage/enabled ]
}

mapfile -t names < <(pagestat lab | awk 'NR > 1 { print $1 }')
echo "TAP version 13"
echo "1..$((${#names[@]} * 2 + 11))"

mkfifo "$keys"
disk "$disk"
export TMPDIR=$disk
for name in "${names[@]}"; do
	experiment 0 "$name" && [ "$passed" -gt 2 ] && [ "$skipped" -eq 0 ]
	result $? "$name: $passed as expected"
	if [ "$name" = demand-paging ] && ! huge_pages; then
		skip "no huge pages" "$name: done wrongly"
		continue
	fi
	experiment 8 "$name" --break && [ "$failed" -gt 0 ]
	result $? "$name: done wrongly, $failed are not"
done

if huge_pages; then
	experiment 0 demand-paging --thp on && says '"of": "minor", "least": 2, "most": 2, "counted": 2' &&
		experiment 0 cow --thp on && says '"counted": 1024'
	result $? "with huge pages it is other numbers, and as expected"
else
	skip "no huge pages" "with huge pages it is other numbers, and as expected"
fi

# ---- what is recorded from the trace event of faults

# traced: nobody traces any more
traced()
{
	grep -qx 0 /sys/kernel/tracing/events/pagestat/fault/enable &&
		[ -z "$(ls -A /sys/kernel/tracing/instances)" ]
}

experiment 0 replacement --record && says '"what": "references recorded"' &&
	[ "$passed" -eq 5 ] && traced
result $? "a program that unmaps what it leaves is recorded reference by reference"

experiment 8 replacement --record --break && [ "$failed" -ge 2 ] && traced
result $? "of one that does not, only the first use of each page is recorded"

# A shell that forks a few times, once it is recorded, and writes to its memory then.
bash -c 'read -r go; for i in 1 2 3 4; do (:); done' <"$keys" &
reader=$!
exec 3>"$keys"
{
	until grep -qsx 1 /sys/kernel/tracing/instances/*/events/pagestat/fault/enable; do
		sleep 0.1
	done
	echo >&3
} &
experiment 0 replacement -p "$reader" && says 'the faults of a process' && traced
result $? "the faults of any process are a string, too"
exec 3>&-
wait "$reader"

# ---- what cannot be done

TMPDIR=/tmp experiment 9 reclaim && says 'TMPDIR is in memory' && no_groups
result $? "without a disk for its files, reclaim says so"

swap=$(awk 'NR == 2 { print $1 }' /proc/swaps)
swapoff -a
experiment 9 swap && says 'swapon(8)'
result $? "without swap, swap says so"
swapon "$swap"

chmod 755 "$disk"
setpriv --reuid nobody --regid nogroup --clear-groups \
	pagestat lab --size 8M physical-limit >"$out" 2>&1 </dev/null
[ $? -eq 4 ] && says 'be root' &&
	setpriv --reuid nobody --regid nogroup --clear-groups \
		pagestat lab --size 8M demand-paging >"$out" 2>&1 </dev/null &&
	says 'Without the counters of pagestat'
result $? "who is not root is told what for he has to be, and may do the others"

# ---- what it leaves behind

pagestat lab -i --size 8M physical-limit >"$out" 2>&1 <"$keys" &
lab=$!
exec 3>"$keys"
echo >&3
sleep 1
! no_groups
there=$?
kill -TERM $lab
wait $lab
status=$?
exec 3>&-
[ $there -eq 0 ] && [ $status -eq 7 ] && says 'was told to stop' && no_groups
result $? "ended half way, it leaves no control group behind"

no_groups && [ -z "$(pgrep -x pagestat)" ] && [ "$(ls -A "$disk")" = lost+found ]
result $? "nor does any other: no group, no process, no file"

# ---- without the module

unload
experiment 0 cow && says '"of": "cow_anon", "least": 1024, "most": 1024, "counted": null, "result": "SKIP"' &&
	[ "$passed" -ge 3 ]
result $? "without the module it is done on what /proc tells, and says what is unknown"
experiment 8 cow --break
result $? "and fails where that is enough to see that it was done wrongly"
