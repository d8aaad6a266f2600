#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# mutants.sh - see whether the tests find mutants: the code, changed in one place
#
# usage: [KERNEL=NAME] [WORKERS=N] mutants.sh [NAME...]
#
#   NAME	a mutant of the file "list" in this folder, or a pattern of names; without
#		any, all
#   KERNEL	the kernel that the module's run on (6.12)
#   WORKERS	how many are tried at a time (2)
#
# Each is put into a copy of what git tracks and built.  The module's are run in a VM with
# the tests that count, the tool's with its own tests, those that the list names first, up
# to the first that fails.  Before them the code as it is has to pass: the control.
#
# Progress is on stderr, and in the end there is TAP: a mutant that is found has passed, and
# one that is said to be equivalent, if it is not found, is skipped.  What the tests printed
# is in build/mutants/logs.
# Status: 0 if all passed or were skipped.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

KERNEL=${KERNEL:-6.12}
WORKERS=${WORKERS:-2}
readonly HERE=$TOP/selftests/mutants OUT=$TOP/build/mutants
# Seconds: a test that takes longer, or a VM, hangs.  In a VM that was started on a busy
# machine, the clock may be several times as fast.
readonly TEST_SECONDS=600 VM_SECONDS=600 TOOL_SECONDS=300
# Not the tests of the tool, which are in the second line, nor those that load the module
# in ways of their own; those that take longest are the last.
readonly LAST=(test_callers test_trace test_switches.sh test_load.sh test_beside)
readonly OTHERS=(test_record test_trust.sh test_latency_tool.sh test_check.sh
		 test_check_lacks.sh test_tool.sh test_lab.sh test_lab_around.sh
		 test_fleet.sh test_lockdown.sh)
# Of userspace/tests, what is about the numbers.
readonly TOOL_TESTS=(interval doubt rows formats json table run bad-data fleet top)

kernel=$KERNEL
unset KERNEL TEST TOOL LOAD PARAMS TIMEOUT CMD LOGDIR MEM SWAP ACCEL

# copy DIR: what is tracked, as it is now
copy()
{
	local file

	rm -rf "$1"
	mkdir -p "$1"
	git -C "$TOP" ls-files | (cd "$TOP" && while read -r file; do
		[ ! -e "$file" ] || echo "$file"
	done | tar -cf - -T -) | tar -xf - -C "$1"
	for file in "$1"/userspace/tests/test-*.sh; do
		name=${file##*/test-}
		[[ " ${TOOL_TESTS[*]} " == *" ${name%.sh} "* ]] || rm "$file"
	done
}

# build_module DIR, build_tool DIR: in such a copy; both are quiet
build_module()
{
	TOOL=no timeout 600 "$1/selftests/setup/build.sh" "$kernel" &&
		timeout 600 "$1/selftests/setup/pretend.sh" "$kernel"
}

build_tool()
{
	timeout 600 make -s -j2 -C "$1/userspace" all
}

# test_module DIR [TEST...]: with these first, run the tests in a VM.  For test_numa it has
# two nodes, and only those that are named are run: others would see NUMA's faults.
test_module()
{
	local dir=$1
	local -a names
	local -x QEMU="" CPUS=2

	shift
	mapfile -t names < <({
		printf '%s\n' "$@"
		printf '%s\n' "${OTHERS[@]}" "${LAST[@]}" |
			grep -vxFf - "$dir${built#"$TOP"}/build/selftests/test-list"
		printf '%s\n' "${LAST[@]}"
	} | awk 'NF && !seen[$0]++')
	if [[ " $* " == *" test_numa "* ]]; then
		names=("$@")
		QEMU=${NODES[*]} CPUS=2,sockets=2
	fi
	KERNEL=$kernel LOGDIR=$dir/build/vm/mutant TIMEOUT=$VM_SECONDS APPEND=mitigations=off \
		CMD="env UNTIL_FAILED=yes TEST_TIMEOUT=$TEST_SECONDS selftests/run/run.sh ${names[*]}" \
		"$dir/selftests/vm/vm.sh"
}

# test_tool DIR [PATTERN...]: the same of the tool
test_tool()
{
	local dir=$1 only
	local -x PATH=$PATH:$CACHE/unpacked/usr/bin UNTIL_FAILED=yes

	shift
	for only in "$@" '*'; do
		ONLY=$only timeout -k 5 "$TOOL_SECONDS" "$dir/userspace/tests/run.sh" \
			"$dir/userspace/pagestat" || return
	done
}

# of_module STATUS LOG: print what came of a run in a VM: "passed", "failed" or "broken",
# and what found it, separated by a tab.  What hangs or crashes is found, too.
of_module()
{
	awk -v status="$1" '
		function verdict(what, text) { print what "\t" text; done = 1; exit }

		/^# begin / { name = $3; bad = "" }
		/^not ok / && bad == "" { bad = $0; sub(/^not ok [0-9]* */, "", bad) }
		/^# end / && ($4 == 124 || $4 == 137) { verdict("failed", name ": it did not end") }
		/^# end / && (bad != "" || ($4 != 0 && $4 != 4)) { verdict("failed", name ": " bad) }
		/^# end / { last = name; name = "" }
		/^pagestat: the VM .* did not boot/ { verdict("broken", "the VM did not boot") }
		END {
			if (done)
				exit
			in_test = name == "" ? "after " last : "in " name
			if (status == 0)
				verdict("passed", "")
			if (status == 251)
				verdict("failed", "the module: it did not load")
			if (status == 252)
				verdict("failed", "a crash " in_test)
			if (status == 253)
				verdict("failed", "a hang " in_test)
			if (status == 254)
				verdict("failed", "the kernel log " in_test)
			verdict("broken", "status " status)
		}' "$2"
}

# of_tool STATUS LOG: the same of the tool
of_tool()
{
	local text

	text=$(sed -n 's/^not ok [0-9]* *//p' "$2" | head -n 1)
	case $1,$text in
	0,)		printf 'passed\t\n' ;;
	124,* | 137,*)	printf 'failed\tthe tests: they did not end\n' ;;
	*,)		printf 'broken\tstatus %s\n' "$1" ;;
	*)		printf 'failed\t%s\n' "$text" ;;
	esac
}

