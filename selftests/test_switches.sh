#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_switches.sh - the kernel's switches that silence probes: one is held while
# the module is loaded, the other is noticed and said
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO and the programs in
# $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. ./lib.sh

ftrace=/proc/sys/kernel/ftrace_enabled
kprobes=/sys/kernel/debug/kprobes/enabled

# What the tool said on stderr, and that it ended with STATUS.
says()
{
	local status=$1

	shift
	pagestat "$@" >/dev/null 2>/tmp/said
	[ $? -eq "$status" ] || echo "status differs from $status" >>/tmp/said
	paste -sd' ' /tmp/said
}

exact()
{
	"$OUTPUT/test_fault" >/dev/null
}

echo "TAP version 13"
echo "1..11"

# ---- kernel.ftrace_enabled

reload
! echo 0 2>/dev/null >$ftrace && [ "$(cat $ftrace)" = 1 ] && exact
result $? "ftrace cannot be switched off while the module is loaded"

unload
echo 0 >$ftrace && [ "$(cat $ftrace)" = 0 ]
result $? "it can when it is not"

mark
! insmod "$PAGESTAT_KO" 2>/dev/null && [ ! -d /sys/module/pagestat ] &&
	[ "$(log | wc -l)" = 1 ] && log | grep -q 'cannot load: kernel.ftrace_enabled is 0'
result $? "with it off the module does not load, and says so in one line"

said=$(says 3)
[[ $said == *"the module is not loaded"* ]]
result $? "nor does the tool show anything ($said)"

echo 1 >$ftrace
reload && exact
result $? "back on, it loads and the numbers are exact"

# ---- debugfs: kprobes/enabled

[ "$(column system silenced)" = 0 ] && [ "$(column probes state fault)" = attached ] &&
	[[ $(says 0) != *"being counted"* ]]
result $? "as long as kprobes are on nothing is said"

echo 0 >$kprobes
said=$(says 0)
[ "$(column system silenced)" = 1 ] && [ "$(column probes state fault)" = silenced ] &&
	[ "$(column probes state reclaim-begin)" = attached ] &&
	[[ $said == *"nothing is being counted"* ]]
result $? "off, the tool says so ($said)"

bash -c 'for ((;;)); do /bin/true; sleep 0.1; done' &
pid=$!
sleep 0.5
echo 1 >$kprobes
sleep 0.5
[ "$(column system silenced)" = 0 ] && [ "$(column probes state fault)" = attached ] &&
	[ "$(column system lost_hits)" -gt 0 ] && [[ $(says 0) == *lost_hits* ]]
result $? "back on, hits of those that were born meanwhile are said to be lost ($(column system lost_hits))"

minor=$(column processes minor $pid)
sleep 0.5
[ "$(column processes minor $pid)" -gt "$minor" ] && exact
result $? "they are counted from then on, and all numbers are exact"
kill $pid

echo 0 >$kprobes
unload
mark
! insmod "$PAGESTAT_KO" 2>/dev/null && [ ! -d /sys/module/pagestat ] &&
	[ "$(log | wc -l)" = 1 ] && log | grep -q 'cannot load: kprobes are switched off'
result $? "with kprobes off the module does not load, and says so in one line"

echo 1 >$kprobes
reload && exact
result $? "back on, it loads and the numbers are exact"
