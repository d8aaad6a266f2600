#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - the tests of the tool, on canned files: no module and no root needed
#
# usage: run.sh TOOL...
#
# Every function in test-*.sh that is called test_* is a test; it fails if a
# command in it does.  All are run for every TOOL.  Prints TAP, and what a failed
# test said.  Status: 1 if a test failed.
#
#   ONLY=pattern   run the tests whose names match, as ONLY='*json*'
#   UNTIL_FAILED=yes   the first that fails is the last
#   UPDATE=1       what the tool prints now is what it shall print: writes
#                  expected/; then look at the difference

set -u
# Started by nohup or in the background, signals that tests send are ignored; only another
# program can give them back.
[ "${SIGNALS:-}" = default ] || exec env --default-signal SIGNALS=default "$0" "$@"
unset SIGNALS
TESTS=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
HEADER=$TESTS/../../module/uapi/pagestat.h
SKIP=4

# What a test sees of its surroundings is the same everywhere.
export LC_ALL=C.UTF-8 TZ=UTC
# A finding of a sanitizer is no exit status of the tool's.
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1
unset PAGESTAT_DEBUGFS

. "$TESTS/lib.sh"
for file in "$TESTS"/test-*.sh; do
	# shellcheck source=/dev/null
	. "$file"
done

WORK=$(mktemp -d "${TMPDIR:-/tmp}/pagestat-test.XXXXXX") || exit
trap 'rm -rf "$WORK"' EXIT

count=0
failed=0

# Runs the test in a shell of its own: it stops at the first command that fails.
run_test()
{
	local name=$1 status

	mkdir -p "$WORK/dir"
	(
		cd "$WORK/dir" || exit
		set -e
		"$name"
	) >"$WORK/log" 2>&1 </dev/null
	status=$?
	rm -rf "$WORK/dir"

	name=${name#test_}
	name="${name//_/ } ($label)"
	count=$((count + 1))
	case $status in
	0)	echo "ok $count $name" ;;
	"$SKIP") echo "ok $count $name # SKIP $(tail -n 1 "$WORK/log")" ;;
	*)	echo "not ok $count $name"
		sed 's/^/# /' "$WORK/log"
		failed=1 ;;
	esac
}

echo "TAP version 13"
for tool in "$@"; do
	TOOL=$(realpath "$tool")
	label=$(basename "$(dirname "$tool")")
	[ "$label" = san ] || label=plain
	for name in $(compgen -A function test_ | sort); do
		# shellcheck disable=SC2254	# a pattern is what it is
		case ${name#test_} in
		${ONLY:-*})	run_test "$name" ;;
		esac
		[ $failed -eq 0 ] || [ "${UNTIL_FAILED:-no}" = no ] || break 2
	done
done
echo "1..$count"
exit $failed
