#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_check_lacks.sh - pagestat check says what is lacking, be it of the machine, of
# rights or of the module, and takes nothing else for wrong
#
# Runs in the VM, as root, with the tool in PATH, the module in $PAGESTAT_KO and
# the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh
. lib/checks.sh

echo "TAP version 13"
echo "1..6"

reload
storm_begin
checks 0 && kill -0 $storm
result $? "a busy machine is no wrong count"
storm_end

swap=$(awk 'NR == 2 { print $1 }' /proc/swaps)
swapoff -a
checks 0 && says SKIP 'sent to swap' && says SKIP 'brought back' && says PASS 'first touch'
result $? "without swap, what needs it is skipped"
swapon "$swap"

checks 0 setpriv --bounding-set=-sys_admin && says PASS 'fork, child writes' &&
	grep -q '^fork, child writes  *cow_anon  *1009  *1009  *- ' "$out"
result $? "without CAP_SYS_ADMIN, what the kernel hides is unknown"

reload without=swap-map
checks 8 && says FAIL 'brought back' && says PASS 'fork, child writes' &&
	says FAIL 'hooks attached'
result $? "without the hook \"swap-map\": what was brought back is unknown, and that is a failure"

# ---- records that are missing

reload max_threads=40
hold "$OUTPUT/crowd" 60
checks 8 && says FAIL 'threads not counted' && grep -q 'no record' "$out"
result $? "without room for its processes it says so"
release

# ---- hooks that are silenced behind the module's back

reload kprobes=1
echo 0 >/sys/kernel/debug/kprobes/enabled
checks 8 && says FAIL 'kprobes switched off' && says FAIL 'hooks attached' &&
	says FAIL 'fork, child writes'
result $? "with kprobes switched off nothing is counted, and it says why"
echo 1 >/sys/kernel/debug/kprobes/enabled
