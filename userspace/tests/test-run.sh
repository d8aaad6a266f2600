# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# shellcheck disable=SC2016	# what is in quotes is for the command
#
# The bill of a command.  The command itself writes what it cost into the files.

# bills STATUS ARG...: pagestat run ARG..., on a tree in which it has children
bills()
{
	local expected=$1

	shift
	export BILL=$PWD/bill
	cat >"$BILL" <<-'END'
		# sh bill PID VALUE...: the children of PID have done this
		sed -i "/^$1	/d" "$PAGESTAT_DEBUGFS/pagestat/children"
		. "$BILL.rows"
		pid=$1
		shift
		row pid="$pid" start_ns=1 comm=pagestat "$@" >>"$PAGESTAT_DEBUGFS/pagestat/children"
	END
	declare -p IDENTITY COUNTERS >"$BILL.rows"
	declare -f join row >>"$BILL.rows"
	tree
	cat >as-child <<-'END'
		bash "$BILL" $$ minor=100 cow=7
		exec "$TOOL" run "$@"
	END
	export TOOL
	status=0
	bash as-child "$@" >out 2>err || status=$?
	echo "\$ pagestat run $*: status $status, expected $expected"
	head -c 4000 out err
	lacks 'Sanitizer|runtime error' err
	[ "$status" -eq "$expected" ]
}

# normal: what is printed, without what is another each time
normal()
{
	sed -E 's/after [0-9].*/after TIME/; s/^Bill of: .*/Bill of: CMD/; s/ +[0-9,]+\/s/ RATE/' \
		err >out
}

test_run_bill()
{
	bills 0 -- bash -c 'bash "$BILL" $PPID minor=1234667 major=3 cow=25608 swapin=-'
	normal
	expected bill
}

test_run_json()
{
	bills 0 --json --output bill.json -- bash -c 'bash "$BILL" $PPID minor=150 cow=17 swapin=-'
	silent
	mv bill.json out
	json '.run | .minor == 50 and .cow == 10 and .swapin == null and .reuse == 0'
	json '.run | .command[0:2] == ["bash", "-c"] and .status == 0 and .signal == null'
	json '.run | .still_running == 0 and .wall_ns > 0 and .user_ns >= 0 and .system_ns >= 0'
}

test_run_columns()
{
	bills 0 -o reclaim_ns -- bash -c 'bash "$BILL" $PPID minor=100 cow=7 reclaim_ns=1500000000'
	grep -Eq '^  which took +1,500,000,000 ns += 1.500 s +[0-9]+[.][0-9]{2} % +reclaim_ns$' err
	lacks copied err
	bills 0 -o +oom true
	grep -q 'copied .* cow$' err
	grep -q ' oom$' err
	bills 125 -o pid true
	says 'pid is no counter'
}

test_run_rates_and_shares()
{
	bills 0 --json --rate --share --output out -o cow,reclaim_ns -- \
		bash -c 'bash "$BILL" $PPID minor=100 cow=14 reclaim_ns=1500000000; sleep 0.1'
	json '.run | .wall_ns as $ns |
		(.cow_per_s - 7e9 / $ns | fabs) < 0.01 and
		(.reclaim_percent - 150e9 / $ns | fabs) < 0.01 and .cow == null'
	bills 0 --json --share -r 2 --output out -o reclaim_ns -- \
		bash -c 'bash "$BILL" $PPID minor=100 cow=7 reclaim_ns=1500000000; sleep 0.1'
	json '.run | (.repeats | length == 2) and .mean.reclaim_percent > 0'
}

test_run_status()
{
	bills 0 true
	bills 3 -- sh -c 'exit 3'
	bills 143 -- sh -c 'kill -TERM $$'
	says 'killed by signal 15'
	bills 127 -- nosuch-command
	says 'nosuch-command: cannot be run: No such file'
	bills 126 -- /dev/null
	says '/dev/null: cannot be run: Permission denied'
}

test_run_json_of_a_signal()
{
	bills 137 --json sh -c 'kill -KILL $$'
	mv err out
	json '.run | .status == null and .signal == 9'
}

test_run_options_of_the_command_are_its_own()
{
	bills 0 echo --json -o x
	[ "$(cat out)" = '--json -o x' ]
}

