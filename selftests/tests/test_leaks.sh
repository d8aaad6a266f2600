#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_leaks.sh - after all that was done with the module, and without it: is there
# memory that nobody knows of any more?
#
# Runs in the VM, as root, after the tests whose leaks are wanted.  The kernel has to
# have kmemleak, as 6.1-debug does.

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
# What has just been allocated is not looked at, and what a register holds by chance
# is taken for known: so more than once.
for _ in 1 2 3 4; do
	sleep 6
	echo scan >$kmemleak
done
# Where sysfs has no memory for a slab cache, sysfs_slab_add() of 6.1 loses its name: it
# does not put what kobject_init_and_add() has named.  Whose cache it was is all the same.
awk '
	/^unreferenced object/	{ tell(); text = ""; kernels = 0 }
				{ text = text "# " $0 "\n" }
	/ sysfs_slab_add[+]/	{ kernels = 1 }
	function tell() {
		if (!kernels)
			printf "%s", text
	}
	END			{ tell() }' $kmemleak >/tmp/leaks
cat /tmp/leaks
[ ! -s /tmp/leaks ]
result $? "kmemleak finds none but the kernel's own ($(grep -c ' sysfs_slab_add+' $kmemleak))"
