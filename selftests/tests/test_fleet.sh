#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_fleet.sh - the commands of the systemd service are run, and node_exporter and
# Prometheus are asked for the counters of a workload
#
# Runs in the VM, as root, with the tool in PATH.  Prometheus is that of the machine
# that runs the VM: it may need libraries that another suite does not have, and is not
# found if the cache is below /tmp, where the VM has a file system of its own.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

work=/tmp/fleet
service=$PWD/../userspace/fleet/pagestat-metrics.service
rules=$PWD/../userspace/fleet/pagestat.rules.yml
PATH=$PATH:$(readlink -f ../build/unpacked)/usr/bin

# run_service: run the commands of the service, as systemd does
run_service()
{
	local line to=$work/metrics

	eval "$(sed -n 's/^Environment="\([A-Z]*\)=\(.*\)"$/\1="\2"/p' "$service")"
	# shellcheck disable=SC2034	# TO is in the lines
	TO=$to
	while read -r line; do
		eval "$line" || return
	done < <(sed -n 's|^ExecStart=[^ ]*/pagestat |pagestat |p' "$service")
}

# sample FILE NAME: print the value of a sample
sample()
{
	awk -v name="$2" '$1 == name { print $2 }' "$work/metrics/$1.prom"
}

# query EXPRESSION: print the value of the only sample
query()
{
	promtool query instant http://127.0.0.1:9090 "$1" 2>/dev/null |
		sed -n 's/.*=> \([^ ]*\) @.*/\1/p'
}

# arrives EXPRESSION VALUE: wait until Prometheus has that value
arrives()
{
	local deadline=$((SECONDS + 90))

	until [ "$(query "$1")" = "$2" ]; do
		if [ $SECONDS -ge $deadline ]; then
			echo "# $1: $(query "$1"), not $2"
			tail -n 3 $work/exporter.log $work/prometheus.log 2>/dev/null | sed 's/^/# /'
			return 1
		fi
		sleep 1
	done
}

[ -r "$service" ] || { echo "no $service"; exit 4; }

echo "TAP version 13"
echo "1..5"

reload
mkdir -p $work/metrics
cd $work || exit

# ---- a shell that forks, writes, and then waits

cp /bin/bash $work/copier
mkfifo hold
$work/copier -c '(:); echo >ready; read -r _ <hold' &
copier=$!
until [ -s ready ]; do
	sleep 0.1
done
sleep 0.5

cow=$(column processes cow $copier)
run_service && [ "$cow" -gt 0 ] &&
	[ "$(sample pagestat-rows 'pagestat_cow_pages{comm="copier"}')" = "$cow" ]
result $? "the service writes the counters of a workload ($cow pages copied)"

total=$(sample pagestat-system pagestat_system_cow_pages_total)
[ "$total" -ge "$cow" ] && [ "$(column system cow)" -ge "$total" ]
result $? "the service writes the totals of the machine ($total pages copied)"

# ---- the number of rows is bounded; the processes do nothing meanwhile

for ((i = 0; i < 9; i++)); do
	cp /bin/sleep $work/sleeper$i
	$work/sleeper$i 1000 &
	sleepers+=($!)
done
sleep 1
good=0
pagestat --csv --no-headings -C 'sleeper*' -o minor,filemap >all
for n in 1 4 8 9; do
	pagestat --openmetrics --by command -C 'sleeper*' -o minor,filemap --sort minor \
		-n $n --rest >some
	[ "$(grep -c '^pagestat_minor' some)" -eq $((n < 9 ? n + 1 : 9)) ] || good=1
	[ "$(awk '/^pagestat_minor/ { sum += $2 } END { print sum }' some)" -eq \
	  "$(awk -F , '{ sum += $1 } END { print sum }' all)" ] || good=1
	[ "$(awk '/^pagestat_filemap/ { sum += $2 } END { print sum }' some)" -eq \
	  "$(awk -F , '{ sum += $2 } END { print sum }' all)" ] || good=1
done
[ "$(wc -l <all)" -eq 9 ] && [ $good -eq 0 ]
result $? "the sum of the first rows and the rest is that of all rows"
kill "${sleepers[@]}"
wait "${sleepers[@]}" 2>/dev/null

# ---- queries to Prometheus

servers_run()
{
	prometheus --version && prometheus-node-exporter --version && promtool --version
}

if servers_run >/dev/null 2>&1; then
	ip link set lo up
	cat >prometheus.yml <<-END
		global: {scrape_interval: 2s, evaluation_interval: 2s}
		rule_files: [$rules]
		scrape_configs:
		  - job_name: node
		    static_configs: [{targets: ["127.0.0.1:9100"]}]
	END
	prometheus-node-exporter --collector.disable-defaults --collector.textfile \
		--collector.textfile.directory=$work/metrics \
		--web.listen-address=127.0.0.1:9100 >exporter.log 2>&1 &
	servers=($!)
	prometheus --config.file=prometheus.yml --storage.tsdb.path=$work/data \
		--web.listen-address=127.0.0.1:9090 >prometheus.log 2>&1 &
	servers+=($!)

	arrives 'pagestat_cow_pages{comm="copier"}' "$cow" &&
		arrives pagestat_system_cow_pages_total "$total" &&
		arrives node_textfile_scrape_error 0
	result $? "Prometheus has the same values"

	reload kprobes=1
	echo 0 >/sys/kernel/debug/kprobes/enabled
	run_service 2>/dev/null
	arrives 'count(ALERTS{alertname="PagestatMissed",alertstate="firing"})' 1
	status=$?
	echo 1 >/sys/kernel/debug/kprobes/enabled
	reload
	result $status "Prometheus raises an alert when kprobes are switched off"
	kill "${servers[@]}"
	wait "${servers[@]}" 2>/dev/null
else
	skip "prometheus does not run here" "Prometheus has the same values"
	skip "prometheus does not run here" "Prometheus raises an alert when kprobes are switched off"
fi

echo >hold
wait $copier
