#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# top.sh - measure the CPU time of pagestat top with 5,000 processes, all of whose
# counters grow every second, and with as many ended processes as the module keeps
#
# usage: top.sh [SECONDS]
#
# It reads files that are made here: no module and no root needed.  The tool has to be
# built.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

SECONDS_EACH=${1:-10}
TESTS=$TOP/userspace/tests HEADER=$TOP/module/uapi/pagestat.h
# shellcheck source=../../userspace/tests/lib.sh
. "$TESTS/lib.sh"
work=$(mktemp -d)
trap 'tmux -S "$work/tmux" kill-server 2>/dev/null || :; kill $changer 2>/dev/null || :; rm -rf "$work"' EXIT
changer=
cd "$work"
tree

# rows HEADER NR FROM VERSION: print NR rows, whose numbers grow with the version
rows()
{
	awk -v header="$1" -v nr="$2" -v from="$3" -v version="$4" '
		function value(name, p) {
			if (name == "uid")
				return p % 20
			if (name == "start_ns" || name == "end_ns")
				return p + 1000 * (name == "end_ns")
			if (name == "ppid" || name == "exit_code")
				return 1
			return p * 7 + version * (1 + p % 13)
		}
		BEGIN {
			print header
			columns = split(header, name, "\t")
			for (p = from; p < from + nr; p++) {
				line = p
				for (c = 2; c < columns; c++)
					line = line "\t" value(name[c], p)
				print line "\tprocess-" p % 200
			}
		}'
}

for ((p = 10; p < 5010; p++)); do
	mkdir -p "proc/$p"
	echo "0::/system.slice/service-$((p % 150)).service" >"proc/$p/cgroup"
done 2>/dev/null
# More than are looked at, or the last table is at rest.
versions=$((4 * SECONDS_EACH + 20))
for ((v = 0; v < versions; v++)); do
	rows "$(header)" 5000 10 $v >"processes.$v"
	rows "$(exited_header)" 4096 $((100000 + 50 * v)) 0 >"exited.$v"
done
(
	for ((v = 0; v < versions; v++)); do
		ln -f "processes.$v" new && mv new "$T/processes"
		ln -f "exited.$v" new && mv new "$T/exited"
		sleep 0.9
	done
) &
changer=$!

# cpu PID: print its CPU time so far, in ticks
cpu()
{
	awk '{ print $14 + $15 }' "/proc/$1/stat"
}

for options in '' '--by cgroup' '-o +user,cgroup --sort minor,comm'; do
	tmux -S tmux -f /dev/null new-session -d -x 200 -y 50 \
		"exec '$TOP/userspace/pagestat' top $options 2>err"
	pid=$(tmux -S tmux display -p '#{pane_pid}')
	sleep 2
	before=$(cpu "$pid")
	sleep "$SECONDS_EACH"
	after=$(cpu "$pid")
	tmux -S tmux capture-pane -p | head -n 1
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$SECONDS_EACH" \
		-v options="$options" 'BEGIN {
		printf "pagestat top %s: %.1f %% of a processor\n", options, 100 * ticks / hz / s }'
	tmux -S tmux kill-server
	sleep 0.5
done
