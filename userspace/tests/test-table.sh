# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The table of processes: its columns, its rows, their order

test_table_as_ever()
{
	tree
	tool 0
	expected table
	silent
}

test_table_of_a_real_kernel()
{
	PAGESTAT_DEBUGFS=$TESTS/captured tool 0 -a
	expected captured
}

test_table_fits_80_columns()
{
	tree
	row pid=4194304 minor=99999999 major=999999 cow=9999999 reuse=999999 \
		zerofill=99999999 filemap=9999999 swapin=999999 comm=123456789012345 >>"$T/processes"
	sed -i '/^4194304\t1\t65534/d' "$T/processes"
	tool 0
	[ "$(wc -L <out)" -le 80 ]
}

test_table_all_rows()
{
	tree
	tool 0 --all -o pid,comm
	prints 'PID COMMAND' '1 systemd' '2 kthreadd' '310 bash' '4194304 Web Content'
}

test_columns_in_the_order_asked_for()
{
	tree
	tool 0 -p 310 -o comm,COW,Minor,command,pid
	prints 'COMMAND COW MINOR PID' 'bash 25601 5000 310'
}

test_columns_added_are_left_of_the_name()
{
	tree
	tool 0 -p 310 -o +swapout,cow,ppid
	prints 'PID MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN SWAPOUT PPID COMMAND' \
		'310 5000 2 25601 0 0 0 - 0 1 bash'
}

test_columns_of_a_set()
{
	tree
	tool 0 -p 310 -o @cow
	prints 'PID COW COW_ANON COW_FILE COW_KSM COW_HUGE REUSE UNSHARE COMMAND' \
		'310 25601 25601 0 0 0 0 0 bash'
	tool 0 -p 310 -o cow,@FILE,@cow,pid
	prints 'COW MAJOR FILEMAP COW_FILE REFAULT THRASH COW_ANON COW_KSM COW_HUGE REUSE UNSHARE PID' \
		'25601 2 0 0 0 0 25601 0 0 0 0 310'
	tool 0 --by user -u 1000 -o @numa,@stall
	grep -q '^PROCS MINOR NUMA STALL STALL_NS RECLAIM .* THROTTLE_NS USER$' \
		<(sed 's/  */ /g; s/^ //' out)
	tool 0 -p 310 -o +@numa
	prints 'PID MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN NUMA COMMAND' \
		'310 5000 2 25601 0 0 0 - 0 bash'
	tool 2 -o @nosuch
	says 'no column is called "@nosuch"'
	tool 2 --sort @cow
	tool 0 --columns --json
	json '.sets | length == 6 and all(.name[:1] == "@" and (.columns | length > 1) and .text != "")'
	json '(.sets | map(.columns) | add) - (.columns | map(.name)) == []'
}

