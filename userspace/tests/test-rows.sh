# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2317	# give_samples() is called by watch_samples
#
# Which rows: what they are about, whose they are, since when, and those that ended

# mixed: processes of two users, three cgroups and two commands
mixed()
{
	tree
	{
		header
		row pid=10 uid=0 comm=cc1 minor=100 cow=1
		row pid=11 uid=0 comm=make minor=10 cow=2
		row pid=12 uid=77 comm=cc1 minor=1000 cow=3 swapin=-
		row pid=13 uid=77 comm=bash
	} >"$T/processes"
	cgroup 10 /a
	cgroup 11 /a/b
	cgroup 12 /ab
}

test_by_command()
{
	mixed
	tool 0 --by command
	prints 'PROCS MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN COMMAND' \
		'2 1100 0 4 0 0 0 - cc1' '1 10 0 2 0 0 0 0 make'
	tool 0 --by command -a --sort minor -n 3 -r --no-headings -o comm,procs,minor
	prints 'cc1 2 1100' 'make 1 10' 'bash 1 0'
}

# two_of_one_name: processes whose counters are 1, 2, 3, ... and ten times that
two_of_one_name()
{
	local i
	local -a once=() ten=()

	for i in "${!COUNTERS[@]}"; do
		once+=("${COUNTERS[i]}=$((i + 1))")
		ten+=("${COUNTERS[i]}=$((10 * i + 10))")
	done
	header
	row pid=20 comm=cc1 "${once[@]}"
	row pid=21 comm=cc1 "${ten[@]}"
}

test_by_command_sums_all_counters()
{
	local -a sums
	local i

	tree
	two_of_one_name >"$T/processes"
	for i in "${!COUNTERS[@]}"; do
		sums+=($((11 * i + 11)))
	done
	tool 0 --by command -r --no-headings -o "$(IFS=,; echo "${COUNTERS[*]}")"
	prints "${sums[*]}"
}

# A sum that no number has room for is the largest there is, and said to be.
test_sums_that_are_too_large()
{
	local most=18446744073709551615

	tree
	{
		header
		row pid=20 comm=cc1 minor=$most cow=5
		row pid=21 comm=cc1 minor=2 cow=$most
		row pid=22 comm=make minor=$most cow=$most
		row pid=23 comm=make minor=1
	} >"$T/processes"
	tool 0 --by command -r --no-headings -o comm,minor,cow
	prints "cc1 $most $most" "make $most $most"
	[ "$(wc -l <err)" -eq 1 ]
	says 'a sum is too large: 18446744073709551615 stands for that or more'
	tool 0 -n 1 --rest -r --no-headings -o comm,minor --sort pid
	prints "cc1 $most" "<rest> $most"
	says 'a sum is too large'
	tool 0 -r --no-headings -o pid,minor
	silent
}

test_sums_that_are_too_large_for_a_picture()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(3):
		    r.sample([dict(pid=p, comm="cc1", cow=i << 63) for p in (1, 2)],
		             system=dict(cow=i))
	END
	fed 0 plot rec --lines cow --by command -p 1,2
	says 'a sum is too large'
	grep -q 'e+1[89]' fed
}

# An id that is no uid of this machine is nobody's, least of all root's.
test_users_beyond_32_bits()
{
	tree
	{
		header
		row pid=5 minor=1 uid=4294967296
		row pid=6 minor=1 uid=$(((1 << 32) + 1000))
		row pid=7 minor=1 uid=4294967295
	} >"$T/processes"
	tool 0 -r --no-headings -o pid,user
	prints '5 4294967296' '6 4294968296' '7 4294967295'
	tool 0 --by user -r --no-headings -o uid,user
	prints '4294967295 4294967295' '4294967296 4294967296' '4294968296 4294968296'
	usage_error -u 4294967296
	usage_error -u 4294967295
}

test_by_user()
{
	mixed
	tool 0 --by user -o uid,user,procs,minor -r --no-headings
	prints '0 root 2 110' '77 77 2 1000'
}

test_by_cgroup()
{
	mixed
	tool 0 --by cgroup -a -r --no-headings -o cgroup,procs,minor
	prints '/a 1 100' '/a/b 1 10' '/ab 1 1000' '- 1 0'
	tool 0 --by cgroup
	[ "$(wc -L <out)" -le 80 ]
}

test_by_cgroup_of_the_memory_controller()
{
	mixed
	printf '%s\n' 12:pids:/p 4:cpu,memory:/m 1:name=systemd:/s 0::/z \
		>"$PAGESTAT_PROC/10/cgroup"
	printf '%s\n' 12:pids:/p 4:memoryless:/m 0::/with:colon >"$PAGESTAT_PROC/11/cgroup"
	echo garbage >"$PAGESTAT_PROC/12/cgroup"
	tool 0 -r --no-headings -o cgroup
	prints /m /with:colon -
}

