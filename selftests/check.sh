#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh - all tests: the tool's, the packaging's, and in a VM of each kernel
# those of the module; then the sum, alone on the last line
#
# usage: [KERNEL=NAME] [TEST='NAME...'] check.sh
#
#   KERNEL	the kernel to test on; without it, all of vm/kernels
#   TEST	only these tests of the VM, and nothing else
#
# The logs are kept in build/check: host.log, and a folder for each kernel with
# what its VM left there.  Status: 0 if at least one test passed and none failed.

set -u
. "${BASH_SOURCE[0]%/*}/setup/lib.sh"

LOGS=$TOP/build/check
readonly NUMA_KERNEL=6.12
# A node for each processor, which have to be of two sockets: for the kernel, the
# cores of one are of one node, or it warns.
readonly NODES=(
	-object "memory-backend-ram,id=m0,size=1024M"
	-object "memory-backend-ram,id=m1,size=1024M"
	-numa "node,cpus=0,memdev=m0" -numa "node,cpus=1,memdev=m1"
)
if [ -n "${KERNEL:-}" ]; then
	kernels=("$KERNEL")
else
	mapfile -t kernels < <(kernel_names)
fi
read -ra tests <<<"${TEST:-}"
unset KERNEL TEST LOGDIR CMD

# on_host NAME COMMAND...: a test here, in the form that tap.awk reads
on_host()
{
	local name=$1

	shift
	say "$name"
	echo "# begin $name"
	"$@" 2>&1 </dev/null
	echo "# end $name $?"
} >>"$LOGS/host.log"

# in_vm LABEL KERNEL ACCEL TEST...: the VM is a test too: that it came up, lived,
# and left a clean kernel log
in_vm()
{
	local label=$1 kernel=$2 accel=$3 dir=$LOGS/$1 status

	shift 3
	mkdir -p "$dir"
	KERNEL=$kernel LOGDIR=$dir TIMEOUT=${TIMEOUT:-1800} ACCEL=$accel \
		CMD="selftests/run.sh $*" \
		"$TOP/selftests/vm/vm.sh" >"$dir/log" 2>"$dir/log.vm"
	status=$?
	{
		echo
		echo "# begin vm"
		cat "$dir/log.vm"
		echo "# end vm $status"
	} >>"$dir/log"
	# From here on a name says which kernel it was run on.
	sed -i "s/^# \(begin\|end\) /&$label:/" "$dir/log"
	say "kernel $label: tests ended"
}

# All tests; then, with a thread a processor, those that let threads race.  These
# do not load the module, which QEMU could not be trusted with (see vm.sh).
on_kernel()
{
	local kernel=$1 racing=() name

	in_vm "$kernel" "$kernel" "${ACCEL:-}" "${tests[@]}"
	for name in test_fault test_cow test_swap test_race; do
		[[ " ${tests[*]} " != *" $name "* ]] || racing+=("$name")
	done
	[ ${#racing[@]} -eq 0 ] ||
		in_vm "$kernel-racing" "$kernel" "${ACCEL:-tcg,thread=multi}" "${racing[@]}"
	# Two nodes, on one kernel: a machine more takes its time.
	[ "$kernel" != "$NUMA_KERNEL" ] || [[ " ${tests[*]} " != *" test_numa "* ]] ||
		CPUS=2,sockets=2 MEM=2048 QEMU=${NODES[*]} \
			in_vm "$kernel-numa" "$kernel" "${ACCEL:-}" test_numa
}

rm -rf "$LOGS"
mkdir -p "$LOGS"
: >"$LOGS/host.log"

"$TOP/selftests/setup/setup.sh" source test dkms "${kernels[@]/#/kernel=}" &&
	"$TOP/selftests/setup/build.sh" "${kernels[@]}" || exit

# selftests_make KERNEL TARGET: with the programs built for the root it runs with
selftests_make()
{
	local output

	kernel_row "$1"
	output=$(built_in "$suite")/build/selftests
	mkdir -p "$output"
	"$TOP/selftests/setup/in-root.sh" "$1" make -s -j2 -C "$TOP/selftests" \
		OUTPUT="$output" COLLECTION=pagestat \
		KSELFTEST="$CACHE/source/tools/testing/selftests" "$2"
}

# Built here and not in the VM, which would take its time over it.
for kernel in "${kernels[@]}"; do
	selftests_make "$kernel" all >"$LOGS/build.log" 2>&1 ||
		die 1 "the tests do not build for $kernel:" "$(cat "$LOGS/build.log")"
done

if [ ${#tests[@]} -eq 0 ]; then
	mapfile -t tests < <(selftests_make "${kernels[0]}" emit_tests | sed 's/^pagestat://')
	on_host tool make -C "$TOP/userspace" check
	on_host version "$TOP/selftests/package/version.sh"
	on_host counters "$TOP/selftests/package/counters.sh"
	for kernel in "${kernels[@]}"; do
		on_host "dkms-$kernel" "$TOP/selftests/package/dkms.sh" "$kernel"
	done
	on_host vm-runner "$TOP/selftests/vm/selftest.sh" "${kernels[0]}" &
fi

for kernel in "${kernels[@]}"; do
	say "kernel $kernel: running ${#tests[@]} tests in a VM"
	on_kernel "$kernel" &
done
wait

say "logs: $LOGS"
awk -f "$TOP/selftests/tap.awk" "$LOGS/host.log" "$LOGS"/*/log
