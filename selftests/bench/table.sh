#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# table.sh - make tables of the figures of bench.sh, and compare figures
#
# usage: table.sh markdown|csv FILE
#        table.sh above FILE
#        table.sh [--write]
#
#   markdown	print a table for each kernel of FILE
#   csv		print all of FILE, with how much was added to a fault alone, and the
#		ratio to it
#   above	print what is added by FILE and, in parentheses, by the committed
#		figures; the status is 1 if FILE adds over 5 % more, and over 0.5 % of
#		a fault more, which figures may differ by, or if it has no figures
#   --write	put tables of the committed figures into README.md and
#		module/Documentation/cost.md; without it, print how they differ
#
# Figures are lines of six fields: the kernel, its release, the date, which tool was
# active, the kind of fault, how many instructions one took.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
readonly FIGURES=selftests/bench/figures
readonly DOCUMENT=module/Documentation/cost.md

# The tools, and the heads of their columns.  A "/" is for the ratio of two.
readonly COLUMNS='pagestat=pagestat
two-reader=while another CPU reads
latency=with latency
events=perf record of its events
kprobes=by kprobes
bare=bare kprobes
perf-stat=perf stat
perf-trace=perf trace
bpftrace=bpftrace, faults
bpftrace-stages=bpftrace, stages
bpftrace-latency=bpftrace, latency
bpftrace-stages/pagestat=bpftrace : pagestat
bpftrace-latency/latency=the same for latency'
# For the README: one kernel, and fewer columns.
readonly README_KERNEL=6.12
readonly README_COLUMNS='pagestat=pagestat
latency=with latency
bare=bare kprobes
perf-stat=perf stat
bpftrace-stages=bpftrace
bpftrace-stages/pagestat=bpftrace : pagestat'

# markdown FILE COLUMNS [KERNEL]
markdown()
{
	awk -F '\t' -v columns="$2" -v only="${3:-}" '
	function added(what, fault)
	{
		alone = what ~ /^two-/ ? "two-nothing" : "nothing"
		return (at, what, fault) in cost ? cost[at, what, fault] - cost[at, alone, fault] : ""
	}
	function cell(what, fault,	part, a, b)
	{
		if (split(what, part, "/") == 1) {
			a = added(what, fault)
			return a == "" ? "-" : a
		}
		a = added(part[1], fault)
		b = added(part[2], fault)
		return a == "" || b + 0 <= 0 ? "-" : sprintf("%.1f", a / b)
	}
	only != "" && $1 != only { next }
	!($1 in release) { release[$1] = $2; date[$1] = $3; kernels[++nr] = $1 }
	!(($1, $5) in seen) { seen[$1, $5] = 1; faults[$1, ++nr_faults[$1]] = $5 }
	{ cost[$1, $4, $5] = $6 }
	END {
		n = split(columns, column, "\n")
		for (k = 1; k <= nr; k++) {
			at = kernels[k]
			printf "Linux %s, %s:\n\n| fault | alone |", release[at], date[at]
			for (c = 1; c <= n; c++) {
				split(column[c], part, "=")
				what[c] = part[1]
				printf " %s |", part[2]
			}
			printf "\n|---|---:|"
			for (c = 1; c <= n; c++)
				printf "---:|"
			print ""
			for (f = 1; f <= nr_faults[at]; f++) {
				fault = faults[at, f]
				printf "| %s | %d |", fault, cost[at, "nothing", fault]
				for (c = 1; c <= n; c++)
					printf " %s |", cell(what[c], fault)
				print ""
			}
			print ""
		}
	}' "$1"
}

csv()
{
	awk -F '\t' 'BEGIN { print "kernel,release,date,at_work,fault,instructions,added,ratio" }
	$4 ~ /^(two-)?nothing$/ { alone[$1, $4 ~ /^two/, $5] = $6 }
	{
		base = alone[$1, $4 ~ /^two/, $5]
		printf "%s,%s,%s,%s,\"%s\",%d,%d,%.4f\n", $1, $2, $3, $4, $5, $6,
		       $6 - base, $6 / base
	}' "$1"
}

above()
{
	awk -F '\t' '
	{ cost[FNR == NR, $1, $4, $5] = $6 }
	FNR != NR && $4 != "nothing" && (1, $1, $4, $5) in cost {
		was = cost[1, $1, $4, $5] - cost[1, $1, "nothing", $5]
		is = $6 - cost[0, $1, "nothing", $5]
		compared++
		printf "%s: %s: adds %d instructions (%d)\n", $4, $5, is, was
		if (is > was * 1.05 && is > was + cost[1, $1, "nothing", $5] * 0.005) {
			printf "%s: %s: more than 5 %% above\n", $4, $5
			bad = 1
		}
	}
	END {
		if (!compared)
			print "there are no figures to compare with"
		exit bad || !compared
	}' "$FIGURES" "$1"
}

# filled FILE COLUMNS [KERNEL]: print FILE with the tables in their place
filled()
{
	sed '/^<!-- cost:/q' "$1"
	echo
	markdown "$FIGURES" "${@:2}"
	sed -n '/^<!-- end of cost/,$p' "$1"
}

rewrite()
{
	local new

	new=$(mktemp)
	filled "$@" >"$new"
	cat "$new" >"$1"
	rm -f "$new"
}

differ()
{
	diff -u "$1" <(filled "$@") && return
	echo "$1: run selftests/bench/table.sh --write" >&2
	return 1
}

case ${1:-} in
markdown)	markdown "$2" "$COLUMNS" ;;
csv | above)	"$1" "$2" ;;
--write | '')
	what=differ
	[ $# -eq 0 ] || what=rewrite
	status=0
	$what README.md "$README_COLUMNS" "$README_KERNEL" || status=1
	$what "$DOCUMENT" "$COLUMNS" || status=1
	exit $status
	;;
*)
	sed -n 's/^# \(usage\)*/\1/p' "$0" | sed -n '3,5p' >&2
	exit 1
	;;
esac
