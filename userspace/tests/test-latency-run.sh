# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Latency measured for a while: what faults took between two moments, and the module's
# parameter, which is to be as it was when the tool has ended
#
# latency_tree, latency_row, rows, return_probe and LATENCY are those of test-latency.sh.

# shellcheck disable=SC2317	# give_moments() is called by measured()

# moments STATE: from here on files are pipes, filled by next_moment
moments()
{
	latency_tree "$@"
	rm "$T/latency" "$T/system"
	mkfifo "$T/latency" "$T/system"
}

# next_moment SYSTEM-VALUE...: rows on stdin; the tool reads system after them
next_moment()
{
	{ join "${LATENCY[@]}"; cat; } | give "$T/latency"
	system_file "$@" | give "$T/system"
}

# measured STATUS ARG...: the tool, on what give_moments gives it
measured()
{
	tool_fed_by give_moments "$@"
}

# is_off: as the module would have it, the last thing written was N
is_off()
{
	[ "$(head -n 1 "$P/latency")" = N ]
}

test_latency_intervals()
{
	moments N
	give_moments()
	{
		latency_row pid=1 start_ns=1 kind=anon minor=5 sum_ns=500 max_ns=100 ns_0=5 | next_moment
		{
			latency_row pid=1 start_ns=1 kind=anon minor=7 sum_ns=2900 max_ns=1300 ns_0=5 ns_1024=2
			latency_row pid=9 start_ns=9 kind=file minor=1 sum_ns=7 max_ns=7 ns_0=1
		} | next_moment
		# 9 has ended, after another two faults; and so has 10, which nobody saw.
		{
			latency_row pid=1 start_ns=1 kind=anon minor=8 sum_ns=3900 max_ns=1300 ns_0=5 ns_512=1 ns_1024=2
			latency_row pid=0 kind=file minor=4 sum_ns=17 max_ns=7 ns_0=4
		} | next_moment
		latency_row pid=1 start_ns=1 kind=anon minor=8 sum_ns=3900 max_ns=1300 ns_0=5 ns_512=1 ns_1024=2 |
			{ cat; latency_row pid=0 kind=file minor=4 sum_ns=17 max_ns=7 ns_0=4; } | next_moment
	}
	measured 0 latency 0.1 3
	unstamped
	expected bars-intervals
	silent
	is_off
}

# The longest since is not known where there was one as long before.
test_latency_intervals_of_json()
{
	moments N
	give_moments()
	{
		latency_row pid=1 start_ns=1 kind=cow minor=5 sum_ns=500 max_ns=5000 ns_0=4 ns_4096=1 | next_moment
		latency_row pid=1 start_ns=1 kind=cow minor=6 sum_ns=600 max_ns=5000 ns_0=5 ns_4096=1 | next_moment
		latency_row pid=1 start_ns=1 kind=cow minor=7 sum_ns=700 max_ns=5001 ns_0=6 ns_4096=1 | next_moment
	}
	measured 0 latency --jsonl 0.1 2
	wants jq
	[ "$(jq -c '.latency.kinds[0] | [.minor, .sum_ns, .p99_ns, .max_ns]' out | paste -sd' ')" = \
		'[1,100,255,null] [1,100,255,5001]' ]
	json '.interval.elapsed_ns > 0'
}

test_latency_begun_anew()
{
	moments Y
	give_moments()
	{
		latency_row pid=1 start_ns=1 kind=cow minor=5 sum_ns=500 max_ns=100 ns_0=5 | next_moment
		latency_row pid=1 start_ns=1 kind=cow minor=4 sum_ns=600 max_ns=100 ns_0=4 | next_moment
		next_moment </dev/null
		latency_row pid=1 start_ns=1 kind=cow minor=4 sum_ns=600 max_ns=100 ns_0=4 | next_moment
	}
	measured 0 latency --no-headings 0.1 3
	[ "$(grep -c 'this interval is skipped' err)" -eq 2 ]
	[ "$(grep -c '^cow  *4 ' out)" -eq 1 ]
	[ "$(cat "$P/latency")" = Y ]
}

test_latency_turned_off_meanwhile()
{
	moments N
	give_moments()
	{
		next_moment </dev/null
		echo N >"$P/latency"
		next_moment </dev/null
	}
	measured 7 latency 0.1 5
	says 'turned off while it was measured'
	is_off
}

test_latency_a_process_ends()
{
	moments N
	give_moments()
	{
		next_moment </dev/null
		processes_file | grep -v ^310 >p
		mv p "$T/processes"
		next_moment </dev/null
	}
	measured 0 latency -p 310
	says 'process 310 has ended'
	is_off
}