test_run_says_who_is_left()
{
	bills 0 -- bash -c 'sleep 3 & bash "$BILL" $PPID minor=101 cow=7
		. "$BILL.rows"; row pid=5000 ppid=$PPID >>"$PAGESTAT_DEBUGFS/pagestat/processes"
		row pid=4000 ppid=5000 >>"$PAGESTAT_DEBUGFS/pagestat/processes"' >/dev/null
	says '2 processes are still running: not in this bill'
}

test_run_waits_for_who_ended()
{
	bills 0 -- sh -c '(true &) ; sleep 0.3'
	lacks 'still running' err
}

test_run_signals_are_for_the_command()
{
	bills 130 -- bash -c 'kill -INT $PPID; kill -QUIT $PPID; kill -INT $$; exit 9'
	says 'killed by signal 2'
	bills 0 -- sh -c "grep -q 'SigIgn:.*[13579bdf]\$' /proc/self/status && exit 9; exit 0"
}

# Each has the signals as the first one.
# What ends pagestat ends the command; it has its bill, and its status is passed on.
test_run_hands_signals_on()
{
	local signal

	for signal in TERM HUP USR1 USR2 ALRM; do
		bills $((128 + $(kill -l $signal))) -- bash -c "bash \"\$BILL\" \$PPID minor=150 cow=7
			kill -$signal \$PPID; sleep 20; exit 9"
		says "killed by signal $(kill -l $signal)"
		grep -Eq '^  served without waiting +50 faults' err
	done
	# A command that ends in its own way.
	bills 5 -- bash -c 'trap "exit 5" TERM; kill -TERM $PPID; for i in {1..200}; do sleep 0.1; done'
	says 'ended with status 5'
	# No more runs, whatever it made of the signal.
	bills 0 -r 99 -- bash -c 'echo x >>n; [ "$(wc -l <n)" -lt 3 ] || { trap "exit 0" TERM
		kill -TERM $PPID; for i in {1..200}; do sleep 0.1; done; }'
	[ "$(wc -l <n)" -eq 3 ]
	says '3 runs, 0 of them'
}

# Those that it was started without: the command has them ignored, too.
test_run_signals_that_are_ignored()
{
	(
		trap '' TERM
		bills 4 -- bash -c 'kill -TERM $PPID; exit 4'
		bills 0 -- grep SigIgn /proc/self/status
	)
	# SIGTERM, the fifteenth, is bit 4 of the fourth digit.
	grep -Eq '[4567cdef][0-9a-f]{3}$' out
	bills 0 -- grep -E 'SigIgn|SigBlk' /proc/self/status
	lacks '[4567cdef][0-9a-f]{3}$' out
	[ "$(wc -l <out)" -eq 2 ]
}

test_run_signals_are_for_every_command()
{
	printf '#!/bin/sh\nexec env --default-signal=INT,QUIT %q "$@"\n' "$TOOL" >default
	chmod +x default
	TOOL=./default bills 0 -r 3 -- grep SigIgn /proc/self/status
	[ "$(wc -l <out)" -eq 3 ]
	# SIGINT and SIGQUIT, the second and the third, are the bits of 6.
	lacks 'SigIgn:.*[2-7a-f]$' out
}

test_run_with_SIGCHLD_ignored_by_its_parent()
{
	trap '' CHLD
	bills 3 -- sh -c 'exit 3'
}

test_run_reset_meanwhile()
{
	bills 125 -- bash -c 'bash "$BILL" $PPID minor=5'
	says 'the counters were reset while the command ran'
	bills 4 -- bash -c 'bash "$BILL" $PPID minor=5; exit 4'
	says 'the counters were reset while the command ran'
}

test_run_is_not_begun_without_a_module()
{
	tree
	tool 125 run -- touch begun
	says 'pagestat itself is not in it'
	rm "$T/system"
	tool 125 run -- touch begun
	rm -r "$T"
	tool 125 run -- touch begun
	says 'modprobe pagestat'
	[ ! -e begun ]
}

test_run_usage()
{
	tree
	tool 125 run
	says 'no command'
	tool 125 run --nosuch true
	tool 125 run -p 1 true
	tool 125 run --output
}

test_run_output_cannot_be_written()
{
	bills 125 --output /nosuch/file touch begun
	[ ! -e begun ]
	says '--output /nosuch/file: No such file'
	bills 125 --output /dev/full true
	says '/dev/full: No space left'
	bills 5 --output /dev/full sh -c 'exit 5'
}

