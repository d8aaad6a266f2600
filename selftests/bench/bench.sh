#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# bench.sh - the instructions that pagestat adds to one fault, by kind of fault
#
# usage: [KERNEL=NAME] bench.sh
#
# A VM with one processor whose clock counts instructions (QEMU's -icount): the
# figures do not depend on the machine, and repeat to some 0.1 %.  Prints a
# Markdown table for each kernel: the fault itself, and what is added by the module
# when it is loaded, when it measures latency, and when a trace event is read too.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

# In the VM: measure without the module, then with more and more of it.
# shellcheck disable=SC2016	# for the shell there
readonly MEASURE='
	measure()
	{
		sleep 1
		build/bench/faults >/tmp/$1
	}
	set -e
	sleep 2
	measure 1
	insmod "$PAGESTAT_KO"
	measure 2
	echo Y >/sys/module/pagestat/parameters/latency
	measure 3
	echo N >/sys/module/pagestat/parameters/latency
	mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null || :
	echo 1 >/sys/kernel/tracing/events/pagestat/fault/enable
	measure 4
	paste /tmp/1 /tmp/2 /tmp/3 /tmp/4'

if [ -n "${KERNEL:-}" ]; then
	kernels=("$KERNEL")
else
	mapfile -t kernels < <(kernel_names)
fi

"$TOP/selftests/setup/build.sh" "${kernels[@]}" || exit
mkdir -p "$TOP/build/bench"
gcc -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -o "$TOP/build/bench/faults" \
	"$TOP/selftests/bench/faults.c" || exit

for kernel in "${kernels[@]}"; do
	say "kernel $kernel: counting instructions"
	figures=$(KERNEL=$kernel CPUS=1 LOAD=no QEMU='-icount shift=0,sleep=off' \
		  CMD=$MEASURE "$TOP/selftests/vm/vm.sh") || exit
	echo
	echo "Instructions a fault, Linux $(kernel_release "$kernel"), $(date +%F):"
	echo
	echo '| fault | alone | pagestat adds | with latency | a reader of fault |'
	echo '|---|---:|---:|---:|---:|'
	awk -F '\t' '{ printf "| %s | %d | %d | %d | %d |\n",
		       $1, $2, $4 - $2, $6 - $2, $8 - $2 }' <<<"$figures"
done
