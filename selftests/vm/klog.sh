#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# klog.sh - print the lines of a kernel log that report a fault in the kernel
#
# usage: klog.sh FILE...
#
# Status: 0 if there are none, 1 if there are.
#
# Each panic, report of a sanitizer or of lockdep, or stall matches one of these.  Not
# here: "Call Trace", which the OOM killer prints, too, as some tests expect; and what
# kmemleak suspects, which tests/test_leaks.sh checks.

patterns=(
	'BUG:' 'BUG [^ ]+ \(' 'kernel BUG at' 'WARNING:' 'Oops' 'Kernel panic'
	'general protection' 'unable to handle' 'Unable to handle kernel' 'invalid opcode'
	'KASAN' 'KCSAN' 'KMSAN:' 'UBSAN' 'KFENCE:'
	'possible (recursive locking|circular locking|deadlock|irq lock)'
	'inconsistent lock state' 'suspicious RCU usage' 'held lock freed'
	'trying to register non-static key' 'Invalid wait context'
	'sleeping function called' 'scheduling while atomic' 'bad unlock balance'
	'rcu.*(self-detected|detected) (expedited )?stall' 'rcu.*stalls on CPUs'
	'soft lockup' 'hard LOCKUP' 'blocked for more than' 'hung_task'
	'kmemleak: .*disabled'
	'unreferenced object' 'still has objects' 'debugfs: .*already present' 'refcount_t:'
	'list_(add|del) corruption' 'Bad page' 'Bad rss-counter' 'stack-protector'
	'kprobes?: .*(fail|recover)'
)

regex=$(IFS='|'; echo "${patterns[*]}")
# The kernel warns of missing mitigations of the emulated processor.
! grep -aE "$regex" "$@" | grep -av 'Spectre V2 : WARNING'
