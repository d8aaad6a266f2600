#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - in the VM: run the tests, each with the module loaded
#
# usage: run.sh [TEST...]
#
#   TEST	the name of a test; without any, all that are in $OUTPUT/test-list, which
#		is made with the tests
#
# What each test writes is printed between two lines, "# begin NAME" and
# "# end NAME STATUS SECONDS", which tap.awk goes by.  A test writes TAP; or it
# writes none, and its status is the result: 0 passed, 4 skipped, others failed.
#
# Programs are taken from $OUTPUT (the VM sets it; else build/selftests), scripts
# from tests/.  Tests start in the folder above, and find the module in $PAGESTAT_KO.
# Each has $TEST_TIMEOUT seconds, or those of "settings".

set -u
cd "${BASH_SOURCE[0]%/*}/.." || exit
export OUTPUT=${OUTPUT:-$PWD/../build/selftests}

# A test may have left the VM without the module.
load()
{
	[ -d /sys/module/pagestat ] || insmod "$PAGESTAT_KO"
}

run()
{
	local program=tests/$1

	[ ! -x "$OUTPUT/$1" ] || program=$OUTPUT/$1
	load || return
	timeout -k 5 "${TEST_TIMEOUT:-$(sed -n s/^timeout=//p settings)}" "$program"
}

if [ $# -eq 0 ]; then
	mapfile -t tests <"$OUTPUT/test-list" || exit
	set -- "${tests[@]}"
fi

for name; do
	echo "# begin $name"
	SECONDS=0
	# So that a fault in the kernel log is seen to be this test's.
	echo "selftest: $name" >/dev/kmsg
	run "$name" 2>&1 </dev/null
	echo "# end $name $? $SECONDS"
done
