#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_tool.sh - the tool on the module's files: sums of rows, threads, processes that
# have ended, also between two samples; in a table, a recording, and the live view
#
# Runs in the VM, as root, with the tool in PATH, where the host's programs are.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

brief=/tmp/brief
out=/tmp/tool.out
recording=/tmp/tool.recording

# sum COLUMN FILE: print the sum of a column of a CSV
sum()
{
	awk -F , -v name="$1" '
		NR == 1	{ for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
		{ sum += $at }
		END	{ print sum + 0 }' "$2"
}

echo "TAP version 13"
echo "1..13"

reload
cp /bin/true $brief

# ---- processes that start and end between two samples

# terminal ARG...: tmux, which shows the live view
terminal()
{
	tmux -S /tmp/tool.tmux "$@"
}

# How many seconds the steps below take: on a debug kernel, a few.
SECONDS=0
for ((i = 0; i < 20; i++)); do
	/bin/true
done
pagestat >/dev/null
slow=$SECONDS

rm -f $recording
pagestat record -o $recording 1 2>/dev/null &
recorder=$!
terminal -f /dev/null new-session -d -x 80 -y 24 'exec pagestat top --by command -C brief'
drawn()
{
	terminal capture-pane -p | grep -q minor
}
eventually drawn
pagestat --csv -o pid,minor,major,exit_code,comm $((10 + 3 * slow)) 1 >$out &
tool=$!
sleep $((2 + slow))
for ((i = 0; i < 20; i++)); do
	$brief
done
wait $tool
status=$?
grep -E ',(comm|brief)$' $out >$out.brief
[ $status -eq 0 ] && [ "$(wc -l <$out.brief)" -eq 21 ]
result $? "processes that start and end between two samples are shown ($(($(wc -l <$out.brief) - 1)) of 20)"

pagestat --exited --csv -o minor,major -C brief >$out.exited
minor=$(sum minor $out.exited)
[ "$minor" -gt 200 ] && [ "$minor" -eq "$(sum minor $out.brief)" ] &&
	[ "$(sum major $out.exited)" -eq "$(sum major $out.brief)" ]
result $? "all their faults are shown (minor $minor and $(sum minor $out.brief), major $(sum major $out.exited) and $(sum major $out.brief))"

pagestat --exited --by command --csv -o procs,minor -C brief >$out
[ "$(sum procs $out)" -eq 20 ] && [ "$(sum minor $out)" -eq "$minor" ]
result $? "summed by command, the faults of ended processes are the same"

kill $recorder
wait $recorder
# By their pids: a sample may have been taken before exec, under another name.
pids=$(pagestat --exited --raw --no-headings -o pid -C brief | paste -sd,)
pagestat replay $recording -p "$pids" --csv -o minor,major >$out.replay
[ "$(sum minor $out.replay)" -eq "$minor" ] &&
	[ "$(sum major $out.replay)" -eq "$(sum major $out.exited)" ]
result $? "a recording has the same faults (minor $(sum minor $out.replay))"

# The totals since the live view was started, which was before them.
shows()
{
	terminal capture-pane -p | grep -qE "^ +20\+? +$minor .* brief"
}
terminal send-keys m m
eventually shows
result $? "the live view has the same faults ($(terminal capture-pane -p | sed -n 7p))"
terminal send-keys q

rm -f $out.svg
pagestat plot $recording --by command -C brief -o $out.svg && grep -q '<text>faults or pages/s</text>' $out.svg &&
	grep -q '<text>brief</text>' $out.svg && grep -q "$(uname -n), Linux $(uname -r)," $out.svg
result $? "the recording is plotted"

# ---- sums and their parts, of processes that sleep meanwhile

for ((i = 0; i < 5; i++)); do
	sleep 1000 &
	sleepers+=($!)
done
sleep 1
pids=$(IFS=,; echo "${sleepers[*]}")
pagestat --csv -p "$pids" >$out
pagestat --csv -p "$pids" --by user >$out.user
pagestat --csv -p "$pids" --by thread >$out.thread
good=0
for counter in minor cow zerofill filemap read write; do
	n=$(sum $counter $out)
	[ "$n" -gt 0 ] && [ "$n" -eq "$(sum $counter $out.user)" ] &&
		[ "$n" -eq "$(sum $counter $out.thread)" ] || good=1
done
[ $good -eq 0 ] && [ "$(sum procs $out.user)" -eq 5 ]
result $? "the sums by user and by thread are those by process"

# ---- control groups

mkdir -p /tmp/cgroup && mount -t cgroup2 none /tmp/cgroup &&
	mkdir -p /tmp/cgroup/one/two && echo "${sleepers[0]}" >/tmp/cgroup/one/cgroup.procs &&
	echo "${sleepers[1]}" >/tmp/cgroup/one/two/cgroup.procs &&
	[ "$(pagestat --cgroup /one -a -r --no-headings -o cgroup | paste -sd' ')" = '/one /one/two' ] &&
	[ "$(pagestat --by cgroup -a -r --no-headings -o cgroup,procs | grep /one | paste -sd,)" = '/one 1,/one/two 1' ]
result $? "the control groups are those of the kernel"

# The process is moved after its first thread has ended.
python3 -c 'import ctypes, threading, time
threading.Thread(target=time.sleep, args=(1000,)).start()
ctypes.CDLL(None).pthread_exit(None)' &
leaderless=$!
without_leader()
{
	grep -q '^State:.Z' /proc/$leaderless/status
}
eventually without_leader && echo $leaderless >/tmp/cgroup/one/cgroup.procs &&
	[ "$(column processes cgroup_id $leaderless)" = "$(stat -c %i /tmp/cgroup/one)" ]
result $? "also of a process whose first thread has ended"
kill $leaderless
kill "${sleepers[@]}"
wait "${sleepers[@]}" 2>/dev/null
rmdir /tmp/cgroup/one/two /tmp/cgroup/one && umount /tmp/cgroup

# ---- pagestat run

# values NAME: print all values of that name in a JSON object
values()
{
	grep -o "\"$1\": [^,}]*" $out | cut -d ' ' -f 2
}

pagestat run --children --json --output $out -o minor,major -- \
	bash -c "$brief; $brief & wait; exit 7"
status=$?
good=0
for counter in minor major; do
	# The first is that of the command, the others are those of its children.
	values $counter | awk 'NR == 1 { total = $1; next } { sum += $1 }
		END { exit !(NR == 4 && total == sum) }' || good=1
done
[ $status -eq 7 ] && [ $good -eq 0 ] && [ "$(values minor | head -n 1)" -gt 0 ] &&
	[ "$(values comm | sort | paste -sd' ')" = '"bash" "brief" "brief"' ]
result $? "the sum of all children is that of the command ($(values minor | paste -sd' '))"

pagestat run -r 5 --json --output $out -o zerofill -- $brief
values zerofill | awk '{ n[NR] = $1 } END { exit !(NR == 7 && n[6] > 0 && n[7] <= n[6] / 10) }'
result $? "a command that is run again has the same faults ($(values zerofill | paste -sd' '))"

# ---- output for programs

bash -c 'exit 3'
[ "$(pagestat --exited --csv -n 1 --sort -end_ns -o exit_code,comm -C bash | tail -n 1)" = 3,bash ]
result $? "the exit code of a process is shown"

pagestat -a --textfile /tmp/all.prom && pagestat --system --openmetrics >$out &&
	[ "$(grep -c '^pagestat_minor_faults_total{pid="1",' /tmp/all.prom)" -eq 1 ] &&
	[ "$(tail -n 1 $out)" = '# EOF' ] && grep -q '^pagestat_system_missed_total 0$' $out
result $? "metrics are written for Prometheus ($(grep _missed_total $out | tail -n 1))"
