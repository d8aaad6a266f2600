#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_check.sh - pagestat check finds all well where it is, and says where not: on each
# kernel; what else it can lack is in test_check_lacks.sh
#
# Runs in the VM, as root, with the tool in PATH and the module in $PAGESTAT_KO.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh
. lib/checks.sh

echo "TAP version 13"
echo "1..4"

reload
# A kernel that looks for faults is no measure.
most=10
[ ! -e /sys/kernel/debug/kmemleak ] || most=100
# Of three, for something else may keep the machine that this one is emulated on busy.
quick()
{
	local begin

	for _ in 1 2 3; do
		begin=${EPOCHREALTIME/./}
		checks 0
		well=$?
		took=$(((${EPOCHREALTIME/./} - begin) / 1000))
		[ "$took" -ge $((most * 1000)) ] || return 0
	done
	return 1
}
quick
result $? "it takes less than $most s ($took ms)"
[ "$well" -eq 0 ] && ! grep -qE ' (FAIL|SKIP) ' "$out" && [ "$(grep -c ' PASS ' "$out")" -gt 20 ]
result $? "all is well, and nothing is skipped"

reload without=wp
checks 8 && says FAIL 'fork, child writes' && says FAIL 'hooks attached' &&
	says FAIL 'first touch' && says PASS 'hits missed' && grep -q 'wp left-out' "$out"
result $? "without the hook \"wp\": copies are unknown, and that is a failure"

reload
checks 0
result $? "with it, all is well again"
