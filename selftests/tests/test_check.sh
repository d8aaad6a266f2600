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
echo "1..10"

reload
# A debug kernel is slow.
most=30
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
# What pagestat check changes for a while: a line for each file
settings()
{
	local file

	for file in /proc/sys/vm/nr_hugepages /proc/sys/kernel/numa_balancing \
		    /sys/kernel/mm/ksm/{run,sleep_millisecs,pages_to_scan} \
		    /sys/fs/cgroup/cgroup.subtree_control; do
		[ ! -e "$file" ] || echo "$file $(<"$file")"
	done
	ls -d /sys/fs/cgroup/pagestat-check-* 2>/dev/null
}

# Checks that cannot be done: on any kernel in a VM of one node, on an old one, and where
# multi-generational LRU does not say what was in use.
cannot='no fault lost the race|have to be killed|in small pieces|in one NUMA node'
case $(uname -r) in
5.*)	cannot+='|shared  *unshare .* did not do it|no MADV_COLLAPSE|vmstat  *cow_ksm' ;;
esac
[ ! -d /sys/kernel/mm/lru_gen ] || cannot+='|thrash .* does not tell'

before=$(settings)
quick
result $? "pagestat check takes less than $most s ($took ms)"
[ "$well" -eq 0 ] && ! grep -E ' (FAIL|SKIP) ' "$out" | grep -Ev "$cannot" &&
	[ "$(grep -c ' PASS ' "$out")" -gt 45 ]
result $? "all checks pass, and none is skipped but what cannot be done here"
[ "$(settings)" = "$before" ]
result $? "the machine is as it was"

pagestat --system >/tmp/check.system
passed=$(sed -n 's/ passed, .*//p' "$out")
grep -Eq "^checked +right +by pagestat check, .*: $passed passed, 0 failed" /tmp/check.system
result $? "the verdict is kept, and pagestat --system shows it"
# Those that are built here are nobody's.
case $(uname -v) in
*" Debian "*)	answer=yes ;;
*)		answer=no ;;
esac
grep -Eq "^tested +$answer " /tmp/check.system && case $answer in
yes)	! dmesg | grep -q 'pagestat: not tested on this kernel' ;;
*)	[ "$(dmesg | grep -c 'pagestat: not tested on this kernel.*pagestat check')" -gt 0 ] ;;
esac
result $? "it says whether it is tested on this kernel: $answer"

# interrupted SIGNAL COMMAND...: a signal comes as soon as the command succeeds, and all is
# set back
interrupted()
{
	local signal=$1 pid status

	shift
	env --default-signal pagestat check >/dev/null 2>&1 &
	pid=$!
	while kill -0 $pid 2>/dev/null && ! "$@"; do
		sleep 0.01
	done
	kill "-$signal" $pid || return
	wait $pid
	status=$?
	[ "$(settings)" = "$before" ] || diff <(echo "$before") <(settings) | sed 's/^/# /'
	[ $((status - 128)) -eq "$(kill -l "$signal")" ] && [ "$(settings)" = "$before" ]
}

# has_not FILE VALUE: whether the file can be read, and has another value
has_not()
{
	local value

	read -r value <"$1" && [ "$value" != "$2" ]
} 2>/dev/null

has_group()
{
	[ -n "$(compgen -G '/sys/fs/cgroup/pagestat-check-*')" ]
}

interrupted INT has_not /sys/kernel/mm/ksm/run 0
result $? "SIGINT: KSM is switched off again"
interrupted TERM has_not /proc/sys/vm/nr_hugepages 0
result $? "SIGTERM: the pool of huge pages is as large as before"
interrupted TERM has_group
result $? "SIGTERM: its control group is removed"

reload without=wp
checks 8 && says FAIL 'fork, child writes' && says FAIL 'hooks attached' &&
	says FAIL 'first touch' && says PASS 'hits missed' && grep -q 'wp left-out' "$out"
result $? "without the hook \"wp\", copies are unknown, and their checks fail"

reload
checks 0
result $? "with that hook, all checks pass again"
