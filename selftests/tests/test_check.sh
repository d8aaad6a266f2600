#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_check.sh - pagestat check passes where all is well, and fails without a hook, on
# each kernel; test_check_lacks.sh tests the rest of what can be wrong
#
# Runs in the VM, as root, with the tool in PATH and the module in $PAGESTAT_KO.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh
. lib/checks.sh

echo "TAP version 13"
echo "1..4"

reload
# A debug kernel is slow.
most=10
[ ! -e /sys/kernel/debug/kmemleak ] || most=100
# The best of three, as the machine that emulates this one may be busy.
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
result $? "pagestat check takes less than $most s ($took ms)"
[ "$well" -eq 0 ] && ! grep -E ' (FAIL|SKIP) ' "$out" | grep -v 'no fault lost the race' && [ "$(grep -c ' PASS ' "$out")" -gt 20 ]
result $? "all checks pass, and none is skipped"

reload without=wp
checks 8 && says FAIL 'fork, child writes' && says FAIL 'hooks attached' &&
	says FAIL 'first touch' && says PASS 'hits missed' && grep -q 'wp left-out' "$out"
result $? "without the hook \"wp\", copies are unknown, and their checks fail"

reload
checks 0
result $? "with that hook, all checks pass again"
