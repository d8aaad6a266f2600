# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2317	# give_samples() is called by watch_samples
#
# Processes that have ended, of a report and of an interval

test_exited()
{
	tree
	{
		exited_header
		exited_row pid=20 uid=0 comm=cc1 minor=5 exit_code=256 end_ns=5000
		exited_row pid=20 uid=0 comm=cc1 minor=7 exit_code=0 start_ns=9 end_ns=6000
		exited_row pid=19 uid=77 comm=sh exit_code=9 end_ns=7000
	} >"$T/exited"
	tool 0 --exited -a
	prints 'PID EXIT_CODE MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN COMMAND' \
		'19 SIGKILL 0 0 0 0 0 0 0 sh' '20 0 7 0 0 0 0 0 0 cc1' '20 1 5 0 0 0 0 0 0 cc1'
	tool 0 --exited --by command -r --no-headings -o comm,procs,minor
	prints 'cc1 2 12'
	tool 0 --exited --sort end_ns -u 77 -a -r --no-headings -o pid,end_ns
	prints '19 7000'
	tool 0 --exited --since 1 -a
	[ "$(wc -l <out)" -le 1 ]
	exited_row pid=21 start_ns=1 end_ns="$(awk '{ printf "%.0f", $1 * 1e9 }' /proc/uptime)" \
		>>"$T/exited"
	tool 0 --exited --since 10 -a -r --no-headings -o pid
	prints 21
	tool 1 --exited -p 1
	tool 2 --exited --by thread
	tool 2 --exited --by cgroup
	rm "$T/exited"
	tool 5 --exited
	tool 0
}

test_exited_as_a_shell_has_it()
{
	tree
	{
		exited_header
		exited_row pid=30 minor=1 end_ns=500 exit_code=0 comm=good
		exited_row pid=31 minor=9 end_ns=300 exit_code=768 comm=three
		exited_row pid=32 minor=2 end_ns=900 exit_code=15 comm=term
		exited_row pid=33 minor=3 end_ns=700 exit_code=139 comm=core
		exited_row pid=34 minor=4 end_ns=600 exit_code=36 comm=realtime
		exited_row pid=35 minor=5 end_ns=100 exit_code=65280 comm=most
	} >"$T/exited"
	tool 0 --exited -o pid,exit_code,comm
	prints 'PID EXIT_CODE COMMAND' '32 SIGTERM term' '33 SIGSEGV core' '34 SIG36 realtime' \
		'30 0 good' '31 3 three' '35 255 most'
	[ "$(sed -n 2p out)" = ' 32   SIGTERM term' ]
	tool 0 --exited -o exit_code -r --no-headings
	prints 143 139 164 0 3 255
	tool 0 --exited -o exit_code --csv --no-headings --sort exit_code
	prints 0 3 139 143 164 255
	tool 0 --exited -o exit_code --json
	json '[.processes[].exit_code] == [143, 139, 164, 0, 3, 255]'
	# A few are the last ones.
	tool 0 --exited -n 2 -r --no-headings -o pid
	prints 32 33
	# By what bash makes of it.
	for status in 'exit 3' 'kill -9 $$' 'exit 137'; do
		code=$(bash -c "bash -c '$status' 2>/dev/null; echo \$?")
		raw=$(python3 -c 'import os, sys; print(os.system(sys.argv[1]))' "exec bash -c '$status'")
		{ exited_header; exited_row pid=30 minor=1 end_ns=5 exit_code="$raw"; } >"$T/exited"
		tool 0 --exited -o exit_code -r --no-headings
		prints "$code"
	done
}

# next_two SYSTEM: rows of processes on stdin, those of exited in the file "ends"
next_two()
{
	{ exited_header; cat ends; } >"$T/exited"
	next_sample
}

test_interval_shows_who_ended()
{
	samples
	give_samples()
	{
		: >ends
		{ row pid=5 minor=100 comm=old; row pid=6 minor=50 comm=stays; } | next_two
		{
			exited_row pid=5 minor=130 comm=old exit_code=256 end_ns=5
			exited_row pid=7 minor=8 comm=brief end_ns=6
		} >ends
		row pid=6 minor=51 comm=stays | next_two
		row pid=6 minor=52 comm=stays | next_two
	}
	watch_samples 0 -o pid,minor,comm 0.1 2
	grep -v counts out >rows
	mv rows out
	prints 'PID MINOR COMMAND' '5 30 old <ended>' '6 1 stays' '7 8 brief <ended>' '' \
		'PID MINOR COMMAND' '6 1 stays' ''
	silent
}

test_interval_who_ended_is_still_in_its_cgroup()
{
	samples
	cgroup 5 /old
	give_samples()
	{
		: >ends
		row pid=5 minor=100 | next_two
		exited_row pid=5 minor=130 end_ns=5 >ends
		row pid=1 minor=1 | next_two
	}
	watch_samples 0 --by cgroup --no-headings -o cgroup,procs,minor 0.1 1
	prints '/init.scope 1 1' '/old 1 30'
}

# It ends between the reading of "processes" and that of "exited": in both at first.
test_interval_shows_who_ends_meanwhile_once()
{
	samples
	give_samples()
	{
		: >ends
		row pid=5 minor=100 | next_two
		exited_row pid=5 minor=130 end_ns=5 exit_code=7 >ends
		row pid=5 minor=120 | next_two
		row pid=1 minor=1 | next_two
		row pid=1 minor=1 | next_two
	}
	watch_samples 0 --csv --no-headings -o pid,minor,exit_code 0.1 3
	cut -d, -f3- out >rows
	mv rows out
	prints 5,20, 1,1, 5,10,135
}

test_interval_of_the_exited()
{
	samples
	give_samples()
	{
		: >ends
		{ row pid=5 minor=100 comm=a; row pid=6 comm=a; } | next_two
		{
			exited_row pid=5 minor=130 end_ns=5 comm=a
			exited_row pid=9 minor=4 end_ns=5 comm=a
		} >ends
		row pid=6 minor=1 comm=a | next_two
	}
	watch_samples 0 --exited --by command -r --no-headings -o comm,procs,minor 0.1 1
	prints 'a 2 34'
}

test_interval_of_more_than_is_remembered()
{
	samples
	give_samples()
	{
		exited_row pid=20 end_ns=1 >ends
		row pid=5 minor=1 | next_two
		exited_row pid=21 end_ns=2 minor=1 >ends
		row pid=5 minor=1 | next_two
	}
	watch_samples 0 -r --no-headings -o pid 0.1 1
	prints 21
	says 'more processes ended than the module keeps'
}
