#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lab_around.sh - pagestat lab records references, says what it lacks for an
# experiment, and leaves nothing behind
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

# ---- references recorded from the trace event of faults

# untraced: whether all tracing has ended
untraced()
{
	grep -qx 0 /sys/kernel/tracing/events/pagestat/fault/enable &&
		[ -z "$(ls -A /sys/kernel/tracing/instances)" ]
}

experiment 0 replacement --record && says '"what": "references recorded"' &&
	[ "$passed" -eq 5 ] && untraced
result $? "each reference of a program is recorded, if it unmaps pages after use"

experiment 8 replacement --record --break && [ "$failed" -ge 2 ] && untraced
result $? "if it does not, only the first use of each page is recorded"

# A shell that, as soon as it is recorded, forks and writes to its memory a few times.
bash -c 'read -r go; for i in 1 2 3 4; do (:); done' <"$keys" &
reader=$!
exec 3>"$keys"
{
	until grep -qsx 1 /sys/kernel/tracing/instances/*/events/pagestat/fault/enable; do
		sleep 0.1
	done
	echo >&3
} &
experiment 0 replacement -p "$reader" && says 'the faults of a process' && untraced
result $? "the references of a running process are recorded"
exec 3>&-
wait "$reader"

# ---- what an experiment lacks

TMPDIR=/tmp experiment 9 reclaim && says 'TMPDIR is in memory' && no_groups
result $? "without a disk for its files, the experiment \"reclaim\" says so"

swap=$(awk 'NR == 2 { print $1 }' /proc/swaps)
swapoff -a
experiment 9 swap && says 'swapon(8)'
result $? "without swap, the experiment \"swap\" says so"
swapon "$swap"

chmod 755 "$disk"
setpriv --reuid nobody --regid nogroup --clear-groups \
	pagestat lab --size 8M physical-limit >"$out" 2>&1 </dev/null
[ $? -eq 4 ] && says 'be root' &&
	setpriv --reuid nobody --regid nogroup --clear-groups \
		pagestat lab --size 8M demand-paging >"$out" 2>&1 </dev/null &&
	says 'Without the counters of pagestat'
result $? "without root, the tool says for what it is needed, and does the other experiments"

# ---- ended by a signal

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
result $? "ended by a signal, it leaves no control group behind"

# ---- without the module

unload
experiment 0 cow && says '"of": "cow_anon", "least": 1024, "most": 1024, "counted": null, "result": "SKIP"' &&
	[ "$passed" -ge 3 ]
result $? "without the module, it uses the numbers of /proc, and says what is unknown"
experiment 8 cow --break
result $? "without the module, an experiment done wrongly fails by the numbers of /proc"
