# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Counters by the second (--rate), and times as a share of the time (--share)

# An interval of 4 seconds; of three processes, two are of one command.  The totals are those
# of 10, 20 and, as the counts go back no further, 1003.5 seconds.
record_times()
{
	make_recording <<-'END'
		r = Recording("rec")
		r.sample([dict(pid=1, comm="a", start_ns=994 * SECOND, minor=1),
		          dict(pid=2, comm="b", start_ns=984 * SECOND, cow=None),
		          dict(pid=3, comm="b", start_ns=1)], seconds=0)
		r.sample([dict(pid=1, comm="a", start_ns=994 * SECOND, minor=11, cow=1,
		               stall_ns=SECOND, stall=3),
		          dict(pid=2, comm="b", start_ns=984 * SECOND, minor=1, cow=None,
		               stall_ns=10 * SECOND),
		          dict(pid=3, comm="b", start_ns=1, minor=2007, stall_ns=3500000000)],
		         seconds=4)
	END
}

# scaled OPTION...: what the interval is with them
scaled()
{
	tool 0 replay rec --raw "$@"
}

test_scale_of_an_interval()
{
	record_times
	scaled --rate -o pid,minor,cow,stall_ns,comm
	prints 'PID MINOR/S COW/S STALL_NS/S COMMAND' '1 2.50 0.25 250000000.00 a' \
		'2 0.25 - 2500000000.00 b' '3 501.75 0.00 875000000.00 b'
	scaled --share -o pid,minor,stall,stall_ns
	prints 'PID MINOR STALL STALL%' '1 10 3 25.00' '2 1 0 250.00' '3 2007 0 87.50'
	scaled --rate --share -o pid,minor,stall_ns
	prints 'PID MINOR/S STALL%' '1 2.50 25.00' '2 0.25 250.00' '3 501.75 87.50'
	scaled -o pid,minor,stall_ns
	prints 'PID MINOR STALL_NS' '1 10 1000000000' '2 1 10000000000' '3 2007 3500000000'
}

test_scale_of_sums()
{
	record_times
	scaled --share --by command -o comm,stall_ns
	prints 'COMMAND STALL%' 'a 25.00' 'b 337.50'
	scaled --rate --sort -minor -n 1 --rest -o minor,comm
	prints 'MINOR/S COMMAND' '501.75 b' '2.75 <rest>'
}

test_scale_is_aligned()
{
	record_times
	tool 0 replay rec --no-headings --rate --share -o pid,minor,stall_ns,comm
	diff out - <<-'END'
		  1    2.50  25.00 a
		  2    0.25 250.00 b
		  3  501.75  87.50 b
	END
}

test_scale_for_programs()
{
	record_times
	tool 0 replay rec --rate --share -o pid,cow,stall_ns --jsonl
	json '.processes == [{"pid": 1, "cow_per_s": 0.25, "stall_percent": 25},
		{"pid": 2, "cow_per_s": null, "stall_percent": 250},
		{"pid": 3, "cow_per_s": 0, "stall_percent": 87.5}]'
	tool 0 replay rec --rate --share -o pid,cow,stall_ns --csv
	sed -i 's/^2026[^,]*,//' out
	prints end,elapsed_ns,pid,cow_per_s,stall_percent 4000000000,1,0.25,25.00 \
		4000000000,2,,250.00 4000000000,3,0.00,87.50
}

# Totals are those of a life, or since the counts began; of a sum, of the longest.
test_scale_of_totals()
{
	record_times
	tool 0 replay rec --rate --share -o cow,minor,stall_ns --openmetrics
	grep -Ev '^(#|pagestat_doubtful)' out | sed 's/,comm="[ab]"//; s/,cgroup=""//' >lines
	diff lines - <<-'END'
		pagestat_cow_pages_per_second{pid="1"} 0.10
		pagestat_cow_pages_per_second{pid="3"} 0.00
		pagestat_minor_faults_per_second{pid="1"} 1.10
		pagestat_minor_faults_per_second{pid="2"} 0.05
		pagestat_minor_faults_per_second{pid="3"} 2.00
		pagestat_stall_ratio{pid="1"} 0.1000
		pagestat_stall_ratio{pid="2"} 0.5000
		pagestat_stall_ratio{pid="3"} 0.0035
	END
	grep -q '^# TYPE pagestat_stall_ratio gauge$' out
	grep -q '^# UNIT pagestat_stall_ratio ratio$' out
	tool 0 replay rec --by command --rate -o minor --openmetrics
	grep -q '^pagestat_minor_faults_per_second{comm="b"} 2.00$' out
	tool 0 replay rec --rate -o stall_ns --openmetrics
	grep -Eq '^pagestat_stall_seconds_per_second{pid="2".*} 0.50000000000$' out
	openmetrics
}

# By what is shown: the share of who lived for a short time may be larger.
test_scale_and_order()
{
	tree
	header >"$T/processes"
	row pid=5 start_ns=1 minor=100 comm=old >>"$T/processes"
	row pid=6 start_ns=$(($(awk '{ printf "%d", $1 * 1000 }' /proc/uptime) * 1000000 - 2000000000)) \
		minor=99 comm=new >>"$T/processes"
	tool 0 --sort minor --rate --raw --no-headings -o comm
	prints new old
	tool 0 --sort minor --raw --no-headings -o comm
	prints old new
}

test_scale_options()
{
	tree
	tool 2 --rate --system
	tool 2 --share --columns
	tool 2 plot rec --share -o p.svg
	says 'plot --share'
}
