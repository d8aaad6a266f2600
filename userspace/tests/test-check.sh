# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# pagestat check, where nobody counts: its workers have no record in canned files,
# so every workload has to fail.  The state of the module is as the files say.

# The machine itself is left alone: its settings are files of the test.
check_tree()
{
	tree
	export PAGESTAT_SYSFS=$PWD/sys
}

# finding RESULT CHECK [NOTE]: that is the result, and the note has that in it
finding()
{
	grep -qE "^$2 .* $1 .*${3:-}" out || { echo "not so: $2: $1 ${3:-}"; return 1; }
}

test_check_without_records()
{
	check_tree
	tool 8 check
	silent
	finding FAIL 'first touch' 'no record'
	finding FAIL 'fork, child writes' 'no record'
	finding FAIL 'all of them, by wait4\(2\)' 'no record'
	[ "$(grep -c 'no record' out)" -ge 10 ]
	tail -n 1 out | grep -Eq '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$'
}

test_check_of_hooks()
{
	check_tree
	tool 8 check
	finding SKIP 'hooks attached' 'swap-map missing'
	finding PASS 'hits missed'
	finding PASS 'hits by unknown callers'
	sed -i 's/no	missing/no	unfit/' "$T/probes"
	tool 8 check
	finding SKIP 'hooks attached' 'swap-map unfit'
	sed -i 's/no	unfit/no	left-out/; s/	1234	0	0/	1234	5	7/' "$T/probes"
	tool 8 check
	finding FAIL 'hooks attached' 'swap-map left-out'
	finding FAIL 'hits missed' 'fault 5'
	finding FAIL 'hits by unknown callers' 'fault 7'
	sed -i '/swap-map/d' "$T/probes"
	join return handle_mm_fault no off - 0 0 0 - >>"$T/probes"
	tool 8 check
	finding PASS 'hooks attached'
}

test_check_of_losses()
{
	check_tree
	tool 8 check
	finding PASS 'threads not counted'
	finding PASS 'hits not counted'
	finding PASS 'kprobes switched off'
	system_file lost_tasks=3 lost_hits=4 silenced=1 >"$T/system"
	tool 8 check
	finding FAIL 'threads not counted' max_threads
	finding FAIL 'hits not counted'
	finding FAIL 'kprobes switched off' 'echo 1'
}

test_check_of_sums()
{
	check_tree
	tool 8 check
	finding SKIP 'faults without an outcome' '"-"'
	{ header; row pid=7 minor=10 major=2 zerofill=9 swapin=2 other=1; } >"$T/processes"
	tool 8 check
	finding PASS 'faults without an outcome'
	row pid=8 minor=10 major=2 zerofill=9 swapin=2 >>"$T/processes"
	tool 8 check
	finding FAIL 'faults without an outcome' 'process 8'
	{ header; row pid=9 minor=10 major=2 zerofill=9 uffd=3 retry=3; } >"$T/processes"
	tool 8 check
	finding PASS 'faults without an outcome'
}

test_check_json()
{
	check_tree
	tool 8 check --json
	[ "$(wc -l <out)" -eq 1 ]
	json '.checks | length > 20'
	json '.checks[0] == {"check": "first touch", "counter": "zerofill", "expected": 1009,
		"counted": null, "seen": 1009, "faults": null, "kernel": null,
		"result": "FAIL", "note": "its process has no record"}'
	json '[.checks[] | select(.result == "FAIL")] | length'
	json '.failed == ([.checks[] | select(.result == "FAIL")] | length)'
}

# What the page table shows needs no module.
test_check_sees_what_the_kernel_did()
{
	check_tree
	tool 8 check --json
	json '[.checks[] | select(.check == "private file, written" or
		.check == "shared file, written")] | map(.seen) == [1009, 1009]'
}

test_check_has_a_line_for_every_counter()
{
	check_tree
	tool 8 check --json
	for name in "${COUNTERS[@]}"; do
		json "[.checks[] | select(.counter == \"$name\")] | length > 0"
	done
	json '[.checks[] | select(.check == "no check")] |
		all(.result == "SKIP" and (.note | length > 20))'
	json '[.checks[] | select(.check == "no check") | .counter] ==
		["oom", "compact", "compact_ns"]'
}

test_check_says_what_the_machine_lacks()
{
	check_tree
	tool 8 check
	finding SKIP 'huge page, first touch' 'no transparent huge pages in this kernel'
	finding SKIP 'hugetlb, first touch' 'no hugetlb in this kernel'
	finding SKIP 'merged by KSM, written' 'no KSM in this kernel'
	finding SKIP 'unmapped for a NUMA hint' 'no NUMA balancing in this kernel'
	mkdir -p "$PAGESTAT_SYSFS/kernel/mm/transparent_hugepage" "$PAGESTAT_PROC/sys/kernel"
	echo 2097152 >"$PAGESTAT_SYSFS/kernel/mm/transparent_hugepage/hpage_pmd_size"
	echo 'always madvise [never]' >"$PAGESTAT_SYSFS/kernel/mm/transparent_hugepage/enabled"
	echo 1 >"$PAGESTAT_PROC/sys/kernel/numa_balancing"
	tool 8 check
	finding SKIP 'huge page, first touch' 'switched off'
	finding SKIP 'unmapped for a NUMA hint' 'one NUMA node'
}

