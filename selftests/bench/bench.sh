#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# bench.sh - the instructions that pagestat adds to one fault, by kind of fault
#
# usage: [KERNEL=NAME] bench.sh
#
# A VM with one processor whose clock counts instructions (QEMU's -icount): the
# figures do not depend on the machine, and repeat to some 0.1 %.  Prints a
# Markdown table for each kernel: the fault itself, and with the module loaded.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

# In the VM: measure without the module, then with it.
# shellcheck disable=SC2016	# for the shell there
readonly MEASURE='
	sleep 3
	build/bench/faults >/tmp/without && insmod "$PAGESTAT_KO" &&
	sleep 1 && build/bench/faults >/tmp/with && join -t "	" /tmp/without /tmp/with'

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
	echo '| fault | alone | with pagestat | added |'
	echo '|---|---:|---:|---:|'
	awk -F '\t' '{ printf "| %s | %d | %d | %d |\n", $1, $2, $3, $3 - $2 }' <<<"$figures"
done