test_columns_all()
{
	tree
	tool 0 --no-headings -r -p 1 -o all
	[ "$(wc -w <out)" -eq $((7 + ${#COUNTERS[@]} + 3)) ]
}

test_columns_are_those_of_the_header()
{
	local name unit

	tool 0 --columns --raw --no-headings
	cut -d' ' -f1 out >names
	printf '%s\n' pid tid ppid uid start_ns end_ns exit_code cgroup_id procs "${COUNTERS[@]}" \
		user cgroup comm @swap @cow @huge @numa @stall @file | diff - names
	counters | tr '\t' ' ' |
		while read -r name unit; do
			grep -q "^$name $unit " out
		done
	tool 0 --columns --json
	json '[.columns[] | select(.text == "" or .unit == "")] == []'
}

# The module may be newer: it adds columns anywhere left of comm.
test_columns_unknown_and_in_another_order()
{
	tree
	tool 0 -o all
	mv out before
	awk -F'\t' -v OFS='\t' '{ $1 = "x" NR OFS $1; $3 = $3 OFS "y" NR; $NF = NR OFS $NF; print }' \
		"$T/processes" | sed '1s/\t1\tcomm/\tz\tcomm/' >p
	mv p "$T/processes"
	tool 0 -o all
	diff before out
	silent
}

# The module may be older: what it does not count is unknown, not 0.
test_columns_that_are_not_there()
{
	tree
	cut -f 1-6,8- "$T/processes" >p
	mv p "$T/processes"
	tool 0 -p 1
	says 'no counter cow:'
	prints 'PID MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN COMMAND' \
		'1 123456 98 - 22 7000 3000 0 systemd'
}

test_columns_of_other_files_that_are_not_there()
{
	tree
	cut -f 1-6,8- "$T/system" >s
	mv s "$T/system"
	cut -f 1-5,7- "$T/probes" >p
	mv p "$T/probes"
	tool 0
	silent
	tool 0 --json -p 1
	json '.pagestat | .lost_hits == null and .missed == 0'
	tool 0 --probes --json
	json '.probes[0] | .hits == null and .missed == 0'
}

test_rows_by_pid()
{
	tree
	tool 0 -p 310,2 -p 1 -o pid
	prints PID 1 2 310
	silent
}

test_rows_by_many_pids()
{
	local pids

	tree
	for ((pid = 5000; pid > 4000; pid -= 2)); do
		row pid=$pid minor=1
	done >>"$T/processes"
	pids=$(seq 4999 -3 4001 | paste -sd,)
	tool 1 -p "$pids" -p "$pids" -p 310 -r --no-headings -o pid
	{ echo 310; seq 4999 -3 4001 | awk '$1 % 2 == 0' | sort -n; } | diff - out
	[ "$(wc -l <err)" -eq "$(seq 4999 -3 4001 | awk '$1 % 2' | wc -l)" ]
}

test_rows_by_pid_that_is_not_there()
{
	tree
	tool 1 -p 1,77 -p 78 -o pid
	prints PID 1
	says '-p 77:' '-p 78:'
}

test_rows_by_name()
{
	tree
	tool 0 -C bash -C 'Web*' -o pid
	prints PID 310 4194304
	tool 1 -C bas -o pid
	says '-C "bas":'
	row pid=9 comm='a[b]' minor=1 >>"$T/processes"
	tool 0 -C 'a[b]' -o pid
	prints PID 9
}

test_rows_of_a_pattern_may_be_hidden()
{
	tree
	tool 0 -C kthreadd
	[ ! -s out ]
	says 'nothing was counted yet'
}

test_sort_counters_largest_first()
{
	tree
	tool 0 --sort cow -o pid
	prints PID 310 1 4194304
	tool 0 --sort +cow -o pid
	prints PID 4194304 1 310
}

test_sort_others_smallest_first()
{
	tree
	tool 0 --sort comm -o pid
	prints PID 4194304 310 1
	tool 0 --sort -pid -o pid
	prints PID 4194304 310 1
}

test_sort_unknown_last()
{
	tree
	tool 0 --sort swapin -o pid
	prints PID 4194304 1 310
	tool 0 --sort +swapin -o pid
	prints PID 1 4194304 310
}

test_limit()
{
	tree
	tool 0 --sort minor -n 2 -o pid
	prints PID 1 310
	tool 0 -n 99 -o pid
	prints PID 1 310 4194304
}

test_raw_and_no_headings()
{
	tree
	tool 0 -r --no-headings -p 4194304 -o comm,swapin
	[ "$(cat out)" = 'Web\040Content 12' ]
}

# \ooo is what the module writes; what is left is for the tool to make safe.
test_names_that_would_fool_a_terminal()
{
	tree
	{
		row pid=5 minor=1 comm='a\012b\033[2J\134\177'
		row pid=6 minor=1 comm=$'\xff\xc3\xa4\xc2\x9b'
		row pid=7 minor=1 comm=$'\\9 \\77\\400\\000\\'
		row pid=8 minor=1 comm=
		row pid=9 minor=1 comm=$'\xe2\x80\xae7 5'
	} >>"$T/processes"
	tool 0 -p 5,6,7,8,9 -o pid,comm
	prints 'PID COMMAND' '5 a\012b\033[2J\134\177' $'6 \\377\xc3\xa4\\302\\233' \
		'7 \1349 \13477\134400\134000\134' 8 '9 \342\200\2567 5'
	LC_ALL=C tool 0 -p 6 -o comm
	prints COMMAND '\377\303\244\302\233'
	tool 0 -C $'a\nb*' -o pid
	prints PID 5
}

test_ten_thousand_processes()
{
	local begin

	tree
	awk -v row="$(row pid=PID minor=3 comm=many)" 'BEGIN {
		for (pid = 10000; pid > 0; pid--) {
			line = row
			gsub(/PID/, pid, line)
			print line
		}
	}' >rows
	{ header; cat rows; } >"$T/processes"
	begin=$SECONDS
	tool 0 -o all
	[ "$(wc -l <out)" -eq 10001 ]
	[ $((SECONDS - begin)) -le 20 ]
	tool 0 --json
	json '.processes | length == 10000 and .[0].pid == 1'
}

test_system()
{
	tree
	system_file minor=99 swapin=- >"$T/system"
	tool 0 --system
	grep -Eq '^page_size +4096 +bytes +' out
	grep -Eq '^minor +99 +faults +' out
	grep -Eq "^silenced +no +yes or no +" out
	system_file tested=1 >"$T/system"
	tool 0 --system
	grep -Eq "^tested +yes +yes or no +" out
	tool 0 --system --raw
	grep -Eq "^tested 1 " out
	system_file minor=99 swapin=- >"$T/system"
	tool 0 --system
	grep -Eq '^swapin +- +pages +' out
	silent
}

test_probes()
{
	tree
	tool 0 --probes
	grep -Eq '^fault +handle_mm_fault +yes +attached +ftrace +1234 +0 +0 .*filemap,other$' out
	grep -Eq '^swap-map +- +no +missing +- +0 +0 +0 .*swapin,swapin_io,swapin_cache$' out
	[ "$(wc -l <out)" -eq 3 ]
}

test_losses_are_said()
{
	tree
	system_file lost_tasks=3 missed=70 >"$T/system"
	tool 0
	[ "$(wc -l <err)" -eq 1 ]
	says 'lost_tasks 3' 'missed 70'
	expected table
	tool 0 --system
	says 'lost_tasks 3'
	system_file silenced=1 >"$T/system"
	tool 0
	[ "$(wc -l <err)" -eq 1 ]
	says 'nothing is being counted' 'kprobes/enabled'
	expected table
}
