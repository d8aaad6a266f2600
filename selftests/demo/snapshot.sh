#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# snapshot.sh - in the VM: what it costs a database to write a snapshot by fork
#
# Needs redis-server and redis-tools.  Redis is filled with 50,000 keys, forks to
# save them, slowly, and 10,000 of them are overwritten meanwhile.

set -eu

columns=pid,ppid,minor,cow_anon,reuse,zerofill,command

# Here, an emulated machine has the loopback interface down.
ip link set lo up
echo never >/sys/kernel/mm/transparent_hugepage/enabled
redis-server --save '' --enable-debug-command yes --rdb-key-save-delay 300 \
	--daemonize yes --dir /tmp --logfile /tmp/redis.log
until redis-cli ping >/dev/null 2>&1; do
	sleep 0.2
done
redis-cli debug populate 50000 key 1000 >/dev/null

echo 1 >/sys/kernel/debug/pagestat/reset
redis-cli bgsave
redis-cli eval "for i = 0, 9999 do
	redis.call('set', 'key:' .. i, string.rep('x', 1000)) end" 0 >/dev/null
echo "while the child saves:"
pagestat -C redis-server -o $columns
while redis-cli info persistence | grep -q rdb_bgsave_in_progress:1; do
	sleep 1
done
echo "when it is done, the parent:"
pagestat -C redis-server -o $columns
echo "the child, from the file exited:"
awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	$at["ppid"] == parent { print "cow_anon " $at["cow_anon"] ", zerofill " $at["zerofill"] }
	' parent="$(pgrep -x redis-server)" /sys/kernel/debug/pagestat/exited
echo "what Redis says:"
redis-cli info persistence | grep rdb_last_cow_size
