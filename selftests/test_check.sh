#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_check.sh - pagestat check finds all well where it is, and says where not
#
# Runs in the VM, as root, with the tool in PATH, the module in $PAGESTAT_KO and
# the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. ./lib.sh

out=/tmp/check.out

# checks STATUS [COMMAND...]: what pagestat check ends with, under that command
checks()
{
	local want=$1 status=0

	shift
	"$@" pagestat check >"$out" 2>&1 || status=$?
	[ "$status" -eq "$want" ] && return
	sed 's/^/# /' "$out"
	return 1
}

# says RESULT CHECK: that is the result of that check
says()
{
	grep -q "^$2 .* $1" "$out"
}

echo "TAP version 13"
echo "1..10"

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

nice -n 19 "$OUTPUT/storm" 1000 &
storm=$!
checks 0 && kill -0 $storm
result $? "a busy machine is no wrong count"
kill $storm
wait $storm 2>/dev/null

swap=$(awk 'NR == 2 { print $1 }' /proc/swaps)
swapoff -a
checks 0 && says SKIP 'sent to swap' && says SKIP 'brought back' && says PASS 'first touch'
result $? "without swap, what needs it is skipped"
swapon "$swap"

checks 0 setpriv --bounding-set=-sys_admin && says PASS 'fork, child writes' &&
	grep -q '^fork, child writes  *cow_anon  *1009  *1009  *- ' "$out"
result $? "without CAP_SYS_ADMIN, what the kernel hides is unknown"

# ---- a hook that is missing, each of those that may be

reload without=wp
checks 8 && says FAIL 'fork, child writes' && says FAIL 'hooks attached' &&
	says FAIL 'first touch' && says PASS 'hits missed' && grep -q 'wp left-out' "$out"
result $? "without the hook \"wp\": copies are unknown, and that is a failure"

reload without=swap-map
checks 8 && says FAIL 'brought back' && says PASS 'fork, child writes' &&
	says FAIL 'hooks attached'
result $? "without the hook \"swap-map\": so is what was brought back"

# ---- records that are missing

reload max_threads=40
mkfifo /tmp/hold
exec 4<>/tmp/hold
for ((i = 0; i < 60; i++)); do
	read -r <&4 &
	sleepers+=($!)
done
checks 8 && says FAIL 'threads not counted' && grep -q 'no record' "$out"
result $? "without room for its processes it says so"
kill "${sleepers[@]}"
wait 2>/dev/null
exec 4<&-

# ---- hooks that are silenced behind the module's back

reload kprobes=1
echo 0 >/sys/kernel/debug/kprobes/enabled
checks 8 && says FAIL 'kprobes switched off' && says FAIL 'hooks attached' &&
	says FAIL 'fork, child writes'
result $? "with kprobes switched off nothing is counted, and it says why"
echo 1 >/sys/kernel/debug/kprobes/enabled

checks 0
result $? "after all this all is well"
