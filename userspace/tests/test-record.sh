# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Recordings: what is replayed is what would have been printed, and what is damaged
# is not used
#
# samples, next_sample and watch_samples are those of test-interval.sh; "label" is
# that of run.sh.

# shellcheck disable=SC2317	# give_samples() is called by watch_samples()
# shellcheck disable=SC2154	# run.sh sets label

# Six samples: births, ends, a pid used again, what is unknown, losses, a reset, a
# process that came and went between two samples.
give_story()
{
	local a=(pid=1 ppid=0 comm=init) b=(pid=310 uid=1000 "comm=we\\134ird, \"x\"")

	{ row "${a[@]}" minor=100 cow=5 swapin=-; row pid=2 minor=7; row "${b[@]}" minor=9; } |
		next_sample
	{ row "${a[@]}" minor=150 cow=9 swapin=-; row pid=2 minor=7; row "${b[@]}" minor=12; } |
		next_sample lost_hits=4 stray=3 stray_new_anon=3
	{
		exited_header
		exited_row pid=2 minor=9 end_ns=55 exit_code=256
		exited_row pid=77 start_ns=44 minor=1234 end_ns=54 comm=brief
	} >"$T/exited"
	{ row "${a[@]}" minor=150 cow=9 swapin=3; row "${b[@]}" minor=12 uid=0; } |
		next_sample lost_hits=4 stray=3 stray_new_anon=3
	{ row "${a[@]}" minor=18446744073709551615 cow=9 swapin=7; row pid=2 start_ns=99 minor=2; } |
		next_sample lost_hits=4 stray=4 stray_new_anon=4
	row "${a[@]}" minor=3 | next_sample since_ns=1000
	row "${a[@]}" minor=8 | next_sample since_ns=1000000000000
}

# story FILE: it is recorded
story()
{
	samples
	give_samples() { give_story; }
	watch_samples 0 record -o "$1" 0.1 5
}

# The moments and lengths of intervals are those of the run.
stampless()
{
	sed -E 's/20..-..-..T..:..:..[.]...[+]00:00/STAMP/; s/last [0-9.]* s/last T s/
		s/"(since|elapsed)_ns": [0-9]*/"\1_ns": N/g; s/^(STAMP),[0-9]*,/\1,N,/' "$1"
}

# A row for each process there was, and the notes: of 5 intervals, one has a reset.
test_record_replay_prints_what_was_printed()
{
	local how

	story rec
	for how in '' '--jsonl' '--csv' '--by user -o +user,procs' '-p 1,310 -r' \
		   '--exited -o pid,minor,exit_code,end_ns' '--sort +minor -n 2 -a -u 0' \
		   '--by cgroup -o cgroup,minor,cow --cgroup /'; do
		rm -rf debugfs proc
		samples
		# shellcheck disable=SC2086	# words
		watch_samples 0 $how 0.1 5 || return
		mv out live
		mv err live.err
		# shellcheck disable=SC2086
		tool 0 replay rec $how
		diff <(stampless live) <(stampless out)
		diff live.err err
		[ -s out ]
	done
}

# Of a recording one may ask for who came later, or lived between two samples.
test_record_replay_of_processes_that_come_later()
{
	story rec
	tool 0 replay rec -p 77,310 --csv --no-headings -o pid,minor
	grep -q ',77,1234$' out
	grep -q ',310,3$' out
	tool 1 replay rec -p 77,78 -r --no-headings -o pid,minor
	grep -q '^ *77 1234$' out
	says '-p 78: no such process in the recording'
	! grep -q -e '-p 77' err
}

test_record_replay_totals_for_prometheus()
{
	story rec
	tool 0 replay rec --openmetrics
	grep -qx 'pagestat_minor_faults_total{pid="1",comm="init",cgroup="/init.scope"} 8' out
	tail -n 1 out | grep -qx '# EOF'
}

test_record_replay_of_longer_intervals()
{
	tree
	tool 0 record -o rec 0.1 9
	tool 0 replay rec 0.1 -a --csv --no-headings -p 1
	[ "$(wc -l <out)" -eq 9 ]
	tool 0 replay rec 0.3 -a --csv --no-headings -p 1
	[ "$(wc -l <out)" -eq 3 ] || [ "$(wc -l <out)" -eq 4 ]
	tool 0 replay rec 100 -a --csv --no-headings -p 1
	[ "$(wc -l <out)" -eq 1 ]
	tool 0 replay rec 0.1 2 -a --csv --no-headings -p 1
	[ "$(wc -l <out)" -eq 2 ]
	tool 0 replay rec --since 20 -a -p 1
}

test_record_threads()
{
	tree
	{ thread_header; thread_row pid=1 tid=1 minor=3; thread_row pid=1 tid=2; } >"$T/threads"
	tool 0 record --by thread -o rec 0.1 1
	tool 0 replay rec --by thread -a -r --no-headings -o pid,tid,minor
	prints '1 1 0' '1 2 0'
	tool 5 replay rec
	says 'has threads, not processes'
}

test_record_keeps_what_is_there()
{
	tree
	echo mine >rec
	tool 6 record -o rec 0.1 1
	says 'rec: exists already'
	[ "$(cat rec)" = mine ]
	tool 6 record -o /nosuch/rec 0.1 1
	tool 2 record 0.1 1
	tool 2 replay
	tool 5 replay /nosuch/rec
}

test_record_of_names_that_come_and_go()
{
	run_program names rec
}

# No more than this; and it says how many bytes.
test_record_on_a_full_disk()
{
	local size

	tree
	(ulimit -f 2; trap '' XFSZ; tool 6 record -o rec 0.1 100; says 'rec: could not be written')
	size=$(stat -c %s rec)
	[ "$size" -gt 0 ] && [ "$size" -le 2048 ]
	tool 0 replay rec -a
	silent
}

