#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lockdown.sh - the kernel is locked down after the module was loaded
#
# Runs in the VM, as root, with the tool in PATH and the programs in $OUTPUT, after all
# other tests: no module that is not signed can be loaded any more.

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
# shellcheck disable=SC2320	# the kernel may refuse the write
result $? "the kernel is locked down: integrity"

pagestat >/tmp/lockdown.out 2>&1 && exact
result $? "under integrity, the files can be read, and the counters are exact"

! echo 1 2>/dev/null >$dir/reset
result $? "under integrity, reset is refused, as all writes to debugfs are"

echo Y >$latency && exact && [ "$(wc -l <$dir/latency)" -gt 1 ] && echo N >$latency
result $? "under integrity, latency can be measured"

echo confidentiality >$lockdown && pagestat >/tmp/lockdown.out 2>&1 && exact
result $? "under confidentiality, the files can be read, and the counters are exact"
