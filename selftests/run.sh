#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - in the VM: run the tests, each with the module loaded
#
# usage: run.sh [TEST...]
#
#   TEST	the name of a test, as "make -s -C selftests emit_tests" lists them
#		(TEST_GEN_PROGS and TEST_PROGS of the Makefile); without any, all
#
# What each test writes is printed between two lines, "# begin NAME" and
# "# end NAME STATUS", which tap.awk goes by.  A test writes TAP; or it writes
# none, and its status is the result: 0 passed, 4 skipped, others failed.
#
# Programs are taken from $OUTPUT (the VM sets it; else build/selftests), scripts
# from here.  Tests start in this folder, and find the module in $PAGESTAT_KO.
# Each has $TEST_TIMEOUT seconds, or those of "settings".

set -u
cd "${BASH_SOURCE[0]%/*}" || exit
export OUTPUT=${OUTPUT:-$PWD/../build/selftests}

list()
{
	make -s OUTPUT="$OUTPUT" COLLECTION=pagestat emit_tests | sed 's/^pagestat://'
}

# A test may have left the VM without the module.
load()
{
	[ -d /sys/module/pagestat ] || insmod "$PAGESTAT_KO"
}

run()
{
	local program=./$1

	[ ! -x "$OUTPUT/$1" ] || program=$OUTPUT/$1
	load || return
	timeout -k 5 "${TEST_TIMEOUT:-$(sed -n s/^timeout=//p settings)}" "$program"
}

if [ $# -eq 0 ]; then
	mapfile -t tests < <(list)
	set -- "${tests[@]}"
fi

for name; do
	echo "# begin $name"
	# So that a fault in the kernel log is seen to be this test's.
	echo "selftest: $name" >/dev/kmsg
	run "$name" 2>&1 </dev/null
	echo "# end $name $?"
done
