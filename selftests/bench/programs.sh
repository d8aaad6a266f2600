#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# programs.sh - in the VM: measure what pagestat costs real programs, and compare what
# Redis says of its copies on write
#
# usage: [NAME=VALUE...] programs.sh
#
#   PAIRS	how often each is run without and with the module, in turn (3)
#   DATA	MiB that Redis has in memory (200)
#   WRITES	how many writes it gets while it saves (20000)
#   CFILES	how many files of C are compiled (100)
#   FORKS	how often stress-ng forks (2000)
#
# Prints a line of five fields for each program that is installed: its name; the
# medians of the CPU time of all its processes without and with the module, in
# microseconds; how many percent are added; what the program says itself.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
readonly COST=${OUTPUT%/*}/bench/cost WORK=/tmp/programs
readonly PAIRS=${PAIRS:-3} DATA=${DATA:-200} WRITES=${WRITES:-20000}
readonly CFILES=${CFILES:-100} FORKS=${FORKS:-2000}

# A snapshot while clients write: how much was copied, by Redis and by pagestat.  Redis
# adds up the private pages of the child: those that either process has copied, and the
# child's new ones.  A delay after each key makes saving last as long as the writes.
redis()
{
	local cli="redis-cli -e -s $WORK/redis.sock" server

	redis-server --port 0 --unixsocket "$WORK/redis.sock" --save '' \
		--dir "$WORK" --rdbcompression no --rdb-key-save-delay -10 \
		--enable-debug-command yes --daemonize no >"$WORK/redis.log" &
	server=$!
	until $cli ping >/dev/null 2>&1; do sleep 0.1; done
	$cli debug populate $((DATA * 1024)) key 1000 >/dev/null
	[ ! -e /sys/module/pagestat ] || echo 1 >/sys/kernel/debug/pagestat/reset
	$cli bgsave >/dev/null
	redis-benchmark -s "$WORK/redis.sock" -q -t set -d 1000 -c 1 \
		-n "$WRITES" -r $((DATA * 1024)) >/dev/null
	while $cli info persistence | grep -q rdb_bgsave_in_progress:1; do sleep 0.1; done
	$cli info persistence |
		awk -F : '/^rdb_last_cow_size/ { printf "Redis: %d pages\n", $2 / 4096 }' >"$WORK/said"
	[ ! -e /sys/module/pagestat ] ||
		cat /sys/kernel/debug/pagestat/{processes,exited} |
			awk -F '\t' '/\tcow_anon\t/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
				$NF != "redis-server" { next }
				{ pages += $at["cow_anon"] }
				$at["ppid"] == parent { pages += $at["zerofill"] }
				END { printf "pagestat: %d pages\n", pages }' \
				parent="$server" >>"$WORK/said"
	$cli shutdown nosave >/dev/null 2>&1 || :
	wait $server || :
}

compile()
{
	make -s -j2 -C "$WORK/c"
}

forks()
{
	stress-ng --quiet --fork 1 --fork-ops "$FORKS"
}

# Make a project of files with one function each, and a Makefile.
sources()
{
	local i

	mkdir -p "$WORK/c"
	for ((i = 0; i < CFILES; i++)); do
		printf '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint f%d(int n)\n{\n\tchar *p = malloc(n);\n\n\tif (!p)\n\t\treturn -1;\n\tmemset(p, %d, n);\n\tn = printf("%%d\\n", p[n / 2]);\n\tfree(p);\n\treturn n;\n}\n' \
			$i $((i % 100)) >"$WORK/c/f$i.c"
	done
	# The output is not kept, so that everything is compiled the next time, too.
	# shellcheck disable=SC2016	# for make
	printf 'all: $(patsubst %%.c,%%.o,$(wildcard *.c))\n%%.o: %%.c\n\tgcc -O1 -c -o /dev/null $<\n' \
		>"$WORK/c/Makefile"
}

median()
{
	sort -n | sed -n "$(((PAIRS + 1) / 2))p"
}

# pairs NAME PROGRAM: run the function NAME of this script in a shell of its own, in turn
# without and with the module, if PROGRAM is installed
pairs()
{
	local i without with

	command -v "$2" >/dev/null || return 0
	: >"$WORK/without"
	: >"$WORK/with"
	: >"$WORK/said"
	# So that its files are in the page cache.
	"$0" run "$1" >/dev/null
	for ((i = 0; i < PAIRS; i++)); do
		"$COST" 1 "$0" run "$1" | cut -f1 >>"$WORK/without"
		insmod "$PAGESTAT_KO"
		"$COST" 1 "$0" run "$1" | cut -f1 >>"$WORK/with"
		rmmod pagestat
	done
	without=$(median <"$WORK/without")
	with=$(median <"$WORK/with")
	printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$without" "$with" \
		"$(awk -v a="$without" -v b="$with" 'BEGIN { printf "%.2f", (b / a - 1) * 100 }')" \
		"$(paste -sd';' "$WORK/said")"
}

if [ "${1:-}" = run ]; then
	"$2"
	exit
fi
mkdir -p "$WORK"
sources
"${COST%/*}/faults" settle
pairs redis redis-server
pairs compile gcc
pairs forks stress-ng
