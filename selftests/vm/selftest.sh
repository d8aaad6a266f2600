#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# selftest.sh - test that vm.sh does what its header says, above all when something fails:
# if it overlooked a failure, all tests in VMs would be worthless
#
# usage: selftest.sh KERNEL

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
. "${BASH_SOURCE[0]%/*}/../lib/tap.sh"

export KERNEL=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; end_results' EXIT

# vm STATUS NAME [VARIABLE=VALUE]...: run a small VM and compare its status
vm()
{
	local want=$1 name=$2 status

	shift 2
	env TIMEOUT=120 CPUS=1 SWAP=0 LOAD=no LOGDIR="$tmp/logs" "$@" \
		"$TOP/selftests/vm/vm.sh" >"$tmp/stdout" 2>"$tmp/stderr" </dev/null
	status=$?
	[ $status -eq "$want" ] || sed 's/^/# /' "$tmp/stderr"
	[ $status -eq "$want" ]
	result $? "$name (status $status)"
}

echo "TAP version 13"
echo "1..18"

# In the project's folder, which the VM has, too.
data=$(mktemp -p "$TOP/build" data.XXXXXX)
trap 'rm -rf "$tmp" "$data"; end_results' EXIT
head -c 10000000 /dev/urandom >"$data"

vm 3 "the command's status is passed on" \
	CMD="cat '$data'; echo oops >/dev/stderr; sleep 1000 & exit 3"
cmp "$tmp/stdout" "$data"
result $? "10 MB of output are passed on unchanged"
[ "$(cat "$tmp/stderr")" = oops ]
result $? "its stderr is passed on, and nothing else"

vm "$EXIT_DIED" "a panic is noticed" CMD='echo started; sleep 1; echo c >/proc/sysrq-trigger'
[ "$(cat "$tmp/stdout")" = started ]
result $? "after a panic, the command's output is kept"
grep -q 'Kernel panic' "$tmp/stderr"
result $? "after a panic, the end of the kernel log is printed"

vm "$EXIT_TIMEOUT" "a VM that takes too long is ended" TIMEOUT=6 CMD='sleep 1000'

vm "$EXIT_KLOG" "a warning in the kernel's log is a failure" \
	CMD="echo 'WARNING: CPU: 0 PID: 1 at nowhere' >/dev/kmsg"
grep -q 'at nowhere' "$tmp/stderr"
result $? "the warning is printed"

# tries N: whether vm.sh tried to boot so often.  A kernel without memory panics at once.
tries()
{
	[ "$(grep -c 'did not boot' "$tmp/stderr")" = "$1" ]
}
vm "$EXIT_BOOT" "a VM that does not boot is a failure" APPEND=mem=8M CMD=:
tries 1
result $? "it is tried once"
vm "$EXIT_BOOT" "the same with a thread for each processor" APPEND=mem=8M CPUS=2 \
	ACCEL=tcg,thread=multi CMD=:
tries 3
result $? "it is tried three times, and vm.sh says so"

# Also tests the module's message where debugfs is off.
vm "$EXIT_BOOT" "a module that does not load is a failure" LOAD=yes APPEND=debugfs=off \
	CMD='echo started'
[ ! -s "$tmp/stdout" ]
result $? "if the module does not load, the command is not run"
says_why()
{
	[ "$(grep -c 'pagestat: cannot load: .*debugfs=off' "$tmp/stderr")" = 1 ] &&
		grep -q 'the module did not load: ' "$tmp/stderr"
}
says_why
result $? "if the module does not load, the reason is printed"

# ---- klog.sh

# each_is STATUS: the status of klog.sh for each line of stdin
each_is()
{
	local status=$1 line

	while IFS= read -r line; do
		"$TOP/selftests/vm/klog.sh" - <<<"[    1.000000] $line" >/dev/null
		[ $? -eq "$status" ] || { echo "# $line"; return 1; }
	done
}

faults()
{
	each_is 1 <<-'END'
		WARNING: CPU: 1 PID: 71 at kernel/trace/ftrace.c:2124 ftrace_bug+0x91/0x290
		WARNING: possible circular locking dependency detected
		WARNING: possible recursive locking detected
		WARNING: inconsistent lock state
		WARNING: suspicious RCU usage
		[ BUG: Invalid wait context ]
		INFO: trying to register non-static key.
		BUG: sleeping function called from invalid context at kernel/locking/mutex.c:580
		BUG: scheduling while atomic: swapper/0/0/0x00000002
		BUG: using smp_processor_id() in preemptible [00000000] code: insmod/71
		BUG: KASAN: use-after-free in pagestat_thread_find+0x41/0x90 [pagestat]
		BUG pagestat_thread (Tainted: G    B      OE     ): Objects remaining on __kmem_cache_shutdown()
		kmem_cache_destroy pagestat_thread: Slab cache still has objects when called from pagestat_pools_exit+0x51/0x90 [pagestat]
		ODEBUG: free active (active state 0) object type: timer_list hint: delayed_work_timer_fn+0x0/0x30
		kmemleak: Kernel memory leak detector disabled
		debugfs: Directory 'pagestat' with parent '/' already present!
		INFO: task rmmod:71 blocked for more than 120 seconds.
		rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
		refcount_t: underflow; use-after-free.
	END
}

no_faults()
{
	each_is 0 <<-'END'
		kasan: KernelAddressSanitizer initialized
		kmemleak: Kernel memory leak detector initialized (mem pool available: 38203)
		kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
		Lock dependency validator: Copyright (c) 2006 Red Hat, Inc., Ingo Molnar
		Out of memory: Killed process 71 (hog) total-vm:1064964kB, anon-rss:997252kB
		Call Trace:
		insmod: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL)
		pagestat: loading out-of-tree module taints kernel.
	END
}
faults
result $? "each kind of fault in a kernel log is found"
no_faults
result $? "other lines of a kernel log are not taken for faults"
