# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what the scripts among the tests share: results, the module in and out,
# what it published and said, and a disk
#
# To be sourced by bash in this folder, in the VM.

dir=/sys/kernel/debug/pagestat
number=0

# result STATUS NAME
result()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number $2"
	else
		echo "not ok $number $2"
	fi
}

unload()
{
	[ ! -d /sys/module/pagestat ] || rmmod pagestat
}

# reload [PARAMETER=VALUE...]
reload()
{
	unload && insmod "$PAGESTAT_KO" "$@"
}

# column FILE NAME [ROW]: a value by the name of its column, of the first row or
# of the one whose first column is ROW
column()
{
	awk -F '\t' -v name="$2" -v row="${3:-}" '
		NR == 1	{ for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
		at && (row == "" || $1 == row) { print $at; exit }' "$dir/$1"
}

# The lines that the module has written to the kernel log since mark().
mark()
{
	echo "selftest: mark" >/dev/kmsg
}

log()
{
	dmesg | tac | sed '/selftest: mark/q' | tac | grep 'pagestat: '
}

# disk DIR: mount a disk there, as far as a program can tell: its pages are in memory,
# but not in the page cache
disk()
{
	local id

	id=$(cat /sys/class/zram-control/hot_add) || return
	echo 64M >"/sys/block/zram$id/disksize"
	/run/vm/busybox mke2fs -b 4096 "/dev/zram$id" >/dev/null
	modprobe ext4
	mkdir -p "$1"
	mount -t ext4 "/dev/zram$id" "$1"
}
