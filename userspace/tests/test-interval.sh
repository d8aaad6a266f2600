# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What happened between two samples
#
# The files of a sample are pipes: the tool waits until it is given the next
# sample, so no test depends on how fast the machine is.  It reads "processes"
# first, then "system".

# shellcheck disable=SC2317	# give_samples() is called by watch_samples()

# samples: from here on the tree's files are pipes, filled by next_sample
samples()
{
	tree
	rm "$T/processes" "$T/system"
	mkfifo "$T/processes" "$T/system"
}

# next_sample SYSTEM-VALUE...: rows on stdin
next_sample()
{
	{ header; cat; } | give "$T/processes"
	system_file "$@" | give "$T/system"
}

# watch_samples STATUS ARG...: the tool, on what give_samples gives it
watch_samples()
{
	tool_fed_by give_samples "$@"
}

test_interval_differences()
{
	samples
	give_samples()
	{
		{ row pid=1 minor=100 cow=5; row pid=2 minor=7; } | next_sample
		{ row pid=1 minor=150 cow=5; row pid=2 minor=7; } | next_sample
		{ row pid=1 minor=150 cow=9; row pid=2 minor=8; } | next_sample
	}
	watch_samples 0 -o pid,minor,cow 0.1 2
	unstamped
	prints STAMP 'PID MINOR COW' '1 50 0' '' STAMP 'PID MINOR COW' '1 0 4' '2 1 0' ''
	silent
}

test_interval_processes_come_and_go()
{
	samples
	give_samples()
	{
		{ row pid=1 minor=1; row pid=5 minor=9; } | next_sample
		{ row pid=1 minor=3; row pid=9 minor=40; row pid=2 minor=20; } | next_sample
	}
	watch_samples 0 --no-headings -o pid,minor 0.1 1
	prints '1 2' '2 20' '9 40'
}

# The new process of that pid did all it did; the old one has nothing to do with it.
test_interval_pid_used_again()
{
	samples
	give_samples()
	{
		row pid=5 start_ns=111 minor=1000 | next_sample
		row pid=5 start_ns=222 minor=30 | next_sample
		row pid=5 start_ns=222 minor=31 | next_sample
	}
	watch_samples 0 --no-headings -o pid,minor 0.1 2
	prints '5 30' '5 1'
}

test_interval_unknown_stays_unknown()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 swapin=- cow=- | next_sample
		row pid=5 minor=2 swapin=- cow=8 | next_sample
	}
	watch_samples 0 --no-headings -o pid,minor,swapin,cow 0.1 1
	prints '5 1 - -'
}

test_interval_with_a_reset_is_skipped()
{
	samples
	give_samples()
	{
		row pid=5 minor=100 | next_sample since_ns=3600000000000
		row pid=5 minor=130 | next_sample since_ns=1000000000000
		row pid=5 minor=132 | next_sample since_ns=1000200000000
	}
	watch_samples 0 --no-headings -o pid,minor 0.1 2
	prints '5 2'
	says 'reset: this interval is skipped'
	[ "$(wc -l <err)" -eq 1 ]
}

# Longer ago than the one before it was: since_ns grew all the same.
test_interval_with_a_reset_that_since_ns_hides()
{
	samples
	give_samples()
	{
		row pid=5 minor=100 | next_sample since_ns=1000000
		row pid=5 minor=130 | next_sample since_ns=2000000
	}
	watch_samples 0 --no-headings -o pid,minor 0.1 1
	[ ! -s out ]
	says 'reset: this interval is skipped'
}

test_interval_with_a_counter_going_backwards_is_skipped()
{
	samples
	give_samples()
	{
		{ row pid=5 minor=100; row pid=6 minor=1; } | next_sample
		{ row pid=5 minor=99; row pid=6 minor=5; } | next_sample
		{ row pid=5 minor=101; row pid=6 minor=5; } | next_sample
	}
	watch_samples 0 --no-headings -o pid,minor 0.1 2
	prints '5 2'
	says 'process 5: a counter went backwards: this interval is skipped'
}

