# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# For how long latency has been measured, where it was on already
#
# latency_tree is that of test-latency.sh.

test_latency_says_since_when()
{
	latency_tree Y
	system_file latency_ns=12345000000 >"$T/system"
	tool 0 latency
	grep -qE '^20.*, faults of the last 12[.]345 s: none$' out
	tool 0 latency --json
	json '.interval.elapsed_ns == 12345000000 and .pagestat.latency_ns == 12345000000'
	# An older module does not say.
	SYSTEM=("${SYSTEM[@]/latency_ns/later}")
	system_file >"$T/system"
	tool 0 latency
	grep -qx 'faults since latency was turned on: none' out
	tool 0 latency --json
	json 'has("interval") | not'
}
