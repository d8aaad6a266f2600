#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_latency_tool.sh - pagestat latency on the module itself: it measures what the
# module counts, says what was not measured, and leaves the module as it found it
#
# Runs in the VM, as root, with the module in $PAGESTAT_KO.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

parameter=/sys/module/pagestat/parameters/latency
out=/tmp/latency.out
err=/tmp/latency.err

measuring()
{
	[ "$(cat $parameter)" = Y ]
}

# faults FILE: the sum of the table, which ends with an empty line
faults()
{
	awk 'NF == 0 { exit } { sum += $2 } END { print sum + 0 }' "$1"
}

# ended_by SIGNAL STATUS: it is turned on, and off again, and the status is that
ended_by()
{
	local pid i was=no

	env --default-signal=INT,QUIT pagestat latency 100 >$out 2>$err &
	pid=$!
	for ((i = 0; i < 100; i++)); do
		measuring && was=yes && break
		sleep 0.1
	done
	sleep 0.5
	kill -s "$1" $pid
	wait $pid
	[ $? -eq "$2" ] && [ $was = yes ] && ! measuring
}

echo "TAP version 13"
echo "1..13"

reload
[ "$(pagestat latency status)" = off ] && ! measuring
result $? "latency is off at first"

pagestat latency 1 2 >$out && [ "$(grep -c 'faults of the last' $out)" = 2 ] && ! measuring
result $? "it is measured for two intervals, and off again"

ended_by INT 0 && ended_by TERM 0
result $? "so it is after Ctrl-C and SIGTERM"

ended_by HUP 129 && ended_by QUIT 131
result $? "and when the tool is killed by another signal"

pagestat latency --jsonl 0.5 2>$err | head -c 100 >/dev/null
[ "${PIPESTATUS[0]}" = 141 ] && ! measuring
result $? "and when nobody reads what it prints"

pagestat latency 0.5 1 >/dev/full 2>$err
[ $? = 6 ] && ! measuring
result $? "and when it cannot be written"

pagestat latency on && measuring && pagestat latency 0.5 1 >$out && measuring
result $? "turned on by hand, it stays on"

# Born while it is measured, and idle when the numbers are read.
mkfifo /tmp/until
rm -f /tmp/ready
bash -c 'for ((i = 0; i < 20000; i++)); do a[i]=$i; done; echo; read -r </tmp/until' >/tmp/ready &
pid=$!
until [ -s /tmp/ready ]; do
	sleep 0.1
done
sleep 0.5
counted=$(pagestat -r --no-headings -a -p $pid -o minor,major | awk '{ print $1 + $2 }')
pagestat latency --no-headings -p $pid >$out
[ "$(faults $out)" -gt 500 ] && [ "$(faults $out)" = "$counted" ]
result $? "a process has as many faults as were counted ($(faults $out), $counted)"

pagestat latency --no-headings -C 'bas?' >$out && [ "$(faults $out)" -ge "$counted" ]
result $? "it is found by its name"
echo >/tmp/until
wait $pid

pagestat latency >$out && grep -q 'faults of the last [0-9.]* s' $out &&
	[ "$(column system disputed)" = 0 ] &&
	pagestat latency off && [ "$(pagestat latency status)" = off ] && ! measuring
result $? "it says for how long; no fault is disputed; it is turned off by hand"

reload without=return
pagestat latency on 2>$err
[ $? = 7 ] && grep -q 'no hook "return"' $err && ! measuring
result $? "without the hook it says so ($(cat $err))"

reload latency=Y max_faults=1
for _ in 1 2 3 4; do
	for file in awk bc perl find sort; do
		"$file" --version
	done &
done >/dev/null 2>&1 </dev/null
sleep 0.5
echo 3 >/proc/sys/vm/drop_caches
wait
pagestat latency >$out 2>$err
# Who looks at them later may miss more.
missed=$(sed -n 's/.*note: \([0-9]*\) faults could not be followed .*max_faults (now 1).*/\1/p' $err)
measuring && [ "${missed:-0}" -gt 0 ] && [ "$missed" -le "$(column probes missed return)" ]
result $? "faults that were not followed are told ($(cat $err))"

pagestat latency 5 1 &
pid=$!
sleep 1
rmmod pagestat
wait $pid
status=$?
reload
[ $status = 3 ] && ! measuring
result $? "unloaded meanwhile, it ends with 3 ($status)"
