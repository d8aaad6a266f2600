#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_switches.sh - the kernel's switches that turn hooks off: ftrace's cannot be used
# while the module is loaded; that of kprobes does no harm, or the tool says so
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO and the programs in
# $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

ftrace=/proc/sys/kernel/ftrace_enabled
kprobes=/sys/kernel/debug/kprobes/enabled
latency=/sys/module/pagestat/parameters/latency

# says STATUS ARG...: print what the tool says on stderr, and whether its status differs
says()
{
	local status=$1

	shift
	pagestat "$@" >/dev/null 2>/tmp/said
	[ $? -eq "$status" ] || echo "status differs from $status" >>/tmp/said
	paste -sd' ' /tmp/said
}

# Whether latency is measured: the return probe is hit, and the faults are published.
measured()
{
	local before

	before=$(column probes hits return)
	/bin/true
	[ "$(column probes hits return)" -gt "$before" ] && [ "$(column latency minor)" -gt 0 ]
}

# A kprobe is called by ftrace or by a breakpoint, depending on the kernel.
reload
made_by=$(column probes type self-kprobe)

echo "TAP version 13"
echo "1..15"

# ---- kernel.ftrace_enabled

reload
! echo 0 2>/dev/null >$ftrace && [ "$(cat $ftrace)" = 1 ] && exact
result $? "ftrace cannot be switched off while the module is loaded"

unload
off="ftrace can be switched off while the module is not loaded"
without="without ftrace, the module does not load, and says so in one line"
# Some kernels never let it be switched off.
if [[ $({ echo 0 >$ftrace; } 2>&1) == *"not supported" ]]; then
	skip "this kernel does not let ftrace be switched off" "$off"
	skip "this kernel does not let ftrace be switched off" "$without"
else
	[ "$(cat $ftrace)" = 0 ]
	result $? "$off"

	mark
	! insmod "$PAGESTAT_KO" 2>/dev/null && [ ! -d /sys/module/pagestat ] &&
		[ "$(log | wc -l)" = 1 ] &&
		log | grep -q 'cannot load: kernel.ftrace_enabled is 0'
	result $? "$without"
fi

said=$(says 3)
[[ $said == *"the module is not loaded"* ]]
result $? "without the module, the tool says so ($said)"

[ "$(cat $ftrace)" = 1 ] || echo 1 >$ftrace
reload && exact
result $? "with ftrace on again, the module loads, and the counters are exact"

# ---- debugfs: kprobes/enabled

echo 0 >$kprobes
[ "$(column system silenced)" = 0 ] && [ "$(column probes state fault)" = attached ] &&
	[ "$(column probes state self-kprobe)" = silenced ] &&
	[[ $(says 0) != *"being counted"* ]] && exact
result $? "without kprobes, the counters are exact: hooks are called by ftrace"

mark
if [[ "$(uname -r) $(uname -m)" == @(5.10.*|*aarch64) ]]; then
	! echo Y 2>/dev/null >$latency && [ "$(cat $latency)" = N ] &&
		[ "$(log | wc -l)" = 1 ] && log | grep -q 'kprobes are switched off' && exact
	result $? "without kprobes, latency is refused in one line: it needs one on this kernel"
else
	echo Y >$latency && measured && [ "$(column probes state return)" = attached ]
	result $? "without kprobes, latency is measured: it needs none on this kernel"
	echo N >$latency
fi

echo 1 >$kprobes
echo Y >$latency && measured && [ "$(column probes type fault)" = ftrace ] && exact
result $? "with kprobes on again, latency is measured, and the counters are exact"
echo N >$latency

# ---- the same where all hooks are kprobes

reload kprobes=1 && [ "$(column probes type fault)" = "$made_by" ] && exact
result $? "with kprobes=1, all hooks are kprobes, and the counters are exact"

"$OUTPUT/test_mapped" >/tmp/mapped.out || { sed 's/^/# /' /tmp/mapped.out; false; }
result $? "with kprobes=1, mapped pages are exact, too"

bash -c 'for ((;;)); do /bin/true; sleep 0.1; done' &
pid=$!
sleep 0.5
echo 0 >$kprobes
said=$(says 0)
[ "$(column system silenced)" = 1 ] && [ "$(column probes state fault)" = silenced ] &&
	[ "$(column probes state reclaim-begin)" = attached ] &&
	[[ $said == *"nothing is being counted"* ]]
result $? "kprobes=1, without kprobes: the tool says that nothing is counted ($said)"

sleep 0.5
echo 1 >$kprobes
sleep 0.5
[ "$(column system silenced)" = 0 ] && [ "$(column probes state fault)" = attached ] &&
	[ "$(column processes other $pid)" -gt 0 ] && exact
result $? "kprobes=1, on again: the faults meanwhile are \"other\" ($(column processes other $pid)), and later ones exact"
kill $pid

echo 0 >$kprobes
mark
! echo Y 2>/dev/null >$latency && [ "$(cat $latency)" = N ] &&
	[ "$(log | wc -l)" = 1 ] && log | grep -q 'kprobes are switched off'
result $? "kprobes=1, without kprobes: latency is refused in one line"

unload
mark
! insmod "$PAGESTAT_KO" kprobes=1 2>/dev/null && [ ! -d /sys/module/pagestat ] &&
	[ "$(log | wc -l)" = 1 ] && log | grep -q 'cannot load: kprobes are switched off'
result $? "kprobes=1, without kprobes: the module does not load, and says so in one line"

reload
echo 1 >$kprobes
[ "$(column probes state self-kprobe)" = attached ] && echo Y >$latency && measured && exact
result $? "loaded without kprobes, latency can be measured when they are on again"
echo N >$latency
