#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_load.sh - the module loads and unloads at any time, says what it lacks, and
# publishes what its header defines
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO and the programs in
# $OUTPUT.

. lib/lib.sh

header=../module/uapi/pagestat.h

# names LIST: print the names in an X-macro, separated by tabs
names()
{
	sed -n "/^#define $1(X)/,/[^\\\\]\$/p" "$header" | grep -o 'X([a-z_]*' |
		cut -c 3- | paste -s
}

echo "TAP version 13"
echo "1..27"

# ---- what it publishes

reload
[ "$(cat $dir/version)" = "$(sed -n 's/^#define PAGESTAT_ABI[[:space:]]*//p' "$header")" ]
result $? "the file \"version\" has the header's PAGESTAT_ABI"

modes=$(cd $dir && stat -c '%n %a' -- * | paste -sd' ')
[ "$modes" = "children 400 exited 400 latency 400 probes 400 processes 400 reset 200 system 400 threads 400 version 400" ]
result $? "only root can read the files, and write to \"reset\" ($modes)"

counters=$(names PAGESTAT_COUNTERS)
rows=$(names PAGESTAT_PROCESS_COLUMNS)
[ "$(wc -w <<<"$counters")" -gt 20 ] &&
	[ "$(head -n 1 $dir/processes)" = "$rows	$counters	comm" ] &&
	[ "$(head -n 1 $dir/children)" = "$rows	$counters	comm" ] &&
	[ "$(head -n 1 $dir/threads)" = "$(names PAGESTAT_THREAD_COLUMNS)	$counters	comm" ] &&
	[ "$(head -n 1 $dir/exited)" = "$(names PAGESTAT_EXITED_COLUMNS)	$counters	comm" ] &&
	[ "$(head -n 1 $dir/system)" = "$(names PAGESTAT_SYSTEM_COLUMNS)	$counters" ] &&
	[ "$(head -n 1 $dir/probes)" = "$(names PAGESTAT_PROBE_COLUMNS)" ]
result $? "the columns are those of the header"

awk -F '\t' 'FNR == 1 { n = NF } NF != n { exit 1 }' $dir/processes $dir/children $dir/threads $dir/exited $dir/system $dir/probes
result $? "each row has as many columns as its header"

# A kernel may be built without what a hook is for; then the hook feeds no counter.
[ -z "$(awk -F '\t' 'NR > 1 && $4 != "attached" && $4 != "off" &&
	($4 != "missing" || $10 != "-" || $1 ~ /^self/)' $dir/probes)" ]
result $? "all hooks are attached, except those that are attached on demand"

name=$'a\tb\n\\c\e'
cp /bin/sleep "/tmp/$name"
"/tmp/$name" 1000 &
pid=$!
forged()
{
	[ "$(column processes comm $pid)" = 'a\011b\012\134c\033' ]
}
eventually forged
result $? "control characters in a name are escaped ($(column processes comm $pid))"

group=/sys/fs/cgroup/pagestat-load
mkdir $group && echo $pid >$group/cgroup.procs &&
	[ "$(column processes cgroup_id $pid)" = "$(stat -c %i $group)" ] &&
	[ "$(column threads cgroup_id $pid)" = "$(stat -c %i $group)" ] &&
	[ "$(column processes cgroup_id $$)" != "$(stat -c %i $group)" ]
result $? "a process has the id of its control group ($(column processes cgroup_id $pid))"
kill $pid

# ---- processes that were there before

sleep 1000 &
pid=$!
eventually asleep $pid
reload
[ "$(column processes minor $pid)" = 0 ] && [ "$(column processes other $pid)" = 0 ]
result $? "a process that was there before the module counts from 0"
kill $pid

# ---- unloading

exec 3<$dir/processes
! rmmod pagestat 2>/dev/null && [ -e $dir/version ] && [ "$(wc -l <&3)" -gt 10 ]
result $? "an open file keeps the module from being unloaded, and can still be read"
exec 3<&-
rmmod pagestat && [ ! -e $dir ] && ! grep -q '^pagestat_' /proc/slabinfo
result $? "rmmod leaves no file and no slab cache"

# unloaded_in: print how many ms rmmod takes; its status
unloaded_in()
{
	local begin=${EPOCHREALTIME/.} status

	rmmod pagestat
	status=$?
	echo $(((${EPOCHREALTIME/.} - begin) / 1000))
	return $status
}

# Where the kernel is preemptible, ftrace waits until all threads have slept once.  How long
# that takes depends on the machine, too: it is only printed.
mark
insmod "$PAGESTAT_KO" && insmod "../build/programs/$(uname -r)/busy/busy.ko" seconds=3 && sleep 0.3 &&
	ms=$(unloaded_in) && [ ! -d /sys/module/pagestat ] && [ -z "$(log)" ]
result $? "rmmod ends when a kernel thread that has computed for 3000 ms has slept ($ms ms)"
rmmod busy

storm_begin
mark
failed=0
for ((i = 0; i < 2; i++)); do
	insmod "$PAGESTAT_KO" || failed=1
	cat $dir/processes $dir/system >/dev/null || failed=1
	rmmod pagestat || failed=1
done
[ $failed = 0 ] && [ -z "$(log)" ]
result $? "loaded, read and unloaded twice under a load of faults and forks"

reload
busy()
{
	minor=$(column system minor)
	[ "$minor" -gt 5000 ]
}
eventually busy
sum=$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } {
	for (i = split("cow reuse zerofill zeromap filemap swapin other", part, " "); i; i--)
		sum += $at[part[i]]
	print sum - $at["minor"] - $at["major"]
}' $dir/system)
storm_end
# A fault may have two outcomes: it brings a page back and copies it.
[ "$minor" -gt 5000 ] && [ "$sum" -ge 0 ]
result $? "loaded under load, every fault has an outcome ($minor minor, $sum have two)"

