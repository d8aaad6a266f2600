# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What is shipped for many machines: units, alerts, dashboard, and that their numbers
# arrive in Prometheus

FLEET=$TESTS/../fleet

# run_service FILE: what systemd would do with its ExecStart lines, into the folder $TO
run_service()
{
	local line to=$TO

	eval "$(sed -n 's/^Environment="\([A-Z]*\)=\(.*\)"$/\1="\2"/p' "$1")"
	TO=$to
	while read -r line; do
		eval "$line"
	done < <(sed -n "s|^ExecStart=[^ ]*/pagestat |'$TOOL' |p" "$1")
}

test_fleet_alerts()
{
	wants promtool
	promtool check rules "$FLEET/pagestat.rules.yml"
	cp "$FLEET/pagestat.rules.yml" "$TESTS/fleet-rules.yml" .
	promtool test rules fleet-rules.yml
	# Each has a test that it comes.
	diff <(sed -n 's/.*- alert: //p' pagestat.rules.yml | sort) \
		<(grep -B 2 exp_alerts: fleet-rules.yml | sed -n 's/.*alertname: //p' | sort)
	# And a test that fails says so.
	sed -i 's/> 200$/> 300/' pagestat.rules.yml
	! promtool test rules fleet-rules.yml || exit 1
}

test_fleet_dashboard()
{
	wants jq
	wants promtool
	jq -e '.panels | length >= 8 and ([.[].id] | length == (unique | length))' \
		"$FLEET/dashboard.json"
	jq -r '"groups:\n  - name: panels\n    rules:",
		([.panels[].targets[].expr] | to_entries[] |
		"      - record: panel\(.key)\n        expr: " + (.value |
			gsub("\\$__rate_interval"; "5m") | gsub("\\$instance"; ".+")))' \
		"$FLEET/dashboard.json" >panels.yml
	promtool check rules panels.yml
}

test_fleet_asks_for_what_there_is()
{
	local name

	tree
	mkdir metrics
	TO=metrics run_service "$FLEET/pagestat-metrics.service"
	[ "$(ls metrics)" = "$(printf '%s\n' pagestat-rows.prom pagestat-system.prom)" ]
	grep -ohE 'pagestat_[a-z_]+' "$FLEET/pagestat.rules.yml" "$FLEET/dashboard.json" |
		sort -u >asked
	[ "$(wc -l <asked)" -ge 10 ]
	while read -r name; do
		grep -qE "^${name}[ {]" metrics/*.prom || { echo "no metric: $name"; exit 1; }
	done <asked
}

test_fleet_service()
{
	wants systemd-analyze
	make -s -C "$TESTS/.." install PREFIX="$PWD/usr"
	systemd-analyze verify --man=no "$PWD"/usr/lib/systemd/system/pagestat-metrics.{service,timer} >log 2>&1 ||
		{ cat log; return 1; }
	lacks pagestat log
}

# in_use PORT: somebody listens there
in_use()
{
	(: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# query EXPRESSION: what Prometheus has, a line for each sample: value, labels
query()
{
	promtool query instant -o json "http://127.0.0.1:$prometheus" "$1" |
		jq -r '.[] | [.value[1], (.metric | del(.__name__, .instance, .job) | to_entries |
			map("\(.key)=\(.value)") | join(","))] | join(" ")' | sort
}

# start_prometheus: both, ended with the test; $TO is what is collected
start_prometheus()
{
	# Below the ports that clients are given.
	exporter=$((20000 + RANDOM % 10000))
	while in_use $exporter || in_use $((exporter + 1)); do
		exporter=$((exporter + 2))
	done
	prometheus=$((exporter + 1))
	cp "$FLEET/pagestat.rules.yml" .
	cat >prometheus.yml <<-END
		global: {scrape_interval: 1s, evaluation_interval: 1s}
		rule_files: [pagestat.rules.yml]
		scrape_configs:
		  - job_name: node
		    static_configs: [{targets: ["127.0.0.1:$exporter"]}]
	END
	timeout 100 prometheus-node-exporter --collector.disable-defaults --collector.textfile \
		--collector.textfile.directory="$TO" \
		--web.listen-address="127.0.0.1:$exporter" >exporter.log 2>&1 &
	servers=($!)
	timeout 100 prometheus --config.file=prometheus.yml --storage.tsdb.path=data \
		--web.listen-address="127.0.0.1:$prometheus" >prometheus.log 2>&1 &
	servers+=($!)
	trap 'kill "${servers[@]}"; wait "${servers[@]}"' EXIT
}

# arrives EXPRESSION LINE...: soon
arrives()
{
	local deadline=$((SECONDS + 60)) expression=$1

	shift
	printf '%s\n' "$@" | sort >wanted
	until query "$expression" >got 2>/dev/null && diff wanted got >/dev/null; do
		if [ $SECONDS -ge $deadline ]; then
			echo "$expression:"
			diff wanted got
			tail -n 5 exporter.log prometheus.log
			return 1
		fi
		sleep 0.5
	done
}

test_fleet_numbers_arrive()
{
	local n

	wants prometheus
	wants prometheus-node-exporter
	wants jq
	tree
	for ((n = 100; n < 150; n++)); do
		row pid=$n cow=$n minor=$((2 * n)) comm=worker$n
	done >>"$T/processes"
	system_file cow=70000 missed=3 >"$T/system"
	TO=$PWD/metrics
	mkdir metrics
	run_service "$FLEET/pagestat-metrics.service"
	start_prometheus

	arrives pagestat_system_cow_pages_total '70000 '
	arrives 'pagestat_cow_pages{comm=~"bash|worker149|worker1[01]."}' \
		'25601 comm=bash' '149 comm=worker149'
	# 54 commands, of which 20 are shown; all of it is there.
	arrives 'count(pagestat_cow_pages)' '21 '
	arrives 'sum(pagestat_cow_pages)' "$((25601 + 4321 + 6225)) "
	arrives 'sum(pagestat_minor_faults{rest="true"})' "$((7 + 2 * (100 + 131) * 32 / 2)) "
	arrives 'node_textfile_scrape_error' '0 '

	# Later, and with the module silenced.
	system_file cow=70500 silenced=1 missed=3 >"$T/system"
	run_service "$FLEET/pagestat-metrics.service"
	arrives pagestat_system_cow_pages_total '70500 '
	arrives 'ALERTS{alertstate="firing"}' \
		'1 alertname=PagestatMissed,alertstate=firing,severity=warning'
}
