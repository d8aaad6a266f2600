#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh - run all tests: the tool's, the packages', and in VMs of each kernel
# those of the module; print what took longest, the results of each test and kernel,
# and on the last line their sum
#
# usage: [KERNEL=NAME] [ARCH=NAME] [TEST='NAME...'] check.sh [debug|kernels]
#
#   KERNEL	the kernel to test on; without it, all of vm/kernels
#   ARCH	those of that architecture only
#   TEST	only these tests of the module, and nothing else
#   debug	only the tests of the module, on kernels that are made to find
#		faults, with those that other kernels leave out
#	kernels	only whether it counts right: pagestat check, the tests that count, and
#		those that race (kernels.sh runs this)
#
# TEST_TIMEOUT, STORM_LOADS and STORM_SECONDS are passed on to the tests.
#
# One job more than there are processors runs at a time.  Logs are in build/check: a
# folder for each VM, and "host" for what runs on this machine; LOGS is another folder.
# In "results" there, a line for each test: its kernel, its name, and how many of its
# results passed, failed and were skipped.
# Status: 0 if at least one test passed and none failed.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

LOGS=${LOGS:-$TOP/build/check}
# This kernel can inject failures, and is slow: what tests these has a VM of its own.
# In both VMs, memory leaks are looked for at the end: as this kernel has no lockdown,
# the module can still be loaded then.
readonly DEBUG_KERNEL=6.1-debug LEAKS=test_leaks.sh
readonly DEBUG_TESTS=(test_failures.sh)
# Where instructions are counted and compared with the committed figures.
readonly COST_KERNEL=6.1 COST_ARCH=x86_64
mode=${1:-}
environment=
if [ "$mode" = debug ]; then
	: "${TEST_TIMEOUT:=7200}" "${TIMEOUT:=21600}" "${MEM:=4096}" "${ARCH:=debug}"
	export MEM
	# With KASLR and page tables of five levels, KASAN sometimes reports accesses
	# to per-CPU data while such a kernel boots.
	APPEND="nokaslr no5lvl ${APPEND:-}"
fi
for name in TEST_TIMEOUT STORM_LOADS STORM_SECONDS; do
	[ -z "${!name:-}" ] || environment+=" $name=${!name}"
done
if [ -n "${KERNEL:-}" ]; then
	kernels=("$KERNEL")
else
	mapfile -t kernels < <(kernel_names "${ARCH:-all}")
