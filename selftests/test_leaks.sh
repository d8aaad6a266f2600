#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_leaks.sh - after all that was done with the module, and without it: is there
# memory that nobody knows of any more?
#
# Runs in the VM, as root, after the tests whose leaks are wanted.  The kernel has to
# have kmemleak, as 6.1-debug does.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. ./lib.sh

kmemleak=/sys/kernel/debug/kmemleak

echo "TAP version 13"
if [ ! -w $kmemleak ]; then
	echo "1..0 # SKIP this kernel has no kmemleak"
	exit
fi
echo "1..1"

reload
pagestat >/dev/null
unload
# What has just been allocated is not looked at, and what a register holds by chance
# is taken for known: so more than once.
for _ in 1 2 3 4; do
	sleep 6
	echo scan >$kmemleak
done
sed 's/^/# /' $kmemleak
[ -z "$(cat $kmemleak)" ]
result $? "kmemleak finds none"
