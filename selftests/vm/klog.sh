#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# klog.sh - print the lines of a kernel log that tell of a fault in the kernel
#
# usage: klog.sh FILE...
#
# Status: 0 if there are none, 1 if there are.
#
# A panic, a sanitizer or lockdep report, a stall: each says one of these words.  Not
# here: "Call Trace", as the OOM killer prints one too, and that is what some tests are
# for; and what kmemleak suspects, which ../tests/test_leaks.sh looks into.

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
# Debian's own words about the processor's bugs are of no interest here.
! grep -aE "$regex" "$@" | grep -av 'Spectre V2 : WARNING'