# One look at /proc is enough for all processes of a group whose number is known.
test_cgroup_by_its_number()
{
	# shellcheck disable=SC2034	# lib.sh uses it
	local IDENTITY=(pid ppid uid start_ns cgroup_id) top

	mixed
	top=$(stat -c %i /sys/fs/cgroup)
	{
		header
		row pid=10 cgroup_id="$top"
		row pid=11 cgroup_id="$top"
		row pid=12 cgroup_id=$((top + 1))
		row pid=13 cgroup_id=0
	} >"$T/processes"
	cgroup 10 /
	cgroup 13 /c
	tool 0 -a -r --no-headings -o pid,cgroup_id,cgroup
	# Of 12 the number is not that of any directory: it has moved meanwhile.
	prints "10 $top /" "11 $top /" "12 $((top + 1)) /ab" '13 0 /c'
}

test_by_thread()
{
	mixed
	{
		thread_header
		thread_row pid=10 tid=12 minor=5 comm=worker
		thread_row pid=10 tid=10 minor=95 comm=cc1
		thread_row pid=9 tid=9
	} >"$T/threads"
	tool 0 --by thread
	prints 'PID TID MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN COMMAND' \
		'10 10 95 0 0 0 0 0 0 cc1' '10 12 5 0 0 0 0 0 0 worker'
	tool 0 --by thread -p 9 -o tid -r --no-headings
	prints 9
	thread_row pid=10 tid=12 minor=5 >>"$T/threads"
	tool 5 --by thread
	says 'process 10 is there twice'
	rm "$T/threads"
	tool 5 --by thread
	says "$T/threads: missing"
}

test_user()
{
	mixed
	tool 0 -u root -r --no-headings -o pid
	prints 10 11
	tool 0 -u 77 -r --no-headings -o pid,user
	prints '12 77'
	tool 0 -u 77 -C bash -a -r --no-headings -o pid
	prints 13
	tool 2 -u no-such-user
	says '-u "no-such-user": there is no such user'
}

test_cgroup()
{
	mixed
	for path in /a a a/ /sys/fs/cgroup/a; do
		tool 0 --cgroup "$path" -r --no-headings -o pid
		prints 10 11
	done
	tool 0 --cgroup / -a -r --no-headings -o pid
	prints 10 11 12
	tool 0 --cgroup /a/b --by user -r --no-headings -o user,procs
	prints 'root 1'
	tool 1 --cgroup /nosuch
	[ ! -s out ]
}

test_since()
{
	local now

	tree
	now=$(awk '{ printf "%.0f", $1 * 1e9 }' /proc/uptime)
	{
		header
		row pid=9 start_ns=0 minor=1
		row pid=10 start_ns=1000 minor=1
		row pid=11 start_ns=$((now - 20000000000)) minor=1
		row pid=12 start_ns=$((now - 2000000000)) minor=1
	} >"$T/processes"
	tool 0 --since 10 -r --no-headings -o pid
	prints 12
	for since in 100s 2m 1h 1d 00:00:00; do
		tool 0 --since $since -r --no-headings -o pid
		grep -qx 12 out
	done
	tool 0 --since 1970-01-02 -r --no-headings -o pid
	prints 9 10 11 12
	for since in 10sec -10 -10s; do
		tool 0 --since $since -r --no-headings -o pid
		prints 12
	done
	for since in 2min -2minutes 1hour -24h 1day 1w yesterday 'yesterday 00:00' today now; do
		tool 0 --since "$since" -r --no-headings -o pid
	done
	for since in '' x 5x 1.2.3 25:00 2999-01-01 --1 '5 m' 2026-01-31x 2026-02-30 2025-02-29 \
		     2026-04-31 '2026-02-30 10:00' 2026-13-01 2026-00-10 2026-01-00 12:60 tomorrow \
		     '5|' '|' 2026-01-31T '2026-01-31 10' 2026-01-31T10:00:00. 2026-01-31T10:00+1 \
		     10:00:61 2026-1-1 yesterdayx 5ms; do
		tool 2 --since "$since"
		says "--since \"$since\": no moment in the past"
	done
}

