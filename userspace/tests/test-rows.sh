# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Which rows, and what they are about

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
