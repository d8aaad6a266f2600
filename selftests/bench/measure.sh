#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# measure.sh - in the VM: measure one fault, alone, with pagestat, and with other tools
#
# usage: measure.sh [quick | readers]
#
#   quick	pagestat only
#   readers	pagestat on one processor, while another reads all its files
#
# Prints lines of three fields: which tool was active, the kind of fault, and how long
# it took.  A tool that is not installed has no lines.  Tools have nothing else to do
# than the faults: they run the program "faults" as their command.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
readonly FAULTS=${OUTPUT%/*}/bench/faults
readonly LATENCY=/sys/module/pagestat/parameters/latency
rounds=3

# measure WHAT COMMAND...: run COMMAND, which runs "faults", and print its lines
measure()
{
	local what=$1

	shift
	# So that free memory is as it was before the last tool ran.
	echo 3 >/proc/sys/vm/drop_caches
	echo 1 >/proc/sys/vm/compact_memory
	sleep 1
	"$@" >/tmp/bench </dev/null
	# Lines of the tool itself have no tab.
	sed -n "/\t/s/^/$what\t/p" /tmp/bench
}

have()
{
	command -v "$1" >/dev/null
}

# bpftrace WHAT PROGRAM
# shellcheck disable=SC2016	# the dollars are bpftrace's
bpf()
{
	measure "$1" bpftrace -o /dev/null -e "$2" -c "$FAULTS $rounds"
}

# On one of two processors: alone, with pagestat, and while the other one reads.
readers()
{
	local -a files
	local pid

	mapfile -t files < <(printf '/sys/kernel/debug/pagestat/%s\n' processes threads system)
	measure two-nothing taskset -c 0 "$FAULTS" each
	insmod "$PAGESTAT_KO"
	measure two-pagestat taskset -c 0 "$FAULTS" each
	taskset -c 1 bash -c 'while :; do cat "$@" >/tmp/read; done' bash "${files[@]}" &
	pid=$!
	measure two-reader taskset -c 0 "$FAULTS" each
	kill "$pid"
	grep -q bash /tmp/read
}

# perf's counters and its trace, for the whole system, as pagestat counts.
perf_tools()
{
	measure perf-stat perf stat -o /dev/null -a -e minor-faults,major-faults \
		"$FAULTS" "$rounds"
	measure perf-trace perf trace -o /dev/null -a --no-syscalls -F all \
		"$FAULTS" "$rounds"
}

# Faults by process; with copies and swap-ins as well; histograms of latency.
bpftrace_tools()
{
	local faults='kretprobe:handle_mm_fault {
		if (retval & 4) { @major[pid] = count(); } else { @minor[pid] = count(); } }'

	bpf bpftrace "$faults"
	bpf bpftrace-stages "$faults
		kprobe:do_wp_page { @wp[pid] = count(); }
		kprobe:do_swap_page { @swap[pid] = count(); }"
	bpf bpftrace-latency '
		kprobe:handle_mm_fault { @begun[tid] = nsecs; }
		kretprobe:handle_mm_fault /@begun[tid]/ {
			@ns[pid] = hist(nsecs - @begun[tid]);
			delete(@begun[tid]); }'
}

# kprobes that only count, on the functions that pagestat hooks.
bare_hooks()
{
	insmod "build/bench/$(uname -r)/bare/bare.ko" functions="$1"
	measure bare "$FAULTS" "$rounds"
	rmmod bare
}

mountpoint -q /sys/kernel/tracing || mount -t tracefs nodev /sys/kernel/tracing
# So that a fault maps one page only.
echo 4096 >/sys/kernel/debug/fault_around_bytes
# How many page tables a process needs depends on its addresses.
echo 0 >/proc/sys/kernel/randomize_va_space

insmod "build/bench/$(uname -r)/stall/stall.ko"
"$FAULTS" settle
if [ "${1:-}" = readers ]; then
	readers
	exit
fi
measure nothing "$FAULTS" "$rounds"
insmod "$PAGESTAT_KO"
measure pagestat "$FAULTS" "$rounds"
echo Y >$LATENCY
measure latency "$FAULTS" "$rounds"
echo N >$LATENCY
[ "${1:-}" != quick ] || exit 0

# The hooked functions, without those that no fault calls: of pagestat itself, and of
# tasks that start and end.
functions=$(awk -F '\t' 'NR > 1 && $4 == "attached" && $5 ~ /ftrace|kprobe/ &&
			 $1 !~ /^(self|birth|death)/ { print $2 }' \
		/sys/kernel/debug/pagestat/probes | sort -u | paste -sd,)

! have perf || measure events perf record -q -a -e pagestat:fault -o /tmp/perf.data \
	"$FAULTS" "$rounds"
rmmod pagestat

insmod "$PAGESTAT_KO" kprobes=1
measure kprobes "$FAULTS" "$rounds"
rmmod pagestat

bare_hooks "$functions"
! have perf || perf_tools
! have bpftrace || bpftrace_tools
measure nothing-again "$FAULTS" "$rounds"
