#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_failures.sh - each allocation fails in turn while the module is loaded: it loads
# or it does not, logs why, and leaves nothing behind
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO and the programs in
# $OUTPUT.  The kernel has to be able to inject failures, as 6.1-debug is.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

out=/tmp/failures.out

# Few records, few followed faults and few hooks: each is made as the one before it.
readonly few="max_threads=8 max_faults=8"
readonly hooks=without=wp,swap,numa,uffd,refault,reuse,huge-reuse,hugetlb,hugetlb-moves,huge-moves,huge-there,huge-hint,huge-device,collapse,unmap,swap-out,reclaim-begin,reclaim-end,limit-begin,stall-begin,stall-end,compact,over-high

# fails [PARAMETER=VALUE...]: have each allocation fail in turn; the sum into $said
fails()
{
	unload
	"$OUTPUT/fail_nth" "$PAGESTAT_KO" pagestat latency=maybe "$few $hooks $*" >$out 2>&1
	status=$?
	said=$(tail -n 1 $out)
	[ $status -eq 0 ] || head -n 20 $out | sed 's/^/# /'
	return $status
}

echo "TAP version 13"
if ! grep -qs 1 /sys/kernel/slab/kmalloc-64/failslab; then
	echo "1..0 # SKIP this kernel injects no failures"
	exit
fi
echo "1..5"

# Allocations that may wait fail, too, and none prints a stack trace.
for kind in failslab fail_page_alloc; do
	echo N >/sys/kernel/debug/$kind/ignore-gfp-wait
	echo 0 >/sys/kernel/debug/$kind/verbose
done
# But only those from the caches that debug.config names: a slab cache makes hundreds of
# nodes in sysfs, and does without them.
echo Y >/sys/kernel/debug/failslab/cache-filter

mark
fails
result $? "hooks called by ftrace: $said"

fails kprobes=1
result $? "hooks called by kprobes: $said"

fails latency=1
result $? "latency measured: $said"

# The line on the invalid parameter is the kernel's.
! log | grep -vE "cannot load: |: what it feeds reads \"-\"|latency cannot be measured: |invalid for parameter"
result $? "each line that the module logs of it says why"

reload && "$OUTPUT/test_fault" >/dev/null
result $? "after all this, the counters are exact"
