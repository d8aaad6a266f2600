#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_check_lacks.sh - pagestat check says what is missing in the machine, in its
# privileges or in the module, and fails for nothing else
#
# Runs in the VM, as root, with the tool in PATH, the module in $PAGESTAT_KO and
# the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh
. lib/checks.sh

echo "TAP version 13"
echo "1..8"

reload
storm_begin
checks 0 && kill -0 $storm
result $? "all checks pass on a busy machine"
storm_end

swap=$(awk 'NR == 2 { print $1 }' /proc/swaps)
swapoff -a
checks 0 && says SKIP 'sent to swap' && says SKIP 'brought back' && says PASS 'first touch'
result $? "without swap, the checks that need it are skipped"
swapon "$swap"

checks 0 setpriv --bounding-set=-sys_admin && says PASS 'fork, child writes' &&
	grep -q '^fork, child writes  *cow_anon  *1009  *1009  *- ' "$out"
result $? "without CAP_SYS_ADMIN, the numbers that the kernel hides are unknown"

unprivileged=/proc/sys/vm/unprivileged_userfaultfd
allowed=$(<$unprivileged)
echo 0 >$unprivileged
checks 0 setpriv --bounding-set=-sys_ptrace && says SKIP 'handed to a userfaultfd' &&
	grep -q '^handed to a userfaultfd  *retry .* userfaultfd: Operation not permitted' "$out" &&
	says PASS 'merged by KSM, written'
result $? "where userfaultfd is forbidden, its checks are skipped and say so"
echo "$allowed" >$unprivileged

reload without=swap-map
checks 8 && says FAIL 'brought back' && says PASS 'fork, child writes' &&
	says FAIL 'hooks attached'
result $? "without the hook \"swap-map\", swap-ins are unknown, and their checks fail"

# ---- a kernel whose functions have other names

PAGESTAT_KO=${PAGESTAT_KO%/pagestat.ko}-pretend/pagestat.ko \
	reload pretend_callers=wp_page_copy:unknown,do_wp_page:unknown
checks 8 && says FAIL 'fork, child writes' && says FAIL 'hits by unknown callers' &&
	grep -Eq '^hits by unknown callers .* new-anon [0-9]+ from (wp_page_copy|do_wp_page)' "$out" &&
	pagestat --no-headings -r -a -p 1 -o cow,minor 2>/dev/null | grep -Eq '^[0-9]+[?] [0-9]+$'
result $? "copies by functions that it does not know fail the checks, and mark the counters"

# ---- records that are missing

reload max_threads=40
hold "$OUTPUT/crowd" 60
checks 8 && says FAIL 'threads not counted' && grep -q 'no record' "$out"
result $? "with too few records, it says that threads are not counted"
release

# ---- hooks that the kernel does not call

reload kprobes=1
echo 0 >/sys/kernel/debug/kprobes/enabled
checks 8 && says FAIL 'kprobes switched off' && says FAIL 'hooks attached' &&
	says FAIL 'fork, child writes'
result $? "with kprobes switched off, nothing is counted, and it says why"
echo 1 >/sys/kernel/debug/kprobes/enabled