test_interval_losses_are_those_of_the_interval()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 | next_sample lost_hits=10
		row pid=5 minor=2 | next_sample lost_hits=10
		row pid=5 minor=3 | next_sample lost_hits=14
	}
	watch_samples 0 0.1 2
	[ "$(wc -l <err)" -eq 1 ]
	says 'lost_hits 4'
}

test_interval_ends_with_its_processes()
{
	samples
	give_samples()
	{
		{ row pid=5 minor=1; row pid=6 minor=1; } | next_sample
		row pid=5 minor=1 | next_sample
		row pid=7 minor=1 | next_sample
	}
	watch_samples 0 -p 5,6 --no-headings -o pid,minor 0.1
	prints '5 0'
	says 'process 5 has ended' 'process 6 has ended'
}

test_interval_of_a_process_that_is_not_there()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 | next_sample
	}
	watch_samples 1 -p 77 0.1
	says '-p 77:'
	[ ! -s out ]
}

test_interval_garbled_while_watching()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 | next_sample
		{ header; row pid=5 minor=x; } | give "$T/processes"
	}
	watch_samples 5 0.1
	says 'column minor: "x" is no number'
}

test_interval_jsonl_is_an_object_a_line()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 | next_sample
		row pid=5 minor=2 | next_sample
		row pid=5 minor=2 | next_sample
	}
	watch_samples 0 --jsonl -o pid,minor 0.1 2
	[ "$(wc -l <out)" -eq 2 ]
	json '.interval | .elapsed_ns > 10000000 and (.end | test("^....-..-..T..:..:..[.]...[+]00:00$"))'
	head -n 1 out >first
	mv first out
	json '.processes == [{"pid": 5, "minor": 1}]'
}

# Ten intervals take as long as ten intervals, however long a report takes.
test_interval_does_not_drift()
{
	tree
	tool 0 --jsonl 0.1 10
	json '.interval.elapsed_ns > 0'
	[ "$(jq -s '[.[].interval.elapsed_ns] | add >= 995000000' out)" = true ]
}

# waits_for_signals PID: until a signal would no longer just end it
waits_for_signals()
{
	local try

	for ((try = 0; try < 200; try++)); do
		# SIGINT is the second.
		if grep -q '^SigCgt:.*[2367abef]$' "/proc/$1/status"; then return; fi
		sleep 0.05
	done
	return 1
}

# Of an interval that is interrupted, what was counted until then is printed.
test_interval_interrupted_is_printed()
{
	local signal how

	for signal in INT TERM; do
		for how in '-o pid,minor --no-headings' 'record -o rec'; do
			rm -rf debugfs proc rec
			samples
			# shellcheck disable=SC2086	# words
			env --default-signal=INT "$TOOL" $how 100 >out 2>err &
			row pid=5 minor=1 | next_sample
			waits_for_signals $!
			kill -$signal $!
			row pid=5 minor=8 | next_sample
			wait $!
			[ ! -e rec ] || tool 0 replay rec -o pid,minor --no-headings
			prints '5 7'
		done
	done
}

# Not even of a recording that ends within an interval.
test_interval_last_of_a_recording()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(10):
		    r.sample([dict(pid=1, minor=i * i)], seconds=1)
	END
	tool 0 replay rec 4 --csv --no-headings -o minor
	cut -d , -f 2,3 out >got
	printf '%s\n' 4000000000,16 4000000000,48 1000000000,17 | diff - got
	tool 0 replay rec 3 --csv --no-headings -o minor
	[ "$(wc -l <out)" -eq 3 ]
	tool 0 replay rec 100 --csv --no-headings -o minor
	[ "$(cut -d , -f 2,3 out)" = 9000000000,81 ]
	tool 0 replay rec 4 2 --csv --no-headings -o minor
	[ "$(wc -l <out)" -eq 2 ]
}

test_interval_ends_by_a_signal()
{
	local signal

	tree
	# In the background, timeout sends SIGCONT after its signal.  That undoes
	# the stop by which the leak check begins, which then waits for ever.
	for signal in INT TERM; do
		timeout --foreground --preserve-status -s $signal 2 "$TOOL" --jsonl 0.2 >out 2>err
		json '.processes == []'
		silent
	done
}