[ "$(column system lost_tasks)" = 0 ] && [ "$(column system lost_hits)" = 0 ] &&
	[ "$(column system missed)" = 0 ] && [ "$(column system stray)" = 0 ]
result $? "loaded under load, nothing is lost ($(column system lost_tasks) tasks, $(column system lost_hits) hits, $(column system missed) missed, $(column system stray) stray$(awk -F '\t' 'NR > 1 && $8 { print " " $1 " from " $9 }' $dir/probes))"

# ---- what is lacking

mark
reload without=swap-map,wp
[ "$(column probes state swap-map)" = left-out ] && [ "$(column probes state wp)" = left-out ] &&
	[ "$(column processes swapin 1)" = - ] && [ "$(column system cow)" = - ] &&
	[ "$(column processes minor 1)" -ge 0 ] && [ "$(column system reuse)" -ge 0 ] &&
	[ "$(log | wc -l)" = 2 ]
result $? "without an optional hook, its counters read \"-\", and no others"

# What is copied is not known then.
(: >/dev/null)
stray=$(column system stray)
[ "$stray" -gt 0 ] && [ "$(column probes stray wp)" -ge "$stray" ] &&
	echo 1 >$dir/reset && [ "$(column system stray)" -lt "$stray" ] &&
	[ "$(column probes stray wp)" -ge "$stray" ]
result $? "hits that cannot be told apart are counted ($stray), until a reset"

unload
mark
! insmod "$PAGESTAT_KO" without=fault 2>/dev/null && [ ! -d /sys/module/pagestat ] &&
	[ ! -e $dir ] && [ "$(log | wc -l)" = 1 ] && log | grep -q 'cannot load.*"fault".*handle_mm_fault'
result $? "without a required hook, the module does not load, and says so in one line"

mark
! insmod "$PAGESTAT_KO" without=wp,nonsense 2>/dev/null && [ "$(log | wc -l)" = 1 ] &&
	log | grep -q 'nonsense'
result $? "without= refuses a hook that does not exist, and names it"

# ---- the limit

reload max_threads=40
for ((i = 0; i < 20; i++)); do
	/bin/true
done
[ "$(column system threads)" -le 40 ] &&
	[ $(($(column system lost_tasks) + $(column system lost_hits))) -gt 0 ]
result $? "with more tasks than max_threads, what is lost is counted ($(column system lost_tasks) tasks, $(column system lost_hits) hits)"

lost=$(column system lost_hits)
[ "$lost" -gt 0 ] && echo 1 >$dir/reset && [ "$(column system lost_hits)" -lt "$lost" ]
result $? "hits that are lost are counted ($lost), until a reset"

# A few records more than there are tasks; many more tasks than that.
tasks=(/proc/[0-9]*/task/*)
limit=$((${#tasks[@]} + 60))
reload max_threads=$limit
hold "$OUTPUT/crowd" 200
lost=$(column system lost_tasks)
[ "$(column system threads)" -le $limit ] && [ "$lost" -ge 130 ] && [ "$lost" -le 200 ]
result $? "with 60 free records, $lost of 200 processes get none"
release
exact && [ "$(column system stray)" = 0 ]
result $? "when these have ended, the counters of others are exact"

# ---- latency

# sleep_in_faults THREADS: have so many sleep at once, and wait until they have ended
sleep_in_faults()
{
	hold "$OUTPUT/sleepers" "$1"
	release
	[ -n "$said" ]
}

reload latency=1
sleep_in_faults 1000 && [ "$(column probes missed return)" = 0 ] &&
	[ "$(column system disputed)" = 0 ]
result $? "1000 faults that sleep at the same time are followed ($(column probes missed return) missed)"

reload latency=1 max_faults=16
sleep_in_faults 100 && [ "$(column probes missed return)" -ge 84 ] &&
	[ "$(column system missed)" = 0 ] && [ "$(column system disputed)" = 0 ]
result $? "with more than max_faults, the others are counted as missed ($(column probes missed return)), and in all counters"

mark
! insmod "$PAGESTAT_KO" latency=maybe 2>/dev/null
reload without=return
! echo Y 2>/dev/null >/sys/module/pagestat/parameters/latency &&
	[ "$(cat /sys/module/pagestat/parameters/latency)" = N ] &&
	[ "$(column system minor)" -gt 0 ] && log | grep -q 'latency cannot be measured'
result $? "without the hook \"return\", latency is refused, and the log says so"


unload
mark
! insmod "$PAGESTAT_KO" without=mapped mapped=1 2>/dev/null && reload without=mapped &&
	! echo Y 2>/dev/null >/sys/module/pagestat/parameters/mapped &&
	[ "$(cat /sys/module/pagestat/parameters/mapped)" = N ] &&
	[ "$(column system mapped)" = - ] && log | grep -q 'mapped pages cannot be counted'
result $? "without the hook \"mapped\", mapped pages are not counted, and the log says so"

reload
"$OUTPUT/test_fault" >/dev/null
result $? "after all this, the counters are exact"
