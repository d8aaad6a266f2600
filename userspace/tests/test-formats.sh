# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2317	# give_samples() is called by watch_samples
#
# CSV, OpenMetrics and files for node_exporter

test_csv()
{
	tree
	row pid=5 minor=1 comm='a,"b"\011c' >>"$T/processes"
	row pid=6 minor=1 comm=$'\xffx' >>"$T/processes"
	sed -i 's/\tbash$/\tb,s/' "$T/processes"
	tool 0 --csv -o pid,minor,swapin,user,comm -p 5,6,310
	printf '%s\n' pid,minor,swapin,user,comm '5,1,0,root,"a,""b""\011c"' \
		'6,1,0,root,\377x' >expected
	diff expected <(sed /^310,/d out)
	grep -q '^310,5000,,' out
	tool 0 --csv --no-headings -o pid -p 1
	prints 1
	tool 0 --csv
	[ "$(head -n 1 out | tr , '\n' | wc -l)" -eq $((${#COUNTERS[@]} + 10)) ]
	sed 's/"a.*c"/abc/; s/"b,s"/bs/' out | awk -F , 'NR > 1 && NF != n { exit 1 } { n = NF }'
}

test_csv_of_intervals()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 | next_sample
		row pid=5 minor=2 | next_sample
		row pid=5 minor=4 | next_sample
	}
	watch_samples 0 --csv -o pid,minor 0.1 2
	[ "$(head -n 1 out)" = end,elapsed_ns,pid,minor ]
	[ "$(sed 1d out | cut -d , -f 3,4 | paste -sd' ')" = '5,1 5,2' ]
	sed 1d out | grep -Evq '^....-..-..T..:..:..[.]...[+]00:00,[0-9]{8,},5,[12]$' && return 1
	true
}

test_csv_of_other_reports()
{
	tree
	tool 0 --system --csv
	[ "$(wc -l <out)" -eq 2 ]
	grep -q '^since_ns,page_size,' out
	tool 0 --probes --csv
	grep -q '^swap-map,,no,missing,,0,0,0,,"swapin,swapin_io,swapin_cache"$' out
	tool 0 --columns --csv
	grep -q '^cow_anon,pages,an anonymous page' out
	grep -q '^swapin,pages,pages this' out
}

# What an independent reader makes of "out": the one of Prometheus' own library for
# Python, which is Debian's Python's.
openmetrics()
{
	/usr/bin/python3 -c 'import prometheus_client' 2>log ||
		{ echo 'python3-prometheus-client is not installed'; exit "$SKIP"; }
	/usr/bin/python3 - <<-'END' >metrics
		import sys
		from prometheus_client.openmetrics.parser import text_string_to_metric_families
		for f in text_string_to_metric_families(open("out").read()):
		    for s in f.samples:
		        print(f.type, f.unit or "-", s.name, sorted(s.labels.items()), "%.12g" % s.value)
	END
}

# parsed LINE: it made this of one of the samples
parsed()
{
	grep -qFx -e "$1" metrics || { echo "not there: $1"; return 1; }
}

test_openmetrics()
{
	tree
	row pid=5 minor=1 reclaim_ns=1500000001 comm='q"\134\012'$'\xff' >>"$T/processes"
	tool 0 --openmetrics
	[ "$(tail -n 1 out)" = '# EOF' ]
	grep -qF 'pagestat_cow_pages_total{pid="310",comm="bash",cgroup="/user.slice/user-1000.slice/session-1.scope"} 25601' out
	grep -qF 'pagestat_reclaim_seconds_total{pid="5",comm="q\"\\134\\012\\377",cgroup=""} 1.500000001' out
	lacks 'swapin_pages_total.pid="310"' out
	openmetrics
	parsed "counter faults pagestat_minor_faults_total [('cgroup', '/init.scope'), ('comm', 'systemd'), ('pid', '1')] 123456"
	parsed "counter pages pagestat_swapin_pages_total [('cgroup', ''), ('comm', 'Web Content'), ('pid', '4194304')] 12"
}

test_openmetrics_of_groups_are_gauges()
{
	tree
	tool 0 --openmetrics --by command -o minor
	grep -qxF 'pagestat_minor_faults{comm="systemd"} 123456' out
	grep -qxF '# TYPE pagestat_minor_faults gauge' out
	lacks _total out
	openmetrics
	parsed "gauge faults pagestat_minor_faults [('comm', 'bash')] 5000"
}

# A process may call itself what it likes: nothing it does makes a sample come twice,
# which Prometheus would not take.
test_openmetrics_has_no_sample_twice()
{
	tree
	{
		row pid=5 minor=1 comm=$'x\xff'
		row pid=6 minor=2 comm=$'x\xfe'
		row pid=7 minor=4 comm=$'x\xef\xbf\xbd'
		row pid=8 minor=1 comm='<rest>'
		row pid=9 minor=0 reuse=1 comm='small'
	} >>"$T/processes"
	tool 0 --openmetrics --by command -o minor,reuse --sort minor -n 7 --rest
	grep -qxF $'pagestat_minor_faults{comm="x\xef\xbf\xbd"} 4' out
	grep -qxF 'pagestat_minor_faults{comm="x\\377"} 1' out
	grep -qxF 'pagestat_minor_faults{comm="x\\376"} 2' out
	grep -qxF 'pagestat_minor_faults{comm="<rest>"} 1' out
	grep -qxF 'pagestat_minor_faults{comm="<rest>",rest="true"} 0' out
	[ -z "$(cut -d ' ' -f 1 out | grep -v '^#' | sort | uniq -d)" ]
	openmetrics
	tool 0 --openmetrics -o minor -n 1 --rest
	grep -qxF 'pagestat_minor_faults{comm="<rest>",cgroup="<rest>",rest="true"} 5015' out
}

test_openmetrics_of_the_system()
{
	tree
	tool 0 --system --openmetrics
	openmetrics
	parsed 'gauge seconds pagestat_system_since_seconds [] 3600'
	parsed 'gauge bytes pagestat_system_page_size_bytes [] 4096'
	parsed 'counter - pagestat_system_missed_total [] 0'
	parsed 'counter - pagestat_system_ended_total [] 2'
	parsed 'gauge - pagestat_system_silenced [] 0'
	parsed 'counter pages pagestat_system_cow_pages_total [] 0'
}

test_textfile()
{
	local report

	tree
	echo old >pagestat.prom
	tool 0 --textfile pagestat.prom
	silent
	[ ! -s out ]
	[ "$(stat -c %a pagestat.prom)" = 644 ]
	[ "$(echo ./pagestat.prom*)" = ./pagestat.prom ]
	grep -qxF '# TYPE pagestat_cow_pages_total counter' pagestat.prom
	lacks '# (EOF|UNIT)' pagestat.prom
	wants promtool
	for report in '' --system '--by user'; do
		# shellcheck disable=SC2086	# two words, or none
		tool 0 $report --textfile pagestat.prom
		promtool check metrics <pagestat.prom
	done
}

test_textfile_that_cannot_be_written()
{
	tree
	tool 6 --textfile /nosuch/pagestat.prom
	says '/nosuch/pagestat.prom: No such file'
	mkdir x.prom
	tool 6 --textfile x.prom
	says 'rename: Is a directory'
	[ "$(echo x.prom*)" = x.prom ]
	rm "$T/processes"
	echo old >pagestat.prom
	tool 5 --textfile pagestat.prom
	[ "$(cat pagestat.prom)" = old ]
}

# A signal that ends it amid writing
test_textfile_interrupted()
{
	tree
	for i in {1000..1400}; do
		row pid="$i" minor=1
	done >>"$T/processes"
	echo old >pagestat.prom
	status=0
	(ulimit -f 2; exec env --default-signal=XFSZ "$TOOL" --textfile pagestat.prom) \
		>out 2>err || status=$?
	[ "$status" -eq $((128 + $(kill -l XFSZ))) ]
	[ "$(cat pagestat.prom*)" = old ]
}

test_metrics_usage()
{
	tree
	tool 2 --openmetrics 1
	tool 2 --openmetrics --probes
	tool 2 --openmetrics --exited
	tool 0 --openmetrics --exited --by command
	tool 2 --json 1
	says 'use --jsonl'
	tool 0 --json 0.1 1
	tool 2 --csv --jsonl
	says 'give only one of them'
}
