# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# How long faults took: the file latency, in bars, bounds and JSON, and the module's
# parameter, which is to be as it was when the tool has ended

# buckets: the names of the columns; the first one is from 0 on
buckets()
{
	local i

	echo ns_0
	for ((i = 0; i < 27; i++)); do
		echo "ns_$((256 << i))"
	done
}

mapfile -t BUCKETS < <(buckets)
LATENCY=(pid start_ns kind minor major sum_ns max_ns "${BUCKETS[@]}" comm)

# latency_row NAME=VALUE...: what is not given is 0
latency_row()
{
	local -A value=([comm]=test)
	local -a cells=()
	local arg column

	for arg; do
		value[${arg%%=*}]=${arg#*=}
	done
	for column in "${LATENCY[@]}"; do
		cells+=("${value[$column]-0}")
	done
	join "${cells[@]}"
}

return_probe()
{
	join hook symbol required state type hits missed stray feeds
	join return handle_mm_fault no "$1" "$2" 1000 "$3" 0 -
}

# latency_tree STATE: a tree without rows, and the module's parameter in $P
latency_tree()
{
	tree
	export PAGESTAT_SYSFS=$PWD/sys
	P=$PAGESTAT_SYSFS/module/pagestat/parameters
	mkdir -p "$P" "$PAGESTAT_SYSFS/devices/system/cpu"
	echo "$1" >"$P/latency"
	echo 4096 >"$P/max_faults"
	echo 0-3 >"$PAGESTAT_SYSFS/devices/system/cpu/possible"
	join "${LATENCY[@]}" >"$T/latency"
	return_probe attached return 0 >"$T/probes"
}

# rows: of the tree, from stdin
rows()
{
	{ join "${LATENCY[@]}"; cat; } >"$T/latency"
}

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
	{ join "${LATENCY[@]}"; cat; } | timeout 60 tee "$T/latency" >/dev/null
	system_file "$@" | timeout 60 tee "$T/system" >/dev/null
}

# measured STATUS ARG...: the tool, on what give_moments gives it
measured()
{
	local giver

	give_moments >given 2>&1 &
	giver=$!
	tool "$@" || { kill "$giver"; cat given; return 1; }
	wait "$giver"
}

# is_off: as the module would have it, the last thing written was N
is_off()
{
	[ "$(head -n 1 "$P/latency")" = N ]
}

unstamped()
{
	sed -i 's/^....-..-..T..:..:..+0000, faults of the last [0-9]*\.[0-9]* s/STAMP/' out
}

test_latency_bars()
{
	latency_tree Y
	{
		latency_row pid=310 start_ns=310000000 kind=anon minor=121 sum_ns=484000 max_ns=90000 \
			ns_1024=80 ns_2048=40 ns_65536=1
		latency_row pid=1 start_ns=1000000 kind=swapin_io major=3 sum_ns=7000000000 max_ns=4000000000 \
			ns_1048576=1 ns_2147483648=2
		latency_row pid=0 kind=anon minor=79 sum_ns=16000 max_ns=999 ns_0=78 ns_512=1 comm='(ended)'
	} | rows
	tool 0 latency
	expected bars
	silent
	[ "$(cat "$P/latency")" = Y ]
}

# A bar is rounded; the fullest is 40, and what is not nothing shows.
test_latency_bar_lengths()
{
	latency_tree Y
	latency_row pid=1 start_ns=1 kind=cow minor=18031 sum_ns=1 max_ns=40000 ns_0=8000 ns_256=4099 \
		ns_512=4100 ns_1024=1 ns_2048=0 ns_4096=100 ns_8192=299 ns_16384=300 ns_32768=1132 |
		rows
	tool 0 latency
	[ "$(sed -n 's/.*|\(#*\) *|$/\1/p' out | awk '{ printf "%s ", length }')" = \
		'40 20 21 1 0 1 1 2 6 ' ]
	[ "$(sed -n 's/.*|\(.*\)|$/\1/p' out | awk '{ print length }' | sort -u)" = 40 ]
}

test_latency_bars_of_large_numbers()
{
	latency_tree Y
	latency_row pid=1 start_ns=1 kind=cow minor=18446744073709551615 sum_ns=18446744073709551615 \
		max_ns=18446744073709551615 ns_0=18446744073709551614 ns_17179869184=1 |
		rows
	tool 0 latency
	grep -q 'cow  *18446744073709551615  *0  *1ns  *<256ns  *<256ns  *18446744074s$' out
	grep -q '|########################################|$' out
	grep -q '17.2s - longer  *1 |# *|$' out
}

# percentile NAME: of the only row, in ns
percentile()
{
	tool 0 latency --json
	json ".latency.kinds | length == 1"
	jq ".latency.kinds[0].$1" out
}

