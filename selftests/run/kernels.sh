#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kernels.sh - whether pagestat counts right on kernels that nobody serves here, and on
# those that make check leaves out: each is built once and kept in the cache, boots, and
# runs pagestat check, the tests that count and those that race
#
# usage: kernels.sh [KERNEL...]
#
#   KERNEL	one of "made" or "asked" in vm/kernels; without it, all of them
#
# Each kernel may take an hour to build (MADE_SECONDS=3600), and half an hour to test
# (TIMEOUT=1800 for each of two VMs).  One that does not build does not keep the others
# from it.  The results are noted in vm/tried, and README.md shows them (tried.sh).
# Status: 0 if all were built and nothing failed.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

[ $# -gt 0 ] || mapfile -t kernels < <(kernel_names asked; kernel_names made)
[ $# -eq 0 ] || kernels=("$@")
bad=()
for kernel in "${kernels[@]}"; do
	logs=$TOP/build/check-kernels/$kernel
	mkdir -p "$logs"
	say "kernel $kernel"
	# check.sh makes the folder anew.
	KERNEL=$kernel LOGS=$logs "$TOP/selftests/run/check.sh" kernels >"$logs.log" 2>&1 ||
		bad+=("$kernel")
	tail -n 1 "$logs.log"
	if [ -s "$logs/results" ]; then
		"$TOP/selftests/vm/tried.sh" "$kernel" "$logs/results"
	else
		say "kernel $kernel was not tested: $logs.log"
	fi
done
"$TOP/selftests/vm/tried.sh" --write
[ ${#bad[@]} -eq 0 ] || die 1 "not all is well on ${bad[*]}: build/check-kernels"