# A pool that cannot be made larger here, as nobody does what its file says.
test_check_sets_the_pool_back()
{
	check_tree
	mkdir -p "$PAGESTAT_PROC/sys/vm"
	echo 3 >"$PAGESTAT_PROC/sys/vm/nr_hugepages"
	printf '%s\n' 'HugePages_Free:        2' 'HugePages_Rsvd:        1' \
		'Hugepagesize:       2048 kB' >"$PAGESTAT_PROC/meminfo"
	tool 8 check
	finding SKIP 'hugetlb, child writes' 'no memory for hugetlb pages'
	[ "$(cat "$PAGESTAT_PROC/sys/vm/nr_hugepages")" = 3 ]
}

# kept NAME: the value of that line of what is kept
kept()
{
	sed -n "s/^$1\t//p" "$PAGESTAT_STATE/check-$(uname -r)"
}

test_check_keeps_its_verdict()
{
	check_tree
	mkdir -p "$PAGESTAT_SYSFS/module/pagestat"
	echo 1.2.3 >"$PAGESTAT_SYSFS/module/pagestat/version"
	echo 6A1E >"$PAGESTAT_SYSFS/module/pagestat/srcversion"
	tool 0 --system
	grep -Eq '^checked +- .*pagestat check' out
	tool 0 --system --json
	json '.kernel.checked == null and .kernel.release == "'"$(uname -r)"'"'

	umask 077
	tool 8 check
	silent
	umask 022
	[ "$(stat -c %a "$PAGESTAT_STATE" "$PAGESTAT_STATE"/*)" = $'755\n644' ]
	[ "$(kept release)" = "$(uname -r)" ]
	[ "$(kept version)" = "$(uname -v)" ]
	[ "$(kept module)" = 1.2.3 ]
	[ "$(kept source)" = 6A1E ]
	[ "$(kept FAIL)" = "$(grep -c ' FAIL ' out)" ]
	[ "$(kept SKIP)" = "$(grep -c ' SKIP ' out)" ]
	tool 0 --system
	grep -Eq "^checked +wrong .* $(kept PASS) passed, $(kept FAIL) failed, $(kept SKIP) skipped" out
	tool 0 --system --json
	json ".kernel.checked | .passed == $(kept PASS) and .failed == $(kept FAIL) and .end > \"2\""
	sed -i 's/^FAIL\t.*/FAIL\t0/' "$PAGESTAT_STATE"/check-*
	tool 0 --system
	grep -Eq '^checked +right .* 0 failed' out
}

# Of another build, another module, or not complete: there is none.
test_check_of_something_else_is_none()
{
	check_tree
	mkdir -p "$PAGESTAT_SYSFS/module/pagestat"
	echo 6A1E >"$PAGESTAT_SYSFS/module/pagestat/srcversion"
	tool 8 check
	cp "$PAGESTAT_STATE/check-$(uname -r)" kept
	tool 0 --system
	grep -Eq '^checked +wrong ' out
	for damage in 's/^version\t/&x/' 's/^machine\t/&x/' 's/^module\t/&x/' 's/^source\t/&x/' \
		      '/^source/d' '/^end_ns/d' 's/^PASS\t/&x/' '3s/\t/ /' '1i x'; do
		sed "$damage" kept >"$PAGESTAT_STATE/check-$(uname -r)"
		tool 0 --system
		grep -Eq '^checked +- ' out
	done
	cp kept "$PAGESTAT_STATE/check-$(uname -r)"
	printf 'later\tx\n' >>"$PAGESTAT_STATE/check-$(uname -r)"
	tool 0 --system
	grep -Eq '^checked +wrong ' out
}

test_check_says_that_it_cannot_keep_its_verdict()
{
	check_tree
	: >"$PAGESTAT_STATE"
	tool 8 check
	says "$PAGESTAT_STATE"
	grep -q '^first touch' out
	export PAGESTAT_STATE=$PWD/no/where
	tool 8 check
	says 'not kept'
}

test_check_usage()
{
	check_tree
	tool 2 check now
	says '"now": check takes no argument'
	tool 2 check -p 1
	tool 2 -a check
	says 'check comes first'
	tool 0 check --help
	rm -r "$T"
	tool 3 check
	says 'modprobe pagestat'
}
