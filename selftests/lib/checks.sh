# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# checks.sh - how the tests of pagestat check run it, and what it said
#
# To be sourced by bash, in the VM.

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