# The moments that are taken: each is the second before a process was born, or it is not.
test_since_takes_every_spelling()
{
	local boot since

	tree
	# When the machine was started, by the clock on the wall
	boot=$(awk -v now="$(date +%s.%N)" '{ printf "%.3f", now - $1 }' /proc/uptime)
	{
		header
		row pid=1 start_ns=1000000000 minor=1
		row pid=2 start_ns=5000000000 minor=1
	} >"$T/processes"
	since=$(date -u -d "@$(awk -v b="$boot" 'BEGIN { printf "%.3f", b + 3 }')" +%Y-%m-%dT%H:%M:%S.%3N)
	for spelling in "$since" "${since/T/ }" "${since}Z" "${since}+00:00" "${since}+0000" \
			"$(TZ=Asia/Kolkata date -d "${since}Z" +%Y-%m-%dT%H:%M:%S.%3N)+05:30" \
			"$(TZ=America/New_York date -d "${since}Z" +%Y-%m-%dT%H:%M:%S.%3N%:z)"; do
		tool 0 --since "$spelling" -r --no-headings -o pid
		prints 2
	done
	# A time without an offset is that of the time zone here.
	TZ=EST5 tool 0 --since "$(TZ=EST5 date -d "${since}Z" '+%Y-%m-%d %H:%M:%S.%3N')" -r --no-headings -o pid
	prints 2
}

# What we print is what we take.
test_since_takes_what_is_printed()
{
	local end zone

	make_recording <<-'END'
		r = Recording("rec")
		for i in range(12):
		    r.sample([dict(pid=p, minor=i, start_ns=(1000 * 10 + 2 * p - 1) * 10**8) for p in range(1, 8) if p <= i],
		             seconds=0.2)
	END
	for zone in UTC Asia/Kolkata America/St_Johns; do
		TZ=$zone tool 0 replay rec --csv -o pid,minor
		# Each interval has another end.
		[ "$(sed 1d out | cut -d , -f 1 | sort -u | wc -l)" -eq 11 ]
		lacks_not '^....-..-..T..:..:..[.][0-9][0-9][0-9][+-]..:..,' out
		end=$(sed 1d out | cut -d , -f 1 | sort -u | sed -n 4p)
		[ "$(date -d "$end" +%s.%3N)" = "$(python3 -c 'import datetime, sys
print("%.3f" % datetime.datetime.fromisoformat(sys.argv[1]).timestamp())' "$end")" ]
		TZ=$zone tool 0 replay rec --since "$end" --csv -o pid --no-headings
		cut -d , -f 3 out | sort -u | paste -sd, >born
		[ "$(cat born)" = 6,7 ] || { cat born; return 1; }
	done
}

# lacks_not REGEX FILE: every line but the first matches
lacks_not()
{
	! sed 1d "$2" | grep -vE -e "$1"
}

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

# All filters by one rule: what nobody is, is told, and is status 1; the rest is shown.
test_filters_that_match_nothing()
{
	mixed
	tool 1 --cgroup /nope
	says '--cgroup /nope: no process in it or below'
	tool 1 -u 4321
	says '-u 4321: no process of that user'
	tool 1 -C nope
	says '-C "nope": no process of that name'
	tool 1 -p 99
	says '-p 99: no such process'
	[ ! -s out ]
	tool 1 -p 10,99 -C 'cc*' -C nope -r --no-headings -o pid
	prints 10 12
	[ "$(wc -l <err)" -eq 2 ]
	# each is there, but no process is all of it
	tool 1 --cgroup /a -u 77
	says 'no process is all that was asked for'
	[ "$(wc -l <err)" -eq 1 ]
	tool 0 --cgroup /a -u root -C make -r --no-headings -o pid
	prints 11
	# who is there, but did nothing, is there
	tool 0 -C bash
	says 'nothing was counted yet'
	tool 1 --by command -u 4321 --csv
	tool 1 --json --cgroup /nope
	tool 1 --openmetrics -C nope
}

test_filters_that_match_nothing_in_intervals()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 comm=early | next_sample
		row pid=6 minor=1 comm=late uid=77 | next_sample
		row pid=6 minor=2 comm=late uid=77 | next_sample
	}
	watch_samples 1 -C early -C nope 0.1 2
	says '-C "nope": no process of that name'
	[ "$(wc -l <err)" -eq 1 ]
	# Not there at first: it is told, and waited for.
	watch_samples 0 -C late -r --no-headings -o pid,minor 0.1 2
	says '-C "late": no process'
	prints '6 1' '6 1'
	watch_samples 0 -u 77 -r --no-headings -o pid,minor 0.1 2
	prints '6 1' '6 1'
	watch_samples 1 -u 78 0.1 2
	says '-u 78: no process of that user'
}

