#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# seeds.sh - write valid inputs, with which the fuzzer begins: the module's files as in the
# tests of the tool, command lines, recordings
#
# usage: seeds.sh FOLDER
#
# Makes a folder for each target.  Recordings need python3.

set -eu
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
# shellcheck disable=SC2034	# used by the libraries of the tests
TESTS=$(cd "$here/../../userspace/tests" && pwd) HEADER=$here/../../module/uapi/pagestat.h
# shellcheck source=../../userspace/tests/lib.sh
. "$TESTS/lib.sh"
# shellcheck source=../../userspace/tests/test-latency.sh
. "$TESTS/test-latency.sh"

# Few columns, so that most mutations change something that the tool reads.
COUNTERS=(minor major cow swapin reclaim_ns)
SYSTEM=(since_ns page_size lost_tasks latency_ns)

mkdir -p "$1"/{files,command_line,texts,recording,samples}
cd "$1"

# file NAME: print the file on stdin, as an input of the harness has it
file()
{
	echo "=$1"
	cat
}

# looks OPTIONS: print an input of options and the files of two samples
looks()
{
	file ask <<<"$1"
	processes_file | file processes
	system_file | file system
	probes_file | file probes
	{ exited_header; exited_row pid=9 comm=gone minor=5 end_ns=77 exit_code=256; } | file exited
	echo 0::/init.scope | file cgroup
	echo "="
	{ processes_file; row pid=4194305 uid=7 comm='new\033[1m' minor=18446744073709551615; } |
		file processes
	system_file since_ns=7200000000000000 minor=123 | file system
}

latencies()
{
	join "${LATENCY[@]}"
	latency_row pid=310 start_ns=310000000 kind=anon minor="$1" sum_ns=484000 max_ns=90000 \
		ns_1024="$1"
	latency_row pid=0 kind=swapin_io major=3 sum_ns=7000000000 max_ns=4000000000 \
		ns_1048576=1 ns_2147483648=2 comm='(ended)'
}

asked=(-a '-a --json -o all' '-a --csv' '--openmetrics --by command -n 1 --rest'
	'--by cgroup --raw -o +swapin' '--by user --sort -major,+minor' '-p 310 -C sys* 5'
	'--jsonl 1' '--exited' '--by thread' '-u 1000 --cgroup / --since 5m')
for ((i = 0; i < ${#asked[@]}; i++)); do
	looks "${asked[i]}" >"files/processes-$i"
done
cp "$TESTS"/captured/pagestat/processes files/captured
sed -i '1i =processes' files/captured
for i in --system --probes '--system --json' '--probes --csv' '--system --openmetrics'; do
	looks "$i" >"files/${i//[ -]/_}"
done
{ file ask <<<"--by thread"; { thread_header; thread_row pid=1 tid=2; } | file threads
  system_file | file system; } >files/threads
for i in '' ' --json' ' -C te*'; do
	{
		file ask <<<"latency$i"
		latencies 80 | file latency
		system_file | file system
		return_probe attached return-shared 3 | file probes
		echo 0-3,8 | file possible
		echo 4096 | file max_faults
		printf 'MemTotal: 100 kB\nMemAvailable: 7 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n' |
			file meminfo
		printf '%s avg10=0.1 avg60=2.3 avg300=44.5 total=9\n' some full | file pressure
		echo "="
		latencies 99 | file latency
	} >"files/latency${i//[ -]/_}"
done
printf '4:memory:/a/b\n0::/c\n' | file cgroup >files/cgroup

i=0
while read -r line; do
	i=$((i + 1))
	echo -n "$line" >"command_line/$i"
done <<-'LINES'
	-a --json -o pid,minor,comm --sort -cow,+pid 0.5 10
	replay --since 2026-01-31T14:30 rec
	replay --since 14:30:00 --openmetrics rec
	--since 1.5d -u nobody -C a* -p 1,22,333
	plot -o x.svg --lines cow,major --by command -n 3 rec
	record -o FILE --by thread 5
	run -r 10 --children -o all -- sh -c true
	latency -p 1 --jsonl 10 1
	latency status
	lab -i --size 16M --thp on cow
	lab replacement --string 1,2,3 --frames 3 --seed 4 --plot a.png
	top --by cgroup --replay rec
	--textfile /x --system
	--help
LINES

printf '%b' 'worker\\011x \\033[1m \\000 \\477' >texts/escaped
printf '%b' 'caf\303\251 \342\200\256 \302\233 \360\237\230\200 \377" \134' >texts/bytes
printf '1 2 3 4 1 2 5 1 2 3 4 5' >texts/belady
printf '0x7f00,0x7f01\n0x7f00' >texts/addresses

command -v python3 >/dev/null || exit 0
COUNTERS="${COUNTERS[*]}" PYTHONPATH=$TESTS:$here PYTHONDONTWRITEBYTECODE=1 \
	python3 "$here/seeds.py"
rm made
