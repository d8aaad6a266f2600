# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what the tests written in shell share: load and unload the module, read its
# files and its log, start a load on the machine, mount a disk
#
# To be sourced by bash, in the VM.

. "${BASH_SOURCE[0]%/*}/tap.sh"

dir=/sys/kernel/debug/pagestat

# eventually COMMAND...: run it until it succeeds, for 10 s at least
eventually()
{
	local i

	for ((i = 0; i < 100; i++)); do
		! "$@" || return 0
		sleep 0.1
	done
	return 1
}

# asleep PID...: whether they have executed sleep(1), and sleep
asleep()
{
	local pid name state

	for pid; do
		read -r _ name state _ <"/proc/$pid/stat"
		[ "$name $state" = "(sleep) S" ] || return
	done
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

# column FILE NAME [ROW]: print the value in the column NAME, of the first row or of
# the row whose first column is ROW
#
# Without other programs: in the VM, to start one takes longer than all of this.
column()
{
	local line i at=-1
	local -a lines cells

	mapfile -t lines <"$dir/$1"
	IFS=$'\t' read -ra cells <<<"${lines[0]}"
	for i in "${!cells[@]}"; do
		[ "${cells[i]}" != "$2" ] || at=$i
	done
	[ "$at" -ge 0 ] || return
	for line in "${lines[@]:1}"; do
		if [ -z "${3:-}" ] || [[ $line == "$3"$'\t'* ]]; then
			IFS=$'\t' read -ra cells <<<"$line"
			printf '%s\n' "${cells[at]}"
			break
		fi
	done
}

# log() prints what the module has written to the kernel log since mark(), but that it is not
# tested on a kernel of ours.
mark()
{
	echo "selftest: mark" >/dev/kmsg
}

log()
{
	dmesg | awk '/selftest: mark/ { n = 0 }
		/pagestat: / && !/not tested on this kernel/ { line[n++] = $0 }
		END { for (i = 0; i < n; i++) print line[i]; exit !n }'
}

# exact: whether the counters of a known workload are exact
exact()
{
	"$OUTPUT/test_touch" >/dev/null
}

# Faults, forks and execs on all processors, at a priority below that of the test.
storm_begin()
{
	nice -n 19 "$OUTPUT/storm" 100000 &
	storm=$!
}

storm_end()
{
	kill "$storm"
	wait "$storm" 2>/dev/null
}

# hold COMMAND...: run a program that prints a line ($said) when it is ready, and ends
# when it reads one, which release() writes
# shellcheck disable=SC2034	# said is for the caller
hold()
{
	mkfifo /tmp/hold
	"$@" >/tmp/hold.said <>/tmp/hold &
	held=$!
	exec 5>/tmp/hold
	until read -r said </tmp/hold.said; do
		kill -0 "$held" || break
		sleep 0.1
	done
}

release()
{
	echo >&5
	exec 5>&-
	wait "$held"
	rm /tmp/hold
}

# disk DIR: mount a file system there that is on a disk for programs: its data are in
# memory (zram), but not in the page cache
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