# Both ways to say it; what the command printed comes first.
test_run_output_is_standard_output()
{
	local name

	for name in - /dev/stdout; do
		bills 3 --output "$name" --json -- sh -c 'echo hello; exit 3'
		silent
		[ "$(head -n 1 out)" = hello ]
		sed -i 1d out
		json '.run.status == 3'
	done
	[ ! -e ./- ]
	mkfifo pipe
	timeout 60 cat pipe >got &
	bills 0 --output pipe true
	wait $!
	grep -q '^Bill of: true' got
}

test_run_large_command()
{
	local large

	large=$(head -c 100000 /dev/zero | tr '\0' '\001')
	bills 0 true "$large" "$large" "$large"
	[ "$(wc -c <err)" -gt 1200000 ]
}

test_run_shows_what_else_there_was()
{
	bills 0 -- bash -c 'bash "$BILL" $PPID minor=100 cow=7 refault=20 thrash=12 oom=1 error=-'
	grep -Eq '^  evicted before +20 pages += 80.0 KiB +[0-9,]+/s  refault$' err
	grep -Eq '^  evicted too early +12 pages += 48.0 KiB +[0-9,]+/s  thrash$' err
	grep -Eq '^  killed to get memory +1 times +[0-9,]+/s  oom$' err
	lacks ' (error|numa)$' err
	bills 0 -o cow -- bash -c 'bash "$BILL" $PPID minor=100 cow=7 oom=1'
	lacks ' oom$' err
}

# children_are ROWS: a script that writes these into "exited"; $1 is pagestat
children_are()
{
	declare -f exited_header exited_row header >>exited.sh
	echo ". \"$BILL.rows\"; . \"$PWD/exited.sh\"; { exited_header; $1; } >\"\$PAGESTAT_DEBUGFS/pagestat/exited\""
}

# Children and theirs; one whose parent's pid was used again, and one of others.
family='exited_row pid=900 ppid=$1 start_ns=50 end_ns=60 comm=sh
	exited_row pid=901 ppid=$1 start_ns=100 end_ns=200 minor=5 comm=make
	exited_row pid=801 ppid=901 start_ns=120 end_ns=130 minor=3 exit_code=256 comm=cc1
	exited_row pid=802 ppid=801 start_ns=125 end_ns=128 minor=2 comm=as
	exited_row pid=950 ppid=901 start_ns=90 end_ns=95 minor=77 comm=reused
	exited_row pid=951 ppid=4000 start_ns=110 end_ns=111 minor=88 comm=stranger'

test_run_children()
{
	export BILL=$PWD/bill
	children_are "$family" >is
	export IS=$PWD/is
	bills 0 --children -- bash -c 'bash "$BILL" $PPID minor=110 cow=7; bash "$IS" $PPID'
	sed -n '/^ *PID/,/^$/p' err | tr -s ' ' >out
	sed -i 's/^ //' out
	prints 'PID EXIT_CODE MINOR MAJOR COW REUSE ZEROFILL FILEMAP SWAPIN COMMAND' \
		'900 0 0 0 0 0 0 0 0 sh' '901 0 5 0 0 0 0 0 0 make' \
		'801 1 3 0 0 0 0 0 0 cc1' '802 0 2 0 0 0 0 0 0 as' ''
	lacks remembers err
	bills 0 --children -o minor -- bash -c 'bash "$BILL" $PPID minor=117 cow=7; bash "$IS" $PPID'
	says '7 faults are of processes that the module no longer remembers'
	bills 0 --children --json -- bash -c 'bash "$BILL" $PPID minor=110 cow=7; bash "$IS" $PPID'
	mv err out
	json '.run.children | map(.pid) == [900, 901, 801, 802]'
	json '.run.children[2] | .ppid == 901 and .exit_code == 1 and .comm == "cc1"'
}

# Those of the first run are remembered in the second, too, and not its children.
test_run_children_of_each_repeat()
{
	export BILL=$PWD/bill
	children_are 'exited_row pid=901 ppid=$1 start_ns=100 end_ns=200 minor=5 comm=make
		[ ! -e again ] ||
		exited_row pid=902 ppid=$1 start_ns=300 end_ns=400 minor=6 comm=make
		touch again' >is
	export IS=$PWD/is
	bills 0 -r 2 --children --json -- bash -c 'bash "$IS" $PPID'
	mv err out
	json '[.run.repeats[].children | map(.pid)] == [[901], [902]]'
}

