#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_bounds.sh - nobody makes the machine wait, or takes its memory, by way of the module:
# neither who is counted, nor who reads
#
# make check-bounds measures how long births and deaths have to wait at most.

. lib/lib.sh

readonly NOBODY=65534
echo "1..11"

# cpu COMMAND...: print how long it takes in the kernel, in ms: the shortest of three times
cpu()
{
	local i TIMEFORMAT=%S

	for i in 1 2 3; do
		{ time "$@" >/dev/null 2>&1; } 2>&1
	done | awk '{ ms = 1000 * $1 } NR == 1 || ms < least { least = ms } END { print least }'
}

# cost_of NR: what a read of "threads" takes while NR threads have exited and are not released
cost_of()
{
	hold "$OUTPUT/threads" "$1" exited
	[ "$(grep -c "^$said	" $dir/threads)" = "$1" ] && cpu cat $dir/threads
	release
}

few=$(cost_of 1000)
many=$(cost_of 4000)
echo "# threads of a process that have exited: 1000 take $few ms to read, 4000 take $many ms"
# Linear: four times; by each for each other: sixteen times.
[ -n "$few" ] && [ -n "$many" ] && [ "$many" -lt $((8 * few + 40)) ]
result $? "threads that have exited and are not released cost no more than others to read"

# ---- a process that changes while it is read

# Births, deaths and resets between two batches of its threads lose and invent nothing.
"$OUTPUT/storm" 300 &
for ((i = 0; i < 200; i++)); do
	cat $dir/threads $dir/processes $dir/system
	[ $((i % 20)) != 0 ] || echo 1 >$dir/reset
done >/tmp/read
kill $!
wait $! 2>/dev/null
awk -F '\t' '{ for (i = 1; i < NF; i++) if ($i ~ /^[0-9]+$/ && $i > 2 ^ 60) exit 1 }' /tmp/read
result $? "no counter wraps around by a reset in a storm of births and deaths"
exact
result $? "after that, counters are exact"

# ---- memory of snapshots

group=/sys/fs/cgroup/pagestat-bounds
echo +memory >/sys/fs/cgroup/cgroup.subtree_control
if mkdir "$group" 2>/dev/null && [ -e "$group/memory.current" ]; then
	hold "$OUTPUT/threads" 4000
	(
		echo $BASHPID >"$group/cgroup.procs"
		before=$(<"$group/memory.current")
		exec 6<$dir/threads
		after=$(<"$group/memory.current")
		echo "# a snapshot of 4000 threads charges its reader $(((after - before) / 1024)) KiB"
		[ $((after - before)) -gt 1000000 ]
	)
	result $? "a snapshot is charged to the control group of who reads it"
	rmdir "$group"
	ulimit -n 4096
	error=$(
		for ((i = 0; i < 4000; i++)); do
			# shellcheck disable=SC2034	# it is open
			exec {fd}<$dir/threads || exit
		done 2>&1
	)
	[[ $error == *"No buffer space available"* ]]
	result $? "files that are kept open take a part of the memory, then are refused"
	cat $dir/threads >/dev/null && pagestat --by thread >/dev/null
	result $? "when they are closed, others can be opened"
	release
else
	for name in "a snapshot is charged to the control group of who reads it" \
		    "files that are kept open take a part of the memory, then are refused" \
		    "when they are closed, others can be opened"; do
		skip "no control group of memory" "$name"
	done
fi

# ---- records that one user takes

reload max_threads=800
hold setpriv --reuid $NOBODY --clear-groups "$OUTPUT/threads" 900
lost=$(column system lost_tasks)
sleep 100 &
eventually asleep $! && column processes pid $! >/dev/null && [ "$lost" -gt 100 ]
result $? "when a user's threads take all records ($lost lost), some are left for root's"
kill $!
# Its own child: what root starts has a record before it becomes somebody else's.
setpriv --reuid $NOBODY --clear-groups sh -c 'sleep 100 & echo $! >&3; wait' 3>/tmp/lost &
eventually grep -q . /tmp/lost
# Not by timeout: whoever looks for records that cannot be had would not end by a signal.
cat $dir/processes $dir/threads >/dev/null && [ -z "$(column processes pid "$(</tmp/lost)")" ]
result $? "who has none left is lost, and readers do not wait for it"
kill "$(</tmp/lost)"
wait $!
release

hold "$OUTPUT/threads" 100
sleep 100 &
unload
tasks=(/proc/[0-9]*/task/*)
insmod "$PAGESTAT_KO" max_threads=$((${#tasks[@]} - 20)) && [ "$(column system lost_hits)" -ge 0 ]
result $? "it loads where there are more threads than records"
kill $!
release
reload

# ---- names

cp "$(command -v sleep)" /tmp/$'\x9b31m\x85'
/tmp/$'\x9b31m\x85' 100 &
eventually grep -q '\\23331m\\205' $dir/processes &&
	! LC_ALL=C grep -q $'[\x80-\x9f]' $dir/processes &&
	pagestat -p $! -a --json | grep -q 31m
result $? "control bytes of names beyond ASCII are written as numbers"
kill $!

# ---- what all processors read at every hit is apart from what any writes

apart="what every hit reads shares no cache line with what births and deaths write"
if ! grep -q ' [A-Z] init_task$' /proc/kallsyms; then
	skip "this kernel names no variables" "$apart"
	exit
fi
awk '
	# Not all are in the symbols of all kernels; these are at least.
	function want(list, into, n, i, name) {
		n = split(list, name, " ")
		for (i = 1; i <= n; i++)
			into[name[i]] = 1
	}
	BEGIN {
		want("pagestat_pool_generation record_table record_table_bits pagestat_all_adopted", read)
		want("pagestat_records_lock pagestat_sums pagestat_live pagestat_walk_now nr_exited", written)
	}
	$4 != "[pagestat]" && $3 !~ /pagestat/	{ next }
	$3 in read	{ line_read[substr($1, 1, length($1) - 2) int(half($1))] = $3; found[$3] = 1 }
	$3 in written	{ line_written[substr($1, 1, length($1) - 2) int(half($1))] = $3; found[$3] = 1 }
	# Of the last 256 bytes, the first 128 or the second.
	function half(address) {
		return index("89abcdef", substr(address, length(address) - 1, 1)) > 0
	}
	END {
		for (at in line_read)
			if (at in line_written) {
				printf "# %s and %s share a line\n", line_read[at], line_written[at]
				bad = 1
			}
		exit bad || !("pagestat_pool_generation" in found) || !("pagestat_records_lock" in found)
	}' /proc/kallsyms
result $? "$apart"
