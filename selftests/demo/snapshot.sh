#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# snapshot.sh - in the VM: what a database copies while it writes a snapshot by fork
#
# Needs redis-server and redis-tools.  Redis gets 50,000 keys, forks to save them, with
# a delay after each, and 10,000 of them are overwritten meanwhile.

set -eu
. "${BASH_SOURCE[0]%/*}/redis.sh"

columns=pid,ppid,minor,cow_anon,reuse,zerofill,command

start_redis
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
	' parent="$redis" /sys/kernel/debug/pagestat/exited
echo "what Redis says:"
redis-cli info persistence | grep rdb_last_cow_size
