#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - in the VM: run tests, each with the module loaded
#
# usage: run.sh [TEST...]
#
#   TEST	the name of a test; without any, all that $OUTPUT/test-list names, which
#		is built with the tests
#
# What each test writes is printed between two lines, "# begin NAME" and
# "# end NAME STATUS SECONDS", for tap.awk.  A test writes TAP; if it writes none, its
# status is the result: 0 passed, 4 skipped, others failed.  With UNTIL_FAILED=yes, the
# first that fails is the last.
#
# Programs are in $OUTPUT (which the VM sets; else build/selftests), scripts in tests/.
# A test is started in selftests/; the module is the file $PAGESTAT_KO.  It is ended
# after $TEST_TIMEOUT seconds, or those of the file "settings".

set -u
cd "${BASH_SOURCE[0]%/*}/.." || exit
export OUTPUT=${OUTPUT:-$PWD/../build/selftests}

# The test before may have unloaded it.
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
	# So that a fault in the kernel log can be told to be this test's.
	echo "selftest: $name" >/dev/kmsg
	run "$name" 2>&1 </dev/null
	status=$?
	echo "# end $name $status $SECONDS"
	[ "${UNTIL_FAILED:-no}" = no ] || [ $status -eq 0 ] || [ $status -eq 4 ] || break
done
