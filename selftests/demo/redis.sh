# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# redis.sh - in the VM: a Redis with 50,000 keys, whose snapshots take long, as it waits
# after each key
#
# To be sourced by bash.  Needs redis-server and redis-tools.

# start_redis: its pid into $redis
start_redis()
{
	# The loopback interface is down in the VM.
	ip link set lo up
	echo never >/sys/kernel/mm/transparent_hugepage/enabled
	redis-server --save '' --enable-debug-command yes --rdb-key-save-delay 300 \
		--daemonize yes --dir /tmp --logfile /tmp/redis.log >/dev/null
	until redis-cli ping >/dev/null 2>&1; do
		sleep 0.2
	done
	redis-cli debug populate 50000 key 1000 >/dev/null
	# shellcheck disable=SC2034	# for those who source this
	redis=$(pgrep -x redis-server)
}