# At least 50 of 100 did not take longer: the last of the bucket where the 50th is.
test_latency_percentiles()
{
	wants jq
	local row

	row='pid=1 start_ns=1 kind=reuse sum_ns=1 max_ns=300000'
	while read -r p50 p99 values; do
		latency_tree Y
		# shellcheck disable=SC2086	# a list of values
		latency_row $row $values | rows
		[ "$(percentile p50_ns | tail -n 1)" = "$p50" ]
		[ "$(percentile p99_ns | tail -n 1)" = "$p99" ]
	done <<-END
		255 255 minor=1 ns_0=1
		255 300000 minor=2 ns_0=1 ns_262144=1
		511 300000 minor=3 ns_0=1 ns_256=1 ns_262144=1
		255 255 minor=100 ns_0=99 ns_262144=1
		255 300000 minor=100 ns_0=98 ns_262144=2
		255 262143 minor=100 ns_0=50 ns_131072=50
		511 511 minor=101 ns_0=50 ns_256=50 ns_262144=1
		511 300000 minor=102 ns_0=50 ns_256=50 ns_262144=2
		255 300000 minor=199 ns_0=197 ns_262144=2
	END
}

test_latency_bound_is_the_maximum_where_that_is_less()
{
	latency_tree Y
	latency_row pid=1 start_ns=1 kind=file minor=10 sum_ns=25000 max_ns=2600 ns_2048=10 | rows
	tool 0 latency --no-headings
	grep -Eqx 'file +10 +0 +2\.50us +<=2\.60us +<=2\.60us +2\.60us' out
	latency_tree Y
	latency_row pid=1 start_ns=1 kind=file minor=1 sum_ns=30000000000 max_ns=30000000000 \
		ns_17179869184=1 | rows
	tool 0 latency --no-headings
	grep -Eqx 'file +1 +0 +30\.0s +<=30\.0s +<=30\.0s +30\.0s' out
}

test_latency_times()
{
	while read -r ns text; do
		latency_tree Y
		latency_row pid=1 start_ns=1 kind=file minor=1 sum_ns="$ns" max_ns="$ns" ns_0=1 | rows
		tool 0 latency --no-headings
		[ "$(awk 'NR == 1 { print $4 }' out)" = "$text" ]
	done <<-END
		0 0ns
		7 7ns
		999 999ns
		1000 1.00us
		9994 9.99us
		9996 10.0us
		99940 99.9us
		99960 100us
		999499 999us
		999500 1.00ms
		123456789 123ms
		999499999 999ms
		999500000 1.00s
		59990000000 60.0s
		7200000000000 7200s
	END
}

test_latency_processes()
{
	latency_tree Y
	{
		latency_row pid=310 start_ns=1 kind=anon minor=1 sum_ns=10 max_ns=10 ns_0=1 comm=bash
		latency_row pid=1 start_ns=1 kind=anon minor=20 sum_ns=40 max_ns=4 ns_0=20 comm=systemd
		latency_row pid=1 start_ns=1 kind=cow minor=300 sum_ns=900 max_ns=4 ns_0=300 comm=systemd
		latency_row pid=0 kind=anon minor=4000 sum_ns=4000 max_ns=2 ns_0=4000 comm='(ended)'
	} | rows
	for args in '4021 anon' '1 anon -p 310' '21 anon -p 1,310' '20 anon -C system?' \
		    '21 anon -p 310 -C systemd' '300 cow -p 1'; do
		read -r count kind options <<<"$args"
		# shellcheck disable=SC2086	# a list
		tool 0 latency --no-headings $options
		[ "$(awk -v kind="$kind" '$1 == kind { print $2; exit }' out)" = "$count" ]
	done
	tool 1 latency -p 5
	says '-p 5: no such process'
	[ ! -s out ]
	tool 1 latency -p 5,310 --no-headings
	grep -q '^anon  *1 ' out
	tool 1 latency -C nobody
	says '-C "nobody"'
	tool 0 latency -p 2
	grep -qx 'faults since latency was turned on: none' out
}

test_latency_json()
{
	latency_tree Y
	{
		latency_row pid=310 start_ns=17 kind=anon minor=1 major=2 sum_ns=900 max_ns=700 ns_0=2 ns_512=1 comm='a"b'
		latency_row pid=0 kind=anon minor=1 sum_ns=5 max_ns=5 ns_0=1 comm='(ended)'
	} | rows
	return_probe attached return 3 >"$T/probes"
	system_file disputed=2 >"$T/system"
	tool 0 latency --json
	json '.latency | .unfollowed == 3 and .disputed == 2'
	json '.latency.buckets_from_ns | length == 28 and .[0:3] == [0, 256, 512] and .[27] == 17179869184'
	json '.latency.kinds | length == 1 and (.[0] | .kind == "anon" and .minor == 2 and .major == 2)'
	json '.latency.kinds[0] | .sum_ns == 905 and .mean_ns == 226 and .max_ns == 700'
	json '.latency.kinds[0].buckets | length == 28 and .[0] == 3 and .[2] == 1 and add == 4'
	json '.latency.processes | length == 2 and (.[0] | .pid == null and .start_ns == null)'
	json '.latency.processes[1] | .pid == 310 and .start_ns == 17 and .comm == "a\"b" and .major == 2'
	json '.pagestat.abi == 1 and (has("interval") | not)'
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
	tool 0 --latency off
	is_off
	tool 0 latency off
	is_off
}

