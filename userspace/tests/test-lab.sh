# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# pagestat lab where there is no module: what /proc tells is enough to do it, and the
# numbers that are missing are said to be

# experiments: their names
experiments()
{
	"$TOOL" lab | awk 'NR > 1 { print $1 }'
}

# lab STATUS ARG...: without the module
lab()
{
	local status=$1

	shift
	PAGESTAT_DEBUGFS=$PWD/nowhere tool "$status" lab "$@"
}

test_lab_list()
{
	lab 0
	silent
	head -n 1 out | grep -q '^NAME  *SHOWS$'
	[ "$(wc -l <out)" -ge 2 ]
	[ "$(experiments | sort | uniq -d | wc -l)" -eq 0 ]
}

test_lab_has_a_text_for_everything()
{
	local name

	wants mandoc
	mandoc -T ascii "$TESTS/../man/pagestat-lab.8" | sed 's/.\x08//g' >page
	for name in $(experiments); do
		grep -Eq "^ *$name( |$)" page || { echo "not in the manual: $name"; return 1; }
	done
}

test_lab_without_the_module()
{
	lab 0 --size 16M demand-paging
	silent
	grep -q '^Without the counters of pagestat.*modprobe' out
	grep -q '^PASS  *4096  *4096 minor ' out
	grep -q '^SKIP  *4096  *- zerofill ' out
	grep -q '^PASS  *0  *0 minor+major ' out
	grep -Eq '^\[ +[0-9]+\.[0-9]{3}\] A process has started' out
	tail -n 1 out | grep -Eq '^[56] passed, 0 failed, [12] not known here$'
}

test_lab_done_wrongly_fails()
{
	[ -e /sys/kernel/mm/transparent_hugepage ] || { echo 'no huge pages'; exit "$SKIP"; }
	lab 8 --size 4M --break demand-paging
	grep -q '^FAIL  *1024  *2 minor ' out
}

test_lab_json()
{
	lab 0 --size 16M --json demand-paging
	silent
	[ "$(wc -l <out)" -eq 1 ]
	json '.lab == "demand-paging" and .size == 16777216 and .thp == "off"'
	json '[.steps[] | select(.step == "touched")] | length == 10'
	json '.steps[0].minor == 0 and .steps[0].zerofill == null'
	json '.results[] | select(.of == "minor" and .most == 4096) | .counted == 4096 and .result == "PASS"'
	json '.failed == 0 and .passed >= 5 and .passed + .skipped == 7'
}

test_lab_waits_for_enter()
{
	local status

	yes '' | head -n 20 |
		PAGESTAT_DEBUGFS=$PWD/nowhere "$TOOL" lab -i --size 1M demand-paging >out 2>err ||
		status=$?
	# It failed once on a busy machine, and had not said why.
	echo "status ${status:-0}"
	cat err out
	[ -z "${status:-}" ]
	[ "$(grep -o 'Enter goes on' out | wc -l)" -eq 14 ]
	grep -q ', 0 failed' out
}

test_lab_without_a_reader()
{
	local -a statuses

	set +e
	PAGESTAT_DEBUGFS=$PWD/nowhere "$TOOL" lab --size 4M demand-paging 2>err | head -n 1 >out
	statuses=("${PIPESTATUS[@]}")
	PAGESTAT_DEBUGFS=$PWD/nowhere "$TOOL" lab --size 4M demand-paging >/dev/full 2>err.full
	statuses+=("$?")
	set -e
	[ "${statuses[0]}" -eq 141 ]
	silent
	[ "${statuses[2]}" -eq 6 ]
	grep -q 'could not be written' err.full
}
