#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# investigate.sh - in the VM: three questions about single faults, answered by perf and
# trace-cmd from pagestat's trace events
#
# usage: investigate.sh code|copies|waits
#
#   code	which code of a program faults most (linux-perf)
#   copies	which pages a database copies after it forked to save its data
#		(trace-cmd)
#   waits	where a database waits for major faults after it was swapped out
#		(trace-cmd)
#
# Needs the packages in parentheses, and redis-server and redis-tools.  Prints the
# commands that it runs.

set -eu
. "${BASH_SOURCE[0]%/*}/redis.sh"
ranges=$(cd "${BASH_SOURCE[0]%/*}" && pwd)/ranges.awk
cd /tmp

code()
{
	cat >words.py <<-'END'
		import re
		text = "".join(chr(97 + i * 7 % 26) + (" " if i % 6 == 0 else "") for i in range(400000))
		words = {}
		for word in re.findall("[a-z]+", text):
		    words.setdefault(word + str(len(words)), []).append(word)
	END
	set -x
	perf record -g --user-callchains -e pagestat:fault -o words.data -- python3 words.py
	perf report -i words.data --stdio --no-children -g caller,0.5,callee -s dso
	perf record --call-graph dwarf,2048 --user-callchains -e pagestat:fault -o words.data -- python3 words.py
	perf report -i words.data --stdio --no-children -g caller,9,callee --max-stack 6 -s dso
}

copies()
{
	start_redis
	cat >save.sh <<-'END'
		redis-cli bgsave
		redis-cli eval "for i = 0, 9999 do
			redis.call('set', 'key:' .. i, string.rep('x', 1000)) end" 0
		while redis-cli info persistence | grep -q rdb_bgsave_in_progress:1; do
			sleep 1
		done
	END
	echo 1 >/sys/kernel/debug/pagestat/reset
	set -x
	trace-cmd record -q -e pagestat:cow -f "tgid == $redis" sh save.sh
	trace-cmd report | head -n 6
	trace-cmd report | awk -f "$ranges" /proc/"$redis"/maps -
	pagestat -p "$redis" -o pid,cow_anon,cow_file,command
}

waits()
{
	group=/sys/fs/cgroup/redis
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
	mkdir -p $group
	echo 0 >$group/cgroup.procs
	start_redis
	echo 0 >/sys/fs/cgroup/cgroup.procs
	cat >read.sh <<-'END'
		redis-cli eval "for i = 0, 49999 do redis.call('get', 'key:' .. i) end" 0
	END
	set -x
	echo 100M >$group/memory.reclaim 2>/dev/null || :	# as much of it as there is
	pagestat latency on
	trace-cmd record -q -e pagestat:fault -f "tgid == $redis && result == \"major\"" sh read.sh
	pagestat latency -p "$redis"
	pagestat latency off
	trace-cmd report | awk -f "$ranges" /proc/"$redis"/maps -
}

"$1"
