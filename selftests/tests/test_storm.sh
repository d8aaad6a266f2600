#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_storm.sh - minutes of heavy load on the kernel's memory management; after each,
# the counters are exact, records have been freed, and the kernel log has no fault
#
# usage: test_storm.sh
#
#   STORM_LOADS		how often the module is loaded and unloaded (200)
#   STORM_SECONDS	how many seconds each of the other loads lasts (60)
#
# Runs in the VM, as root, with the tool in PATH, the module in $PAGESTAT_KO and
# the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

readonly LOADS=${STORM_LOADS:-200} SECONDS_EACH=${STORM_SECONDS:-60}
readonly STRESSORS=(fault fork vm mmap userfaultfd swap madvise numa exit-group)
readonly CPU=/sys/devices/system/cpu/cpu1/online
latency=/sys/module/pagestat/parameters/latency
klog=$PWD/vm/klog.sh
out=/tmp/storm.out

# ---- what is checked after each load; $left says what is wrong

# Besides those in use, there may be 1024 in the pool, and free ones in per-CPU slabs.
records_freed()
{
	local records

	records=$(awk '$1 == "pagestat_thread" { print $2 }' /proc/slabinfo)
	# To read the column frees the records of tasks that have ended.
	left="$records records of threads"
	[ "$records" -le $(($(column system threads) + 1024 + 300)) ] && left=
}

lost_nothing()
{
	local name

	left=
	for name in lost_tasks lost_hits missed disputed; do
		[ "$(column system $name)" = 0 ] || left+="$name $(column system $name) "
	done
	[ -z "$left" ]
}

check_passes()
{
	left="pagestat check"
	pagestat check >$out 2>&1 && left=
}

# Whether the kernel has logged no fault since mark().
no_fault_logged()
{
	dmesg | awk '/selftest: mark/ { n = 0 } { line[n++] = $0 }
		END { for (i = 0; i < n; i++) print line[i] }' >/tmp/storm.klog
	left="the kernel's log"
	"$klog" /tmp/storm.klog >$out && left=
}

# after STATUS NAME: print the result of a load, which includes the checks after it
after()
{
	local status=$1

	if [ "$status" -eq 0 ]; then
		: >$out
		eventually records_freed && check_passes && no_fault_logged
		status=$?
	fi
	[ "$status" -eq 0 ] || tail -n 20 $out | sed 's/^/# /'
	result "$status" "$2${left:+ ($left)}"
	left=
	mark
}

# As long as a reader has a file open, rmmod fails.
rmmod_retry()
{
	local i

	for ((i = 0; i < 1000; i++)); do
		rmmod pagestat 2>/dev/null && return
		sleep 0.01
	done
	return 1
}

readers_begin()
{
	# shellcheck disable=SC2016	# for the other bash
	setsid nice -n 19 bash -c 'while :; do cat "$0"/[!r]*; pagestat; done' $dir >/dev/null 2>&1 &
	readers=$!
}

readers_end()
{
	kill -- -$readers
	wait $readers 2>/dev/null
}

echo "TAP version 13"
echo "1..$((${#STRESSORS[@]} + 7))"
mark
reload

# ---- load and unload

storm_begin
readers_begin
failed=0
for ((i = 0; i < LOADS; i++)); do
	rmmod_retry || failed=1
	insmod "$PAGESTAT_KO" "latency=$((i % 4 == 3))" "kprobes=$((i % 8 == 5))" || failed=1
done
readers_end
storm_end
rmmod_retry && ! grep -q '^pagestat_' /proc/slabinfo && insmod "$PAGESTAT_KO" || failed=1
after $failed "loaded and unloaded $LOADS times under a load of faults, forks, execs and readers"

storm_begin
files=(version processes children threads exited latency system probes)
exec 3>$dir/reset
failed=0
for name in "${files[@]}"; do
	exec 4<"$dir/$name"
	! rmmod pagestat 2>/dev/null && cat <&4 >/dev/null || failed=1
	exec 4<&-
done
echo 1 >&3 || failed=1
exec 3>&-
storm_end
after $failed "an open file keeps the module from being unloaded, and can be read and written"

# ---- more processes than records

tasks=(/proc/[0-9]*/task/*)
limit=$((${#tasks[@]} + 200))
reload max_threads=$limit
hold "$OUTPUT/crowd" 3000
threads=$(column system threads)
lost=$(column system lost_tasks)
release
[ "$said" = 3000 ] && [ "$threads" -le $limit ] && [ "$lost" -ge 2700 ] && [ "$lost" -le 3000 ]
status=$?
echo 1 >$dir/reset
after $status "$said processes and some 200 free records: $lost are counted as lost"

reload
hold "$OUTPUT/crowd" 3000
rows=$(awk -F '\t' '$NF == "crowd"' $dir/processes | wc -l)
release
[ "$rows" = 3001 ] && lost_nothing
after $? "$said processes at once, and records for them: $rows rows, none lost"

# ---- threads asleep in a fault

reload latency=1
hold "$OUTPUT/sleepers" 4000 serve
release
kernels=$(sed -n 2p /tmp/hold.said)
ours=$(column exited major $held)
[ "${kernels:-0}" -ge 4000 ] && [ "$ours" = "$kernels" ] && lost_nothing
after $? "4000 threads asleep in a fault: $kernels major, $ours counted"

# ---- CPU hotplug

if [ -w $CPU ]; then
	reload
	storm_begin
	failed=0
	for ((end = SECONDS + SECONDS_EACH; SECONDS < end; )); do
		echo 0 >$CPU && echo Y >$latency && cat $dir/processes >/dev/null &&
			echo 1 >$CPU && echo N >$latency || failed=1
		sleep 0.1
	done
	echo 1 >$CPU 2>/dev/null
	storm_end
	lost_nothing || failed=1
	after $failed "a CPU goes offline and online, and latency on and off, under load"
else
	skip "there is one CPU, or it cannot go offline" "a CPU goes offline and online"
fi

# ---- stress-ng

reload
work=/tmp/storm.disk
disk $work
for stressor in "${STRESSORS[@]}"; do
	if ! command -v stress-ng >/dev/null; then
		skip "no stress-ng" "stress-ng --$stressor"
		continue
	fi
	stress-ng --"$stressor" 2 --vm-bytes 128M --mmap-bytes 64M --temp-path $work \
		--timeout "$SECONDS_EACH" --oomable >$out 2>&1
	# 3 and 4: this machine lacks what the stressor needs.
	case $? in
	0)	lost_nothing; after $? "stress-ng --$stressor" ;;
	3 | 4)	skip "$(tail -n 1 $out)" "stress-ng --$stressor" ;;
	*)	after 1 "stress-ng --$stressor fails" ;;
	esac
done

echo Y >$latency
storm_begin
sleep "$SECONDS_EACH"
storm_end
lost_nothing
after $? "$SECONDS_EACH s of load with latency measured"
