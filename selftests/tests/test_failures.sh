#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_failures.sh - whatever there is no memory for while the module is loaded: it
# loads or it does not, says so, and leaves nothing behind
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO and the programs in
# $OUTPUT.  The kernel has to be able to inject failures, as 6.1-debug is.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

out=/tmp/failures.out

# Records, and what is kept of a fault that is followed, are made one like the other, and
# hooks attached: a few will do.
readonly few="max_threads=8 max_faults=8"
readonly hooks=without=wp,swap,numa,uffd,refault,reuse,huge-reuse,hugetlb,unmap,swap-out,reclaim-begin,reclaim-end,limit-begin

# fails [PARAMETER=VALUE...]: each allocation in turn
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

# Those that may wait, too, and without a stack trace of each.
for kind in failslab fail_page_alloc; do
	echo N >/sys/kernel/debug/$kind/ignore-gfp-wait
	echo 0 >/sys/kernel/debug/$kind/verbose
done
# But only from caches that the kernel was told of at boot, see debug.config: not the
# hundreds of nodes of sysfs that tell of a slab cache, which does without.
echo Y >/sys/kernel/debug/failslab/cache-filter

mark
fails
result $? "called by ftrace: $said"

fails kprobes=1
result $? "by kprobes: $said"

fails latency=1
result $? "with latency: $said"

# What the kernel says of the parameter that is refused is not the module's.
! log | grep -vE "cannot load: |: what it feeds reads \"-\"|latency cannot be measured: |invalid for parameter"
result $? "what it says of it is a line that tells why"

reload && "$OUTPUT/test_fault" >/dev/null
result $? "after all this the numbers are exact"
