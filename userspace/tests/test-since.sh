# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Rows since a moment: --since, in every spelling

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
