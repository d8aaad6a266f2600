# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# checks.sh - what the tests of pagestat check share: run it, and read its results
#
# To be sourced by bash, in the VM.

out=/tmp/check.out

# checks STATUS [COMMAND...]: whether pagestat check, run by COMMAND, ends with STATUS
checks()
{
	local want=$1 status=0

	shift
	"$@" pagestat check >"$out" 2>&1 || status=$?
	[ "$status" -eq "$want" ] && return
	sed 's/^/# /' "$out"
	return 1
}

# says RESULT CHECK: whether that check has that result
says()
{
	grep -q "^$2 .* $1" "$out"
}
