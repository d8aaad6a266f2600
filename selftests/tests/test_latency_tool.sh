#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_latency_tool.sh - pagestat latency: it measures the faults that the module counts,
# says what was not measured, and turns latency off again if it was off
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

# faults FILE: print the sum of the table, which ends with an empty line
faults()
{
	awk 'NF == 0 { exit } { sum += $2 } END { print sum + 0 }' "$1"
}

# ended_by SIGNAL STATUS: whether the tool turns latency on, and off again when it gets
# SIGNAL, and ends with STATUS
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
result $? "latency is measured for two intervals, and off again"

ended_by INT 0 && ended_by TERM 0
result $? "latency is off again after Ctrl-C and SIGTERM"

ended_by HUP 129 && ended_by QUIT 131
result $? "latency is off again after SIGHUP and SIGQUIT"

pagestat latency --jsonl 0.5 2>$err | head -c 100 >/dev/null
[ "${PIPESTATUS[0]}" = 141 ] && ! measuring
result $? "latency is off again when the reader of the output ends"

pagestat latency 0.5 1 >/dev/full 2>$err
[ $? = 6 ] && ! measuring
result $? "latency is off again when the output cannot be written"

pagestat latency on && measuring && pagestat latency 0.5 1 >$out && measuring
result $? "latency that was turned on before stays on"

# Started while latency is measured, and idle when the counters are read.
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
result $? "as many faults of a process are measured as counted ($(faults $out), $counted)"

pagestat latency --no-headings -C 'bas?' >$out && [ "$(faults $out)" -ge "$counted" ]
result $? "a process is selected by its name"
echo >/tmp/until
wait $pid

pagestat latency >$out && grep -q 'faults of the last [0-9.]* s' $out &&
	[ "$(column system disputed)" = 0 ] &&
	pagestat latency off && [ "$(pagestat latency status)" = off ] && ! measuring
result $? "the tool says for how long it was measured; no fault is disputed; latency is turned off"

reload without=return
pagestat latency on 2>$err
[ $? = 7 ] && grep -q 'no hook "return"' $err && ! measuring
result $? "without the hook \"return\", the tool says so ($(cat $err))"

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
# There may be more by the time the column is read.
missed=$(sed -n 's/.*note: \([0-9]*\) faults could not be followed .*max_faults (now 1).*/\1/p' $err)
measuring && [ "${missed:-0}" -gt 0 ] && [ "$missed" -le "$(column probes missed return)" ]
result $? "the tool says how many faults were not followed ($(cat $err))"

pagestat latency 5 1 &
pid=$!
sleep 1
rmmod pagestat
wait $pid
status=$?
reload
[ $status = 3 ] && ! measuring
result $? "if the module is unloaded meanwhile, the tool ends with status 3 ($status)"
