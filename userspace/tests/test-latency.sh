# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# How long faults took: the file latency, in bars, bounds and JSON

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
	awk '{ line = $0; for (i = 1; i <= 20000; i++) { row = line; sub(/PID/, i, row); print row } }' row |
		rows
	tool 0 latency --no-headings
	grep -q '^anon  *60000 ' out
	tool 0 latency -p 310
	grep -q '^anon  *3 ' out
}
