#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# record.sh - record the first touches of a process by a tool that people have
#
# usage: record.sh TOOL PID READY	record until SIGINT; a line "begun" in the file
#					READY says that it does
#        record.sh TOOL			print how many were recorded
#
#   TOOL	trace-cmd, perf or bpftrace; it filters by process and kind

tool=$1 pid=${2:-} ready=${3:-}
filter="tgid == $pid && kind == \"anon\""
data=/tmp/$tool.data
cd /tmp || exit

# Who waits for a tool to begin is no child of it: perf ends when a child does.
beside()
{
	("$@" &)
}

# trace-cmd stops all tracing, enables the event, and lets it go on.
until_enabled()
{
	until grep -q 1 /sys/kernel/tracing/events/pagestat/fault/enable &&
		grep -q 1 /sys/kernel/tracing/tracing_on; do
		sleep 0.1
	done
	echo begun >"$ready"
}

# perf begins disabled, is told to go on, and says that it did.
tell_perf()
{
	echo enable >/tmp/tell
	read -r _ </tmp/told && echo begun >"$ready"
}

case $tool${pid:+ record} in
'trace-cmd record')
	beside until_enabled
	exec trace-cmd record -q -o "$data" -e pagestat:fault -f "$filter" \
		>"$data.log" 2>&1
	;;
'trace-cmd')
	trace-cmd report -q -i "$data" 2>/dev/null | grep -c 'fault: .*outcome=zerofill'
	;;
'perf record')
	rm -f /tmp/tell /tmp/told
	mkfifo /tmp/tell /tmp/told
	beside tell_perf
	# It would look at each module there is.
	# shellcheck disable=SC2016	# for the other bash
	exec unshare --mount bash -c 'mount -t tmpfs none "/lib/modules/$(uname -r)" && exec "$@"' - \
		perf record -q -a -B -N -m 1024 -o "$data" -D -1 \
		--control fifo:/tmp/tell,/tmp/told \
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