fi
[ ${#kernels[@]} -gt 0 ] || die "$EXIT_SETUP" "no kernel of $ARCH in selftests/vm/kernels"
read -ra tests <<<"${TEST:-}"
# Tests that need no VM are run with the kernels of this machine's architecture.
alone=no
for kernel in "${kernels[@]}"; do
	kernel_row "$kernel"
	[ ${#tests[@]} -ne 0 ] || [ -n "$mode" ] || cross || alone=yes
done
# The kernel for what is the same on all: the tests of the tool, and of the scripts.
first=$(kernel_default)
[[ " ${kernels[*]} " == *" $first "* ]] || first=${kernels[0]}
needs=()
[ $alone = no ] || needs=("tested=$first")
releases=
unset KERNEL ARCH TEST LOGDIR CMD

# job COMMAND...: run it in the background, as soon as no more others run than there
# are processors: one more than these, as each job waits at times
job()
{
	while [ "$(jobs -rp | wc -l)" -gt "$(nproc)" ]; do
		wait -n
	done
	"$@" &
}

# spent NAME SECONDS: record how long a job took, and how much CPU time its shell and
# the shell's children, which does not depend on what else runs on this machine
spent()
{
	local times=$LOGS/times.$BASHPID

	times >"$times"
	awk -v name="$1" -v clock="$2" 'NR == 2 {
		split($1 "m" $2, t, /[ms]+/)
		printf "%s\t%d\t%.0f\n", name, clock, 60 * (t[1] + t[3]) + t[2] + t[4]
	}' "$times" >>"$LOGS/spent"
	rm "$times"
}

# The jobs that took most CPU time, and the sum of all.
show_spent()
{
	printf '\n%-22s %8s %8s\n' "what took longest" "s" "s of CPU"
	sort -t "$(printf '\t')" -k 3,3nr "$LOGS/spent" | awk -F '\t' -v clock="$SECONDS" '
		NR <= 16	{ printf "%-22s %8d %8d\n", $1, $2, $3 }
		{ all += $3 }
		END	{ printf "%-22s %8d %8d\n", "all", clock, all }'
}

# on_host NAME COMMAND...: run a test on this machine, with a log as tap.awk reads it
on_host()
{
	local name=$1 begin=$SECONDS status

	shift
	{
		echo "# begin $name"
		"$@" 2>&1 </dev/null
		status=$?
		echo "# end $name $status $((SECONDS - begin))"
	} >"$LOGS/host/$name.log"
	spent "$name" $((SECONDS - begin))
	say "$name: ended after $((SECONDS - begin)) s"
}

# in_vm KERNEL SUFFIX ACCEL TEST...: run tests in a VM.  The VM is a test, too: it has
# to boot, to stay up and to leave no fault in the kernel log.  In the log, a test is
# called KERNEL:TEST, followed by SUFFIX.  The kernel's mitigations of processor bugs
# would take a tenth of an emulated processor's time.
in_vm()
{
	local kernel=$1 suffix=$2 accel=$3 dir=$LOGS/$1$2 begin=$SECONDS status

	shift 3
	mkdir -p "$dir"
	# Such a VM may crash when the kernel changes its own code (see vm.sh).
	[[ $accel != *thread=multi* ]] || environment+=" UNPATCHED=yes"
	KERNEL=$kernel LOGDIR=$dir TIMEOUT=${TIMEOUT:-1800} ACCEL=$accel \
		APPEND="mitigations=off ${APPEND:-}" \
		CMD="env$environment selftests/run/run.sh $*" \
		"$TOP/selftests/vm/vm.sh" >"$dir/log" 2>"$dir/log.vm"
	status=$?
	{
		echo
		echo "# begin vm"
		cat "$dir/log.vm"
		echo "# end vm $status $((SECONDS - begin))"
	} >>"$dir/log"
	sed -i "s/^# \(begin\|end\) \([^ ]*\)/# \1 $kernel:\2$suffix/" "$dir/log"
	spent "$kernel$suffix" $((SECONDS - begin))
	say "kernel $kernel$suffix: ended after $((SECONDS - begin)) s"
}

# Tests in which threads race.  They are run once more in a VM with a thread for each
# processor, and with what is counted on demand: latency, so that the return probe's minor
# and major are compared with the kernel's, and mapped pages, so that each fault that counts
# as "filemap" has to have mapped one.  None of them loads the module, which might crash
# such a VM (see vm.sh).
readonly RACING=(test_fault test_cow test_swap test_thp test_touch test_gup
		 test_uffd test_populate test_race)

# Tests of programs that read files and trace events.  These are the same on all kernels
# (test_load.sh and test_trace check that), so one kernel is enough.  Their VM has
# one processor, as one is emulated faster than two.
readonly TOOL_TESTS=(test_tool.sh test_trust.sh test_latency_tool.sh test_fleet.sh
		     test_check_lacks.sh test_lab_around.sh test_record)
# Tests of what is the same on all architectures: only on this machine's.
readonly HERE_TESTS=(test_lab.sh test_lockdown.sh test_check.sh)
# Tests for kernels that differ in nothing but the size of a page.
readonly PAGE_TESTS=(test_fault test_cow test_thp test_swap test_readahead)
readonly OTHER_PAGES="*-@(16k|64k)*"
# Tests for kernels that others may have made: what each counter counts.
readonly COUNTING=("${PAGE_TESTS[@]}" test_touch test_mapped test_uffd test_gup test_populate
		   test_pressure)
# What anybody runs to see whether it counts right, as a test.
readonly WELL=test_well.sh

# tests_of KERNEL: the names of the tests to run on it
tests_of()
{
	local -a besides=("${TOOL_TESTS[@]}")

	if [ ${#tests[@]} -ne 0 ]; then
		printf '%s\n' "${tests[@]}"
		return
	fi
	[ "$mode" != kernels ] || echo $WELL
	# shellcheck disable=SC2053	# it is a pattern
	if [[ $1 == $OTHER_PAGES ]]; then
		printf '%s\n' "${PAGE_TESTS[@]}"
		return
	fi
	if [ "$mode" = kernels ]; then
		printf '%s\n' "${COUNTING[@]}"
		return
	fi
	kernel_row "$1"
	if [ "$mode" = debug ]; then
		cat "$(built_in "$suite")/build/selftests/test-list"
		[ "$1" != $DEBUG_KERNEL ] || echo $LEAKS
		return
	fi
	! cross || besides+=("${HERE_TESTS[@]}")
	printf '%s\n' "${besides[@]}" |
		grep -vxFf - "$(built_in "$suite")/build/selftests/test-list"
}

# wanted NAME: whether that test of the VM is to be run
wanted()
{
	[[ ${#tests[@]} -eq 0 || " ${tests[*]} " == *" $1 "* ]]
}

rm -rf "$LOGS"
mkdir -p "$LOGS/host"

"$TOP/selftests/setup/setup.sh" source test unpacked dkms "${kernels[@]/#/kernel=}" \
	"${needs[@]}" &&
	"$TOP/selftests/setup/build.sh" "${kernels[@]}" || exit

# Not in the VM, which is slow.
for kernel in "${kernels[@]}"; do
	"$TOP/selftests/setup/tests.sh" "$kernel" >"$LOGS/build-$kernel.log" 2>&1 ||
		die 1 "the tests do not build for $kernel:" "$(cat "$LOGS/build-$kernel.log")"
done

# The longest first, so that no processor is idle for long at the end.  On this machine
# the tool is tested as built with sanitizers; the VMs have the usual build.
spent build $SECONDS
say "testing on ${kernels[*]}"
if [ $alone = yes ]; then
	job on_host tool env PATH="$PATH:$CACHE/unpacked/usr/bin" \
		make -C "$TOP/userspace" check-sanitized
	CPUS=1 job in_vm "$first" -up "${ACCEL:-}" "${TOOL_TESTS[@]}"
fi
for kernel in "${kernels[@]}"; do
	mapfile -t names < <(tests_of "$kernel")
	job in_vm "$kernel" "" "${ACCEL:-}" "${names[@]}"
	[ "$mode,$kernel,${#tests[@]}" != "debug,$DEBUG_KERNEL,0" ] ||
		job in_vm "$kernel" -failures "${ACCEL:-}" "${DEBUG_TESTS[@]}" $LEAKS
done
if [ $alone = yes ]; then
	job on_host vm-runner "$TOP/selftests/vm/selftest.sh" "$first"
fi
for kernel in "${kernels[@]}"; do
	racing=()
	# shellcheck disable=SC2053	# it is a pattern
	[[ $kernel != $OTHER_PAGES ]] || continue
	for name in "${RACING[@]}"; do
		! wanted "$name" || racing+=("$name")
	done
	[ ${#racing[@]} -eq 0 ] ||
		PARAMS="latency=1 mapped=1 kprobes=1" \
			job in_vm "$kernel" -racing "${ACCEL:-tcg,thread=multi}" "${racing[@]}"
	kernel_row "$kernel"
	if [ "$mode" != kernels ] && ! cross && wanted test_numa; then
		CPUS=2,sockets=2 MEM=2048 QEMU=${NODES[*]} \
			job in_vm "$kernel" -numa "${ACCEL:-}" test_numa
	fi
done
# Whether the kernel accounts stalls is decided when it boots.
[ -n "$mode" ] || ! wanted test_stall ||
	APPEND="psi=0 ${APPEND:-}" job in_vm "${kernels[0]}" -nopsi "${ACCEL:-}" test_stall test_throttle
if [ $alone = yes ]; then
	for kernel in "${kernels[@]}"; do
		# An upgrade builds the module twice: on one kernel (make check-dkms: all).
		upgrade=upgrade
		[ "$kernel" = "$first" ] || upgrade=
		kernel_row "$kernel"
		cross || job on_host "$kernel:dkms" \
			"$TOP/selftests/package/dkms.sh" "$kernel" $upgrade
	done
	job on_host config "$TOP/selftests/setup/in-root.sh" "$first" \
		"$TOP/selftests/package/config.sh" "$first"
	job on_host direction "$TOP/selftests/lint/test_direction.sh" "$first"
	job on_host version "$TOP/selftests/package/version.sh"
	job on_host counters "$TOP/selftests/package/counters.sh"
	job on_host kernels "$TOP/selftests/package/kernels.sh"
	job on_host cost-tables "$TOP/selftests/bench/table.sh"
	[[ $HOST_ARCH != "$COST_ARCH" || " ${kernels[*]} " != *" $COST_KERNEL "* ]] ||
		job on_host cost env KERNEL=$COST_KERNEL TOOL=no \
			"$TOP/selftests/bench/bench.sh" --guard
fi
wait

# With TEST, build/check/host is empty.
shopt -s nullglob
for kernel in "${kernels[@]}"; do
	releases+="$kernel $(kernel_release "$kernel") "
done
say "ended; the logs are in $LOGS"
show_spent
awk -v kernels="$releases" -v results="$LOGS/results" -f "$TOP/selftests/run/tap.awk" "$LOGS"/host/*.log "$LOGS"/*/log
