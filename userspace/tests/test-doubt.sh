# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Counters that lack hits, as these came from unknown functions of the kernel
#
# shellcheck disable=SC2317	# give_samples() is called by watch_samples()

# lacks_reuse: the module has lost hits of the hook "reuse": of other and three more
lacks_reuse()
{
	tree
	system_file stray=3 stray_reuse=3 reuse=22 cow=7 >"$T/system"
}

test_doubt_table_has_marks()
{
	lacks_reuse
	tool 0 -o pid,cow,reuse,other -p 1,310
	prints 'PID COW REUSE OTHER' '1 4321 22? 0?' '310 25601 0? 0?'
	says 'stray 3' 'not exact' 'pagestat --probes' ': reuse, zeromap, filemap, other'
	tool 0 -r -o reuse,swapin -p 310
	prints 'REUSE SWAPIN' '0? -'
	tool 0 --by user -o user,reuse,cow -p 1
	prints 'USER REUSE COW' "$(tail -n 1 out | tr -s ' ')"
	grep -q '22? 4321$' <(tr -s ' ' <out)
}

# The widest number and its mark have room; the columns are straight.
test_doubt_table_is_aligned()
{
	lacks_reuse
	row pid=7 reuse=18446744073709551615 comm=wide >>"$T/processes"
	tool 0 -o reuse,pid,comm
	[ "$(awk '{ print index($0, " " $2 " ") + length($2) }' out | sort -u | wc -l)" -eq 1 ]
	grep -q '^18446744073709551615? ' out
}

test_doubt_csv_has_no_number()
{
	lacks_reuse
	tool 0 --csv -o pid,cow,reuse -p 1
	prints pid,cow,reuse '1,4321,22?'
	tool 0 --system --csv
	[ "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "reuse") at = i }
		      NR == 2 { print $at }' out)" = '22?' ]
}

test_doubt_json_names_them()
{
	lacks_reuse
	tool 0 --json -p 1
	json '.doubtful == ["reuse", "zeromap", "filemap", "other"] and
		.processes[0].reuse == 22 and .pagestat.stray_reuse == 3'
	tool 0 --system --json
	json '.doubtful == ["reuse", "zeromap", "filemap", "other"] and .system.reuse == 22'
	tree
	tool 0 --json -p 1
	json '.doubtful == []'
	silent
}

test_doubt_metrics_have_a_family()
{
	lacks_reuse
	tool 0 --openmetrics -o cow,reuse -p 1
	grep -qx 'pagestat_doubtful{counter="cow"} 0' out
	grep -qx 'pagestat_doubtful{counter="reuse"} 1' out
	grep -qx '# TYPE pagestat_doubtful gauge' out
	[ "$(tail -n 1 out)" = '# EOF' ]
	tool 0 --system --openmetrics
	grep -qx 'pagestat_system_doubtful{counter="other"} 1' out
	grep -qx 'pagestat_system_doubtful{counter="swapin"} 0' out
	grep -qx 'pagestat_system_stray_reuse_total 3' out
}

test_doubt_system_has_marks()
{
	lacks_reuse
	tool 0 --system
	grep -Eq '^reuse +22\? ' out
	grep -Eq '^cow +7 ' out
	grep -Eq '^stray_reuse +3 ' out
}

# Which hook it was is not known: it may have been any.
test_doubt_of_an_older_module()
{
	local stray=() columns=${#SYSTEM[@]}

	tree
	mapfile -t stray < <(printf '%s\n' "${SYSTEM[@]}" | grep ^stray_)
	system_file stray=1 |
		cut -f "1-$((columns - ${#stray[@]})),$((columns + 1))-" >"$T/system"
	tool 0 --json -p 1
	json '.doubtful | contains(["cow_anon", "reuse", "swapin", "swapout"]) and
		(index("minor") == null) and (index("refault") == null)'
}

test_doubt_of_an_interval_is_that_of_the_interval()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 reuse=1 | next_sample stray=2 stray_reuse=2
		row pid=5 minor=2 reuse=2 | next_sample stray=2 stray_reuse=2
		row pid=5 minor=3 reuse=4 | next_sample stray=3 stray_reuse=3
	}
	watch_samples 0 --no-headings -o minor,reuse 0.1 2
	prints '1 1' '1 2?'
	[ "$(grep -c 'not exact' err)" -eq 1 ]
}

test_doubt_fails_the_check()
{
	tree
	tool 8 check
	finding_of_strays=$(sed -n '/hits by unknown callers/p' out)
	[[ $finding_of_strays == *PASS* ]]
	lacks_reuse
	sed -i 's/	1234	0	0/	1234	0	3/' "$T/probes"
	tool 8 check
	grep -q 'hits by unknown callers .*FAIL' out
}