# Whatever is missing at the end: what comes before it is there, and no more.  And
# with a bit flipped anywhere, nothing is made up, and it is said.
test_record_damaged_at_every_byte()
{
	story rec
	run_program damage cut rec
	run_program damage flip rec
}

# What of it shows: by the status, by what is printed, by a message.
test_record_cut_short()
{
	local at size status

	story rec
	tool 0 replay rec --csv --no-headings
	cp out whole
	size=$(stat -c %s rec)
	for at in 0 7 $((size / 8)) $((size / 4)) $((size / 2)) $((size - 9)); do
		head -c "$at" rec >short
		status=0
		timeout 60 "$TOOL" replay short --csv --no-headings >out 2>err || status=$?
		case $status in
		0|5)	;;
		*)	echo "cut at $at: status $status"; cat err; return 1 ;;
		esac
		cmp out <(head -c "$(stat -c %s out)" whole)
		[ -s err ]
	done
	head -c -1 rec >short
	tool 0 replay short --csv --no-headings
	says 'cut short, or being written'
	[ "$(wc -l <out)" -eq "$(($(wc -l <whole) - 1))" ]
}

# poke FILE OFFSET: one bit of that byte is another
poke()
{
	local byte

	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	# shellcheck disable=SC2059	# the byte is the format
	printf "\\x$(printf %02x $((byte ^ 4)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

test_record_with_a_bit_flipped()
{
	local at size

	story rec
	tool 0 replay rec --csv --no-headings
	cp out whole
	size=$(stat -c %s rec)
	for at in 3 $((size / 8)) $((size / 4)) $((size / 2)) $((size - 9)); do
		cp rec bad
		poke bad "$at"
		tool 5 replay bad --csv --no-headings
		lacks . <(grep -vxFf whole out)
		grep -qE 'damaged|cut short|not a recording|version' err
	done
}

# What follows damage is found again by the next sample that stands by itself.
test_record_goes_on_behind_damage()
{
	local nr

	tree
	tool 0 record -o rec 0.1 40
	tool 0 replay rec -a --csv --no-headings -p 1
	nr=$(wc -l <out)
	[ "$nr" -eq 40 ]
	poke rec $(($(grep -abo pagestat rec | sed -n 2p | cut -d : -f 1) + 30))
	tool 5 replay rec -a --csv --no-headings -p 1
	says 'damaged at byte'
}

test_record_that_is_none()
{
	: >empty
	tool 5 replay empty
	says 'is empty'
	head -c 100000 /dev/urandom >garbage
	tool 5 replay garbage
	says 'not a recording of pagestat'
	tool 7 replay /
	story rec
	sed '1s/ 1$/ 2/' rec >newer
	tool 5 replay newer
	says 'a recording of version 2' 'Update the tool'
	[ ! -s out ]
}

# A day of 300 processes at 1 s: a third of them do something in each second, five
# of these much; six processes a second begin and end.
test_record_size_of_a_day()
{
	local first all day

	samples
	day_sample()
	{
		awk -v t="$1" -v header="$(header)" '
			BEGIN {
				nr = split(header, name, "\t")
				share["minor"] = 1; share["major"] = share["retry"] = 0.0025
				share["zerofill"] = share["write"] = 0.6; share["filemap"] = 0.3
				share["cow"] = share["cow_anon"] = 0.1; share["read"] = 0.35
				share["exec"] = 0.05; share["kernel"] = 0.07; share["reuse"] = 0.08
				print header
				for (p = 1; p <= 300; p++) {
					busy = p <= 5 ? 2000 : p <= 100 ? 12 : 0
					for (s = 0; s <= t; s++) {
						x = (p * p * 7919 + s * s * 104729 + p * s * 31) % 1009 / 1009
						if (busy && (p <= 5 || x < 0.9))
							sum[p] += int(1 + busy * x)
					}
					line = p "\t1\t" p % 7 "\t" p * 1000003
					m = sum[p] + p * 977
					for (c = 5; c < nr; c++) {
						n = name[c]
						v = int(m * share[n])
						line = line "\t" v
					}
					print line "\tprocess-" p
				}
			}'
	}
	day_exited()
	{
		local i

		exited_header
		for ((i = 0; i < 6 * $1; i++)); do
			exited_row pid=$((5000 + i)) start_ns=$((1000000000 * i + 12345)) \
				end_ns=$((1000000000 * i + 918273645)) minor=$((180 + i % 9)) \
				major=$((i % 3)) cow=$((40 + i % 7)) cow_anon=$((40 + i % 7)) \
				zerofill=$((70 + i % 5)) filemap=$((60 + i % 4)) read=$((80 + i % 4)) \
				write=$((90 + i % 3)) exec=20 kernel=9 reuse=$((i % 6)) comm=sh
		done
	}
	give_samples()
	{
		local i

		for ((i = 0; i <= 20; i++)); do
			day_exited "$i" >"$T/exited"
			day_sample "$i" | give "$T/processes"
			system_file minor=$((i * 1234)) | give "$T/system"
		done
	}
	watch_samples 0 record -o rec 0.1 20
	all=$(stat -c %s rec)
	# Up to the end of the sample that stands by itself.
	first=$(grep -abo pagestat rec | sed -n 2p | cut -d : -f 1)
	first=$((first + $(od -An -tu4 -j $((first - 8)) -N 4 rec)))
	day=$(((all - first) * 86400 * 17 / 320 + first))
	echo "a sample: $(((all - first) / 20)) bytes, a day: $day, the first: $first"
	[ "$day" -lt 100000000 ]
	[ "$day" -gt 1000000 ]
	tool 0 replay rec --csv --no-headings -o pid,minor
	[ "$(wc -l <out)" -gt 1500 ]
}