test_filters_that_match_nothing_in_a_recording()
{
	story rec
	tool 1 replay rec -C nope
	says '-C "nope": no process of that name in the recording'
	tool 1 replay rec -u 4321
	says '-u 4321: no process of that user in the recording'
	tool 1 replay rec --cgroup /nope
	says '--cgroup /nope: no process in it or below in the recording'
	tool 0 replay rec -C brief -r --no-headings -o pid
	prints 77
	lacks brief err
	tool 1 replay rec --openmetrics -C nope
}

# Of a few, those that did most: by the first counter that is shown.
test_a_few_are_the_most_active()
{
	tree
	{
		header
		for i in 1 2 3 4 5 6; do
			row pid=$i minor=$((i * 10)) cow=$((60 / i)) comm=c$((i % 3)) uid=$((i % 2))
		done
	} >"$T/processes"
	tool 0 -n 2 -r --no-headings -o pid,minor
	prints '6 60' '5 50'
	tool 0 -n 2 -r --no-headings -o pid,cow,minor
	prints '1 60 10' '2 30 20'
	tool 0 -n 2 -r --no-headings -o pid,comm
	prints '6 c0' '5 c2'
	tool 0 -n 1 --by command -r --no-headings -o comm,minor
	prints 'c0 90'
	tool 0 -n 1 --by user --csv --no-headings -o uid,cow
	prints 1,92
	tool 0 -n 1 --rest -r --no-headings -o pid,minor
	prints '6 60' '- 150'
	tool 0 -n 2 -r --no-headings -o pid --sort pid
	prints 1 2
	tool 0 -r --no-headings -o pid
	prints 1 2 3 4 5 6
}

# Rows of which nothing but zeroes is shown
test_rows_that_show_only_zeroes_are_left_out()
{
	tree
	{
		header
		row pid=1 minor=5
		row pid=2 cow=5
		row pid=3 swapout=5
		row pid=4
	} >"$T/processes"
	tool 0 -r --no-headings -o pid
	prints 1 2 3
	tool 0 -r --no-headings -o pid,cow
	prints '2 5'
	tool 0 -r --no-headings -o pid,minor,swapout
	prints '1 5 0' '3 0 5'
	tool 0 -r --no-headings
	[ "$(cut -d ' ' -f 1 out | paste -sd,)" = 1,2 ]
	tool 0 -a -r --no-headings -o pid,cow
	[ "$(wc -l <out)" -eq 4 ]
	tool 0 -p 1,4 -r --no-headings -o pid,cow
	prints '1 0' '4 0'
	tool 0 --by command -r --no-headings -o comm,swapin
	[ ! -s out ]
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

test_rows_without_a_column()
{
	tree
	tool 2 --by user -o pid
	says 'the rows of this report have no pid'
	tool 2 -o tid
	tool 2 -o procs
	tool 2 --by command --sort cgroup
	says '--sort: the rows of this report have no column cgroup'
	tool 2 --by nobody
	says '--by "nobody"'
	tool 2 --system --by user
	tool 0 --by user -o all
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

# sums: what the columns of a CSV add up to
sums()
{
	awk -F , 'NR > 1 { for (i = 1; i <= NF; i++) sum[i] += $i }
		END { for (i = 1; i in sum; i++) printf "%d ", sum[i] }' out
}

test_rest_keeps_the_sum()
{
	local by n total

	tree
	for ((n = 100; n < 140; n++)); do
		row pid=$n minor=$((n * n)) cow=$((n % 7)) uid=$((n % 6)) comm=c$((n % 11))
		cgroup $n /c$((n % 5))
	done >>"$T/processes"
	for by in process thread command user cgroup; do
		[ $by != thread ] || { thread_header; thread_row pid=3 tid=3 minor=5; \
			thread_row pid=3 tid=4 minor=6; } >"$T/threads"
		tool 0 --csv -a --by $by -o minor,cow
		total=$(sums)
		for n in 1 2 3 5 39 100; do
			tool 0 --csv -a --by $by --sort cow -n $n --rest -o minor,cow
			[ "$(sums)" = "$total" ]
			[ "$(wc -l <out)" -le $((n + 2)) ]
		done
	done
	tool 0 -a -n 1 --rest -o pid,minor,swapin,comm
	prints 'PID MINOR SWAPIN COMMAND' '1 123456 0 systemd' '- 581547 - <rest>'
	tool 0 -a --by command -n 2 --rest -o procs,comm
	[ "$(awk 'NR > 1 { sum += $1 } END { print sum }' out)" -eq 44 ]
	tool 0 -a -n 1000 --rest -o comm
	lacks rest out
	tool 2 --rest
	says 'give -n, too'
}