test_run_repeated()
{
	bills 0 -r 3 -- bash -c 'n=$(($(cat n 2>/dev/null) + 1)); echo $n >n
		bash "$BILL" $PPID minor=$((100 + n * n * 10)) cow=$((7 + n)) swapin=-'
	# 10, 30 and 50; 1, 1 and 1
	grep -Eq '^  3 runs, 0 of them not with status 0' err
	grep -Eq '^  served without waiting +30 faults +\+- 20.0 \(66.7 %\) +minor$' err
	grep -Eq '^  copied +1 pages += 4.0 KiB +\+- 0.0 \(0.0 %\) +cow$' err
	grep -Eq '^  brought back from swap +- pages +swapin$' err
	rm n
	bills 0 --repeat 3 --json -- bash -c 'n=$(($(cat n 2>/dev/null) + 1)); echo $n >n
		bash "$BILL" $PPID minor=$((100 + n * n * 10)) cow=$((7 + n)) swapin=-'
	mv err out
	json '.run.repeats | map(.minor) == [10, 30, 50] and map(.status) == [0, 0, 0]'
	json '.run | .mean.minor == 30 and .deviation.minor == 20 and .mean.swapin == null'
}

# As many as are asked for, and no memory for those that will never be.
test_run_repeated_without_end()
{
	bills 7 -r 99999999999 -- bash -c 'echo x >>n; [ "$(wc -l <n)" -lt 6 ] || { trap "exit 7" TERM
		kill -TERM $PPID; for i in {1..200}; do sleep 0.1; done; }'
	says '6 runs, 1 of them not with status 0'
}

# 4 KiB pages, up to where a unit ends
test_run_sizes()
{
	local pages size

	while read -r pages size; do
		bills 0 -o cow -- bash -c "bash \"\$BILL\" \$PPID minor=100 cow=$((7 + pages))"
		grep -qF " pages  = $size " err || { echo "$pages pages are not $size"; return 1; }
	done <<-'END'
		1 4.0 KiB
		255 1020.0 KiB
		256 1.0 MiB
		262130 1023.9 MiB
		262140 1.0 GiB
		262144 1.0 GiB
		268435454 1.0 TiB
	END
}

# The command is another user's; the numbers are root's to read.
test_run_as_another_user()
{
	local uid gid

	[ "$(id -u)" -eq 0 ] || { echo 'root only'; exit "$SKIP"; }
	chmod 755 .
	bills 0 -u nobody -- true
	chmod 700 debugfs
	# shellcheck disable=SC2016	# the other shell knows its own
	echo 'bash "$BILL" $$ minor=100 cow=7; exec "$TOOL" run "$@"' >as-child
	bash as-child -u nobody -- sh -c 'id -u; id -Gn; cat debugfs/pagestat/children' >out 2>err &&
		return 1
	[ "$(sed -n 1p out)" = "$(id -u nobody)" ]
	[ "$(sed -n 2p out)" = "$(id -Gn nobody)" ]
	says 'Permission denied' 'Bill of: sh' 'ended with status 1'
	lacks comm out
	# Real, effective, saved and for files; and no capabilities.
	bash as-child -u nobody -- grep -E '^(Uid|Gid|CapEff|CapPrm)' /proc/self/status | tr '\t' ' ' >out
	uid=$(id -u nobody)
	gid=$(id -g nobody)
	prints "Uid: $uid $uid $uid $uid" "Gid: $gid $gid $gid $gid" 'CapPrm: 0000000000000000' \
		'CapEff: 0000000000000000'
	bash as-child -u root -- id -u >out
	prints 0
	bash as-child -u 4000000000 -- touch begun 2>err || status=$?
	[ "$status" -eq 125 ] && [ ! -e begun ]
	says '-u 4000000000: there is no such user'
	bash as-child -u nosuch -- touch begun 2>err || status=$?
	[ "$status" -eq 125 ] && [ ! -e begun ]
}

test_run_repeated_status()
{
	bills 5 -r 4 -- bash -c 'echo x >>n; exit $(($(wc -l <n) == 2 ? 5 : 0))'
	[ "$(wc -l <n)" -eq 4 ]
	grep -q '^  4 runs, 1 of them' err
	rm n
	bills 137 -r 4 -- bash -c 'echo x >>n; kill -9 $$'
	[ "$(wc -l <n)" -eq 1 ]
	bills 127 -r 3 -- nosuch-command
	[ "$(wc -l <err)" -eq 1 ]
	bills 125 -r 0 true
	bills 125 -r 2 --children true
	says 'only printed by --json'
}
