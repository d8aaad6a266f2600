#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# selftest.sh - vm.sh does what its header says, in the bad cases above all: a
# runner that overlooks a failure makes every test of it worthless
#
# usage: selftest.sh KERNEL

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

export KERNEL=$1
number=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# vm STATUS NAME [VARIABLE=VALUE]...: run one, and compare the status; a shorter
# timeout than vm.sh's own, as none of these takes long
vm()
{
	local want=$1 name=$2 status

	shift 2
	env TIMEOUT=120 LOGDIR="$tmp/logs" "$@" \
		"$TOP/selftests/vm/vm.sh" >"$tmp/stdout" 2>"$tmp/stderr" </dev/null
	status=$?
	[ $status -eq "$want" ] || sed 's/^/# /' "$tmp/stderr"
	result "$name (status $status)" [ $status -eq "$want" ]
}

# result NAME COMMAND...
result()
{
	local name=$1 not=

	shift
	"$@" || not="not "
	number=$((number + 1))
	echo "${not}ok $number $name"
}

echo "TAP version 13"
echo "1..12"

# Where the VM finds it: the project's folder is the one that both can see.
data=$(mktemp -p "$TOP/build" data.XXXXXX)
trap 'rm -rf "$tmp" "$data"' EXIT
head -c 10000000 /dev/urandom >"$data"

vm 3 "the command's status is passed on" LOAD=no \
	CMD="cat '$data'; echo oops >/dev/stderr; sleep 1000 & exit 3"
result "its output is passed on to the byte, 10 MB of it" cmp "$tmp/stdout" "$data"
result "what it says to stderr, too, and nothing else" \
	[ "$(cat "$tmp/stderr")" = oops ]

vm "$EXIT_DIED" "a panic is noticed" CMD='echo started; sleep 1; echo c >/proc/sysrq-trigger'
result "what the command had printed is kept" [ "$(cat "$tmp/stdout")" = started ]
result "the end of the kernel's log is shown" grep -q 'Kernel panic' "$tmp/stderr"

vm "$EXIT_TIMEOUT" "a VM that takes too long is ended" TIMEOUT=6 CMD='sleep 1000'

vm "$EXIT_KLOG" "a warning in the kernel's log is a failure" LOAD=no \
	CMD="echo 'WARNING: CPU: 0 PID: 1 at nowhere' >/dev/kmsg"
result "and is shown" grep -q 'at nowhere' "$tmp/stderr"

# A kernel that takes signed modules only: Debian's, but not ours.
vm "$EXIT_BOOT" "a module that does not load is a failure" APPEND=module.sig_enforce=1 \
	CMD='echo started'
result "and the command is not run" [ ! -s "$tmp/stdout" ]
result "and the reason is given" grep -q 'the module did not load: ' "$tmp/stderr"