# stopped_by SIGNAL STATUS ARG...: the tool is sent that when it measures
stopped_by()
{
	local signal=$1 expected=$2 status=0 pid i

	shift 2
	latency_tree N
	latency_row pid=1 start_ns=1 kind=cow minor=5 sum_ns=500 max_ns=100 ns_0=5 | rows
	# A job in the background has SIGINT ignored, which the tool would respect.
	env --default-signal=INT,QUIT "$TOOL" latency "$@" >out 2>err &
	pid=$!
	for ((i = 0; i < 200; i++)); do
		[ "$(head -n 1 "$P/latency")" = N ] || break
		sleep 0.05
	done
	sleep 0.3
	kill -s "$signal" "$pid"
	wait "$pid" || status=$?
	head -c 4000 out err
	echo "status $status, expected $expected"
	lacks 'Sanitizer|runtime error' err && [ "$status" -eq "$expected" ] && is_off
}

test_latency_is_turned_off_again()
{
	stopped_by INT 0
	says 'measuring; Ctrl-C ends it'
	grep -q ', faults of the last .* s: none$' out
	stopped_by TERM 0
	stopped_by INT 0 100
	stopped_by TERM 0 --jsonl 100
	stopped_by HUP 129
	stopped_by QUIT 131 100
	stopped_by USR1 138
}

test_latency_is_turned_off_after_an_error()
{
	latency_tree N
	latency_row pid=1 start_ns=1 kind=cow minor=5 | rows
	tool 5 latency 0.1 1
	is_off
	latency_tree N
	rm "$T/system"
	tool 5 latency
	is_off
	latency_tree N
	"$TOOL" latency 0.1 1 >/dev/full 2>err || [ $? -eq 6 ]
	is_off
	latency_tree N
	latency_row pid=1 start_ns=1 kind=cow minor=5 sum_ns=500 max_ns=100 ns_0=5 | rows
	set +e
	timeout 60 "$TOOL" latency --jsonl 0.1 | head -c 10 >/dev/null
	[ "${PIPESTATUS[0]}" -eq 141 ] || return 1
	is_off
}

test_latency_on_off_status()
{
	latency_tree N
	tool 0 latency status
	prints off
	tool 0 latency on
	[ ! -s out ]
	silent
	tool 0 latency status
	prints on
	tool 0 latency on
	tool 0 latency off
	is_off
}

test_latency_usage()
{
	latency_tree N
	for args in 'on 1' 'off -p 1' 'status --json' '0' '1 0' '1 2 3' 'maybe' '-a' '-n 1' '-o cow' '--sort cow' '-r' '--system' '--probes'; do
		# shellcheck disable=SC2086	# a list
		tool 2 latency $args
		[ "$(wc -l <err)" -eq 1 ]
	done
	tool 2 -p 1 latency
	says 'latency comes first'
	is_off
}

test_latency_losses()
{
	moments Y
	rm "$T/probes"
	mkfifo "$T/probes"
	give_moment()
	{
		next_moment disputed="$1" </dev/null
		return_probe attached return "$2" | give "$T/probes"
	}
	give_moments()
	{
		give_moment 7 5
		give_moment 9 16
		give_moment 9 16
	}
	measured 0 latency 0.1 2
	says '11 faults could not be followed: too many at one time; raise the module'"'"'s parameter max_faults (now 4096)'
	says '2 faults were taken for minor where the kernel accounted major ones'
	[ "$(wc -l <err)" -eq 2 ]
	rm -r "$T"
	latency_tree Y
	return_probe attached return 5 >"$T/probes"
	tool 0 latency
	says '5 faults could not be followed since the module was loaded'
}

test_latency_older_module()
{
	latency_tree N
	rm "$P/latency"
	for args in '' on off status '1 1'; do
		# shellcheck disable=SC2086	# a list
		tool 5 latency $args
		says "$P/latency: not there" 'older than the tool'
	done
	latency_tree N
	rm "$T/latency"
	tool 5 latency 0.1 1
	says "$T/latency: missing"
	is_off
	latency_tree N
	echo maybe >"$P/latency"
	tool 5 latency
	says 'neither Y nor N'
}

test_latency_no_permission()
{
	[ "$(id -u)" -eq 0 ] || { echo 'only root can be somebody else'; exit "$SKIP"; }
	wants setpriv
	latency_tree N
	chmod 644 "$P/latency"
	chmod -R a+rX .
	cp "$TOOL" here
	chmod 755 . .. here
	for args in on '1 1'; do
		# shellcheck disable=SC2086	# a list
		setpriv --reuid 65534 --regid 65534 --clear-groups ./here latency $args >out 2>err || [ $? -eq 4 ]
		says "$P/latency: Permission denied" 'sudo pagestat'
		is_off
	done
}
