#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# reading.sh - in the VM: measure what it costs to read the faults of many processes
#
# usage: reading.sh PROCESSES...
#
# Prints lines of five fields: how many processes there were, the command, and its cost
# (cost.c): CPU time and elapsed time in microseconds, memory in KiB.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
readonly BENCH=${OUTPUT%/*}/bench FILES=/sys/kernel/debug/pagestat

# in_memory PROGRAM...: copy them into the VM's memory: each access to a file of the host
# would be part of the cost
in_memory()
{
	local path

	mkdir -p /tmp/near
	for program; do
		path=$(command -v "$program") || continue
		cp "$path" /tmp/near
		ldd "$path" | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p' | xargs -r cp -n -t /tmp/near
	done
	export PATH=/tmp/near:$PATH LD_LIBRARY_PATH=/tmp/near LC_ALL=C
}

# one COMMAND...: measure it, if it is installed
one()
{
	local cost

	command -v "$1" >/dev/null || return 0
	cost=$("$BENCH/cost" 3 "$@" </dev/null)
	printf '%s\t%s\t%s\n' "$processes" "$*" "$cost"
}

in_memory cat pagestat ps pidstat faultstat
"$BENCH/faults" settle
for processes; do
	mkfifo /tmp/crowd
	"$BENCH/crowd" "$processes" >/tmp/crowd.out <>/tmp/crowd &
	until grep -qx "$processes" /tmp/crowd.out; do
		kill -0 $!
		sleep 1
	done
	one cat "$FILES/processes"
	one pagestat
	one pagestat --json
	one pagestat --json -o pid,minor,major
	one ps -eo pid,min_flt,maj_flt
	one pidstat -r -p ALL
	one faultstat
	kill -9 $!
	wait $! 2>/dev/null || :
	rm /tmp/crowd
	# Until all of them have ended, and their records are free.
	until [ "$(pgrep -c crowd)" = 0 ]; do
		sleep 1
	done
done
