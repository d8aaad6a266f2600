#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_well.sh - pagestat check, each of its findings as a result; what this kernel cannot
# know is skipped, as it reads "-"
#
# For make check-kernels.  Runs in the VM, as root, with the tool in PATH and the module
# loaded.

. lib/tap.sh

out=/tmp/well.out
pagestat check >$out 2>&1
status=$?
mapfile -t findings < <(grep -E ' (PASS|FAIL|SKIP)( |$)' $out)

echo "TAP version 13"
echo "1..$((${#findings[@]} + 1))"
unknown=0
for line in "${findings[@]}"; do
	name=$(sed -E 's/ +(PASS|FAIL|SKIP)( .*)?$//; s/  +/: /g' <<<"$line")
	case $line in
	*" PASS"*)		result 0 "$name" ;;
	*"unknown here"*)	skip "unknown on this kernel" "$name"; unknown=$((unknown + 1)) ;;
	*" SKIP"*)		skip "${line##* SKIP }" "$name" ;;
	*)			result 1 "$name"; echo "# $line" ;;
	esac
done
# What it ends with is not left to how its lines are read here.
[ ${#findings[@]} -gt 20 ] && { [ $status -eq 0 ] || [ $unknown -gt 0 ]; }
result $? "pagestat check ends with status $status"
