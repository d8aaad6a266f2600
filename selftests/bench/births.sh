#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# births.sh - in the VM: a storm of births loses none, while grace periods are long
#
# usage: births.sh READER BIRTHS
#
#   READER	the module of bench/reader
#   BIRTHS	how many processes, on all processors together
#
# Prints TAP.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit
. selftests/lib/tap.sh

readonly FILES=/sys/kernel/debug/pagestat
cpus=$(nproc)

# lost: print how many births found no record
lost()
{
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "lost_tasks") at = i }
		NR == 2 { print $at }' $FILES/system
}

insmod "$1" || exit
SECONDS=0
for ((i = 0; i < cpus; i++)); do
	"${OUTPUT%/*}/bench/ended" $(($2 / cpus)) &
	pids[i]=$!
done
wait "${pids[@]}"
echo "# $2 processes on $cpus processors in $SECONDS s"
[ "$(lost)" = 0 ]
result $? "a storm of births loses none while an RCU reader is held for 500 ms at a time ($(lost) lost)"
rmmod reader
echo "1..$number"
