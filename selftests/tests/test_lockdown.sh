#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lockdown.sh - loaded, and then the kernel is locked down
#
# Runs in the VM, as root, with the tool in PATH and the programs in $OUTPUT; last of
# all tests: no module that is not signed can be loaded after it.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

lockdown=/sys/kernel/security/lockdown
latency=/sys/module/pagestat/parameters/latency

echo "TAP version 13"
if ! grep -q integrity $lockdown 2>/dev/null; then
	echo "1..0 # SKIP this kernel has no lockdown"
	exit
fi
echo "1..5"

reload
echo integrity >$lockdown
# shellcheck disable=SC2320	# what is written may be refused
result $? "the kernel is locked down: integrity"

pagestat >/tmp/lockdown.out 2>&1 && exact
result $? "all can be read, and the numbers are exact"

! echo 1 2>/dev/null >$dir/reset
result $? "reset is refused, as all writing to debugfs is"

echo Y >$latency && exact && [ "$(wc -l <$dir/latency)" -gt 1 ] && echo N >$latency
result $? "latency can be measured"

echo confidentiality >$lockdown && pagestat >/tmp/lockdown.out 2>&1 && exact
result $? "under confidentiality it is the same"