test_latency_spellings()
{
	latency_tree Y
	latency_row pid=1 start_ns=1 kind=anon minor=1 sum_ns=10 max_ns=10 ns_0=1 comm=bash | rows
	tool 0 latency -p 1
	mv out first
	tool 0 --latency -p 1
	cmp first out
	tool 0 -p 1 --latency
	cmp first out
}

test_latency_usage()
{
	latency_tree N
	for args in 'on 1' 'off -p 1' 'status --json' '0' '1 0' '1 2 3' 'maybe' '-a' '-n 1' '-o cow' '--sort cow'; do
		# shellcheck disable=SC2086	# a list
		tool 2 latency $args
		[ "$(wc -l <err)" -eq 1 ]
	done
	for args in '--system' '--probes' '-a' '-n 1' '-o cow' '--sort cow' '-r'; do
		# shellcheck disable=SC2086	# a list
		tool 2 --latency $args
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
		return_probe attached return "$2" | timeout 60 tee "$T/probes" >/dev/null
	}
	give_moments()
	{
		give_moment 7 5
		give_moment 9 16
		give_moment 9 16
	}
	measured 0 latency 0.1 2
	says '11 faults could not be followed: too many at one time; raise the module'"'"'s parameter max_faults (now 4096)'
	says '2 faults were taken for minor or major otherwise than the kernel'
	[ "$(wc -l <err)" -eq 2 ]
	rm -r "$T"
	latency_tree Y
	return_probe attached return 5 >"$T/probes"
	tool 0 latency
	says '5 faults could not be followed since the module was loaded'
}

test_latency_cost_of_many_cpus()
{
	latency_tree Y
	return_probe attached return-shared 0 >"$T/probes"
	echo 0-7,16-23 >"$PAGESTAT_SYSFS/devices/system/cpu/possible"
	tool 0 latency
	silent
	echo 0-15,20 >"$PAGESTAT_SYSFS/devices/system/cpu/possible"
	tool 0 latency
	says 'all 17 processors share one list'
	return_probe attached return 0 >"$T/probes"
	tool 0 latency
	silent
	return_probe attached return-shared 0 >"$T/probes"
	echo nonsense >"$PAGESTAT_SYSFS/devices/system/cpu/possible"
	tool 0 latency
	silent
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

test_latency_bad_data()
{
	local i row='pid=1 start_ns=1 kind=anon'

	bad()
	{
		latency_tree Y
		rows
		tool 5 latency
		[ ! -s out ]
		[ "$(wc -l <err)" -eq 1 ]
	}
	# shellcheck disable=SC2086	# a list of values
	{
		latency_row $row minor=2 ns_0=1 | bad
		says 'the buckets have 1 faults, minor and major 2'
		latency_row $row minor=-1 ns_0=1 | bad
		says 'column minor: "-1" is no number'
		latency_row $row minor=1 ns_512=18446744073709551616 | bad
		says 'column ns_512: "18446744073709551616" is too large'
		latency_row $row minor=- ns_0=1 | bad
		latency_row $row kind=strange minor=1 ns_0=1 | bad
		says 'column kind: "strange" is no kind'
		{ latency_row $row minor=1 ns_0=1; latency_row $row minor=2 ns_0=2; } | bad
		says 'process 1 has anon twice'
		echo 5 | bad
	}
	for i in 1 2 3 4; do
		head -c $((i * 500)) /dev/urandom | bad
	done
	for column in pid kind max_ns ns_0 ns_17179869184 comm; do
		latency_tree Y
		sed -i "1s/\b$column\b/x/" "$T/latency"
		tool 5 latency
		says "no column is called \"$column\""
	done
	latency_tree Y
	: >"$T/latency"
	tool 5 latency
	says 'is empty'
}

# Columns that a later module may add, and a name that is no text.
test_latency_newer_module_and_names()
{
	latency_tree Y
	latency_row pid=310 start_ns=1 kind=anon minor=1 sum_ns=10 max_ns=10 ns_0=1 comm='\033[2J' | rows
	sed -i -e '1s/\t/\tnew\t/' -e '2s/\t/\t5\t/' "$T/latency"
	tool 0 latency --json
	json '.latency.processes[0].comm == "\u001b[2J"'
}

test_latency_many_processes()
{
	latency_row pid=PID start_ns=1 kind=anon minor=3 sum_ns=30 max_ns=10 ns_0=3 >row
	latency_tree Y
	awk '{ line = $0; for (i = 1; i <= 40000; i++) { row = line; sub(/PID/, i, row); print row } }' row |
		rows
	tool 0 latency --no-headings
	grep -q '^anon  *120000 ' out
	tool 0 latency -p 310
	grep -q '^anon  *3 ' out
}
