#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_leaks.sh - after all other tests, the module is unloaded, and kmemleak must not
# find a leak
#
# Runs in the VM, as root, after the other tests.  The kernel has to have kmemleak, as
# 6.1-debug does.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

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
# More than one scan: kmemleak does not report what was allocated just now, nor what a
# register happens to point to.
for _ in 1 2 3 4; do
	sleep 6
	echo scan >$kmemleak
done
# A leak of the kernel's own, which the tests of failing allocations trigger: when
# kobject_init_and_add() fails, sysfs_slab_add() of 6.1 does not free the name.
awk '
	/^unreferenced object/	{ report(); text = ""; kernels = 0 }
				{ text = text "# " $0 "\n" }
	/ sysfs_slab_add[+]/	{ kernels = 1 }
	function report() {
		if (!kernels)
			printf "%s", text
	}
	END			{ report() }' $kmemleak >/tmp/leaks
cat /tmp/leaks
[ ! -s /tmp/leaks ]
result $? "kmemleak finds no leak but the kernel's own ($(grep -c ' sysfs_slab_add+' $kmemleak))"
