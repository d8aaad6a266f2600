#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lab_around.sh - what is around the experiments of pagestat lab: references can
# be recorded, what cannot be done is said, nothing is left behind
#
# Runs in the VM, as root, with the tool in PATH.

. lib/lib.sh
. lib/experiments.sh

keys=/tmp/lab.keys

echo "TAP version 13"
echo "1..9"

mkfifo "$keys"
disk "$disk"
export TMPDIR=$disk

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

# ---- without the module

unload
experiment 0 cow && says '"of": "cow_anon", "least": 1024, "most": 1024, "counted": null, "result": "SKIP"' &&
	[ "$passed" -ge 3 ]
result $? "without the module it is done on what /proc tells, and says what is unknown"
experiment 8 cow --break
result $? "and fails where that is enough to see that it was done wrongly"
