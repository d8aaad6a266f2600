# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# pagestat lab replacement, which needs no module but to record

# replace STATUS ARG...
replace()
{
	local status=$1

	shift
	PAGESTAT_DEBUGFS=$PWD/nowhere tool "$status" lab "$@" replacement
}

test_lab_replacement_belady()
{
	replace 0
	silent
	# Faults with 1 to 5 frames: OPT, FIFO, LRU, Clock, LFU
	grep -E '^ +[1-5]( +[0-9]+){5}$' out | sed 's/  */ /g; s/^ //' >faults
	diff - faults <<-END
		1 12 12 12 12 12
		2 9 12 12 12 12
		3 7 9 10 9 10
		4 6 10 8 10 8
		5 5 5 5 5 5
	END
	grep -q '^PASS  *9  *9 FIFO faults with 3 frames' out
	grep -q '^PASS  *10  *10 FIFO faults with 4 frames' out
	grep -q "Belady's anomaly: FIFO has 9 faults with 3 frames, and 10 with 4[.]" out
	lacks "Belady's anomaly: (LRU|OPT)" out
	# The frames, as textbooks draw them
	grep -A 3 'FIFO: ' out | tail -n 3 | sed 's/^ *//' | diff - <(printf '%s\n' \
		'1 2 3 4 1 2 5 1 2 3 4 5' '1 1 1 4 4 4 5 . . 5 5 .' '2 2 2 1 1 1 . . 3 3 .')
	grep -q '^9 passed, 0 failed' out
}

test_lab_replacement_done_wrongly_fails()
{
	replace 8 --break
	grep -q '^FAIL  *7  *12 OPT' out
	grep -q '^FAIL  *0  *[1-9].* times another had fewer faults' out
	replace 8 --break --seed 1
	grep -q '^FAIL  *0  *[1-9].* times another had fewer faults' out
}

test_lab_replacement_given_string()
{
	replace 0 --string '7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1' --frames 3 --json
	json '.string == {"source": "as given", "references": 20, "pages": 6}'
	json '.faults | length == 3'
	json '.faults[2] | .frames == 3 and .opt == 9 and .fifo == 15 and .lru == 12'
	json '.failed == 0 and .passed == 3'
	printf '0x7f00,\n0x7f01\n0x7f00\n' >pages
	replace 0 --string @pages --json
	json '.string | .references == 3 and .pages == 2'
}

test_lab_replacement_generated_string()
{
	replace 0 --seed 3
	grep -E '^ +[0-9]+( +[0-9]+){5}$' out >first
	[ "$(wc -l <first)" -eq 20 ]
	replace 0 --seed 3
	grep -E '^ +[0-9]+( +[0-9]+){5}$' out | diff first -
	replace 0 --seed 4
	! grep -E '^ +[0-9]+( +[0-9]+){5}$' out | diff -q first - >/dev/null || return 1
	# A long one is played on some numbers of frames only, the last one among them.
	seq 1 1000 >pages
	seq 1 1000 >>pages
	replace 0 --string @pages
	[ "$(grep -cE '^ +[0-9]+( +[0-9]+){5}$' out)" -lt 25 ]
	grep -Eq '^ +512 +1488 +2000 +2000 +2000 +2000$' out
	grep -Eq '^ +1000( +1000){5}$' out
}

test_lab_replacement_bad_string()
{
	replace 2 --string '1 2 zwei 3'
	says 'lab: "zwei" is not a page; give numbers, as "1 2 3 1"'
	replace 2 --string ''
	says 'there is no page in the string'
	replace 2 --string @nowhere.txt
	says 'cannot read nowhere.txt: No such file'
	replace 2 --frames 0
	replace 2 --seed x
}

test_lab_replacement_recording_takes_the_module()
{
	local status=0

	[ ! -e /sys/kernel/tracing/events/pagestat ] || { echo 'the module is loaded'; exit "$SKIP"; }
	PAGESTAT_DEBUGFS=$PWD/nowhere timeout 60 "$TOOL" lab --record replacement >out 2>err || status=$?
	cat err
	[[ $status == [49] && -s err ]]
}