# try DIR PART NAME [TEST...]: build the copy and run its tests
try()
{
	local dir=$1 part=$2 log=$OUT/logs/$3.log status
	local -a first=("${@:4}")

	if ! "build_$part" "$dir" >"$log" 2>&1 </dev/null; then
		printf 'broken\tit does not build\n'
		return
	fi
	"test_$part" "$dir" "${first[@]}" >"$log" 2>&1 </dev/null
	status=$?
	"of_$part" "$status" "$log"
}

# mutant DIR N: try that one of the list in that copy, and note what came of it
mutant()
{
	local dir=$1 n=$2 name file first why verdict text begin=$SECONDS part=module ok
	local -a tests

	IFS='|' read -r name file first why <<<"${list[n]}"
	read -ra tests <<<"$first"
	[[ $file != userspace/* ]] || part=tool
	if awk -v name="$name" -f "$HERE/list.awk" "$HERE/list" "$TOP/$file" \
			>"$dir/mutated" 2>"$OUT/logs/$name.log"; then
		cp "$dir/mutated" "$dir/$file"
		IFS=$'\t' read -r verdict text < <(try "$dir" $part "$name" "${tests[@]}")
		cp "$TOP/$file" "$dir/$file"
	else
		verdict=broken text="it does not apply"
	fi
	ok=ok
	case $verdict,$why in
	failed,)	text="found by $text" ;;
	failed,*)	ok="not ok" text="said to be equivalent, but found by $text" ;;
	passed,)	ok="not ok" text=survived ;;
	passed,*)	text="SKIP equivalent: $why" ;;
	*)		ok="not ok" ;;
	esac
	echo "$ok $((n + 1)) $name # $text" >"$OUT/results/$(printf %04d "$n")"
	say "$(find "$OUT/results" -type f | wc -l) of ${#list[@]}: $name: $text ($((SECONDS - begin)) s)"
}

# worker DIR: one after the other, what no other has taken
worker()
{
	local n

	while :; do
		{
			flock 3
			n=$(cat "$OUT/next")
			echo $((n + 1)) >"$OUT/next"
		} 3>"$OUT/lock"
		[ "$n" -lt ${#list[@]} ] || return
		mutant "$1" "$n"
	done
}

# The control: fails if the code as it is does not pass.
control()
{
	local part=$1 begin=$SECONDS verdict text

	IFS=$'\t' read -r verdict text < <(try "$OUT/1" "$part" "control-$part")
	say "control, the $part: $verdict${text:+: $text} ($((SECONDS - begin)) s)"
	[ "$verdict" = passed ]
}

mapfile -t list < <(awk -f "$HERE/list.awk" "$HERE/list" || echo bad)
[ "${list[*]: -1}" != bad ] || die 1 "the list of mutants is not as it should be"
if [ $# -gt 0 ]; then
	all=("${list[@]}")
	list=()
	for name; do
		chosen=${#list[@]}
		for line in "${all[@]}"; do
			# shellcheck disable=SC2053	# it is a pattern
			[[ ${line%%|*} != $name ]] || list+=("$line")
		done
		[ ${#list[@]} -gt "$chosen" ] || die 1 "no mutant \"$name\" in selftests/mutants/list"
	done
fi
parts=()
[[ "${list[*]}" != *"|module/"* ]] || parts+=(module)
[[ "${list[*]}" != *"|userspace/"* ]] || parts+=(tool)

kernel_row "$kernel"
built=$(built_in "$suite")
trap 'kill $(jobs -p) 2>/dev/null; exit 130' INT TERM
rm -rf "$OUT"
mkdir -p "$OUT/logs" "$OUT/results"
echo 0 >"$OUT/next"
"$TOP/selftests/setup/setup.sh" source test unpacked tool module vm "kernel=$kernel" || exit
[ "$WORKERS" -le ${#list[@]} ] || WORKERS=${#list[@]}
for ((i = 1; i <= WORKERS; i++)); do
	copy "$OUT/$i"
	"$OUT/$i/selftests/setup/build.sh" "$kernel" || exit
	"$OUT/$i/selftests/setup/tests.sh" "$kernel" >"$OUT/logs/build-$i.log" 2>&1 ||
		die 1 "the tests do not build: see build/mutants/logs/build-$i.log"
done

say "the control, then ${#list[@]} mutants on $kernel"
pids=()
for part in "${parts[@]}"; do
	control "$part" &
	pids+=($!)
done
for pid in "${pids[@]}"; do
	wait "$pid" || die 1 "the code as it is does not pass: see build/mutants/logs"
done
for ((i = 1; i <= WORKERS; i++)); do
	worker "$OUT/$i" &
done
wait

echo "TAP version 13"
echo "1..${#list[@]}"
cat "$OUT"/results/*
awk '/^not ok/ { bad++; next } /# SKIP/ { skip++; next } { ok++ }
	END { printf "%d passed, %d failed, %d skipped\n", ok, bad, skip; exit bad > 0 }' \
	"$OUT"/results/*
