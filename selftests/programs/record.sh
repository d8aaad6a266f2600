#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# record.sh - record the first touches of a process by another tool, from trace events
#
# usage: record.sh TOOL PID READY	record until SIGINT; the file READY gets a line
#					"begun" as soon as it does
#        record.sh TOOL			print how many were recorded
#
#   TOOL	trace-cmd, perf or bpftrace; it filters by process and kind

tool=$1 pid=${2:-} ready=${3:-}
filter="tgid == $pid && kind == \"anon\""
data=/tmp/$tool.data
cd /tmp || exit

# In the background, and not as a child of the tool's: perf ends when a child does.
background()
{
	("$@" &)
}

# trace-cmd stops tracing, enables the event, and starts tracing again.
until_enabled()
{
	until grep -q 1 /sys/kernel/tracing/events/pagestat/fault/enable &&
		grep -q 1 /sys/kernel/tracing/tracing_on; do
		sleep 0.1
	done
	echo begun >"$ready"
}

# perf starts disabled (-D -1), and answers when it has been enabled.
enable_perf()
{
	echo enable >/tmp/perf.control
	read -r _ </tmp/perf.ack && echo begun >"$ready"
}

case $tool${pid:+ record} in
'trace-cmd record')
	background until_enabled
	exec trace-cmd record -q -o "$data" -e pagestat:fault -f "$filter" \
		>"$data.log" 2>&1
	;;
'trace-cmd')
	trace-cmd report -q -i "$data" 2>/dev/null | grep -c 'fault: .*outcome=zerofill'
	;;
'perf record')
	rm -f /tmp/perf.control /tmp/perf.ack
	mkfifo /tmp/perf.control /tmp/perf.ack
	background enable_perf
	# Without the kernel's modules: perf would read each of them.
	# shellcheck disable=SC2016	# for the other bash
	exec unshare --mount bash -c 'mount -t tmpfs none "/lib/modules/$(uname -r)" && exec "$@"' - \
		perf record -q -a -B -N -m 1024 -o "$data" -D -1 \
		--control fifo:/tmp/perf.control,/tmp/perf.ack \
		-e pagestat:fault --filter "$filter" >"$data.log" 2>&1
	;;
'perf')
	perf script -i "$data" 2>/dev/null | grep -c 'pagestat:fault:.*outcome=zerofill'
	;;
'bpftrace record')
	exec bpftrace -e "BEGIN { printf(\"begun\\n\"); }
		tracepoint:pagestat:fault
		/args->tgid == $pid && args->kind == \"anon\" && args->outcome == \"zerofill\"/
		{ @ = count(); }" >"$ready" 2>"$data.log"
	;;
'bpftrace')
	sed -n 's/^@: //p' /tmp/record.ready
	;;
*)
	sed -n 's/^# usage: //p' "$0" >&2
	exit 2
	;;
esac
