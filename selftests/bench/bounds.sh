#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# bounds.sh - in the VM: for how many instructions births and deaths have to wait at most,
# whatever a user has arranged and a reader does
#
# usage: bounds.sh MODULE THREADS ENDED
#
#   MODULE	a module that measures that: make check-bounds builds it
#   THREADS	as many records of threads there are: a process with the most of them, one
#		whose threads have exited and are not released, others
#   ENDED	as many processes are remembered that have ended
#
# Prints TAP, with what was measured; the limit is one for all.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit
. selftests/lib/tap.sh

readonly LIMIT=200000
readonly MODULE=$1 THREADS=$2 ENDED=$3 BENCH=${OUTPUT%/*}/bench
readonly FILES=/sys/kernel/debug/pagestat PARAMETERS=/sys/module/pagestat/parameters
most=$((THREADS * 3 / 10))
[ $most -le 40000 ] || most=40000

# hold PROGRAM ARGUMENT...: start it, and wait until it says that all are there
hold()
{
	local fifo=/tmp/hold$RANDOM

	mkfifo $fifo
	"$BENCH/$1" "${@:2}" <>$fifo >$fifo.out &
	until [ -s $fifo.out ]; do
		kill -0 $! || exit
		sleep 1
	done
}

# bounded NAME COMMAND...: how long the lock is held meanwhile
bounded()
{
	local name=$1 ns holder

	shift
	echo 1 >$PARAMETERS/longest_hold
	"$@" >/tmp/read
	read -r ns holder <$PARAMETERS/longest_hold
	[ "$ns" -gt 0 ] && [ "$ns" -le $LIMIT ]
	result $? "$name: $ns instructions at most ($holder)"
}

echo 400000 >/proc/sys/kernel/pid_max
echo 400000 >/proc/sys/kernel/threads-max
echo 1000000 >/proc/sys/vm/max_map_count
insmod "$MODULE" max_exited="$ENDED" || exit
"$BENCH/ended" "$ENDED" || exit
hold threads $most
hold threads $most exited
left=$((THREADS - 2 * most))
while [ $left -gt 1000 ]; do
	some=$((left < 20000 ? left : 20000))
	hold threads $some
	left=$((left - some))
done
echo "# $(wc -l <$FILES/threads) threads, $(wc -l <$FILES/exited) that have ended"

for file in processes threads children exited system; do
	bounded "reading $file" cat $FILES/$file
done
bounded "writing reset" tee $FILES/reset <<<1
bounded "reading threads after a reset" cat $FILES/threads
bounded "turning latency on" tee $PARAMETERS/latency <<<1
bounded "reading latency" cat $FILES/latency
bounded "writing reset with latency on" tee $FILES/reset <<<1
bounded "turning latency off" tee $PARAMETERS/latency <<<0
