# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2317	# give_samples() is called by watch_samples
#
# Whose rows: -u, --cgroup, -p and -C, and what matches nothing

test_user()
{
	mixed
	tool 0 -u root -r --no-headings -o pid
	prints 10 11
	tool 0 -u 77 -r --no-headings -o pid,user
	prints '12 77'
	tool 0 -u 77 -C bash -a -r --no-headings -o pid
	prints 13
	tool 2 -u no-such-user
	says '-u "no-such-user": there is no such user'
}

test_cgroup()
{
	mixed
	for path in /a a a/ /sys/fs/cgroup/a; do
		tool 0 --cgroup "$path" -r --no-headings -o pid
		prints 10 11
	done
	tool 0 --cgroup / -a -r --no-headings -o pid
	prints 10 11 12
	tool 0 --cgroup /a/b --by user -r --no-headings -o user,procs
	prints 'root 1'
	tool 1 --cgroup /nosuch
	[ ! -s out ]
}

# All filters by one rule: what nobody is, is told, and is status 1; the rest is shown.
test_filters_that_match_nothing()
{
	mixed
	tool 1 --cgroup /nope
	says '--cgroup /nope: no process in it or below'
	tool 1 -u 4321
	says '-u 4321: no process of that user'
	tool 1 -C nope
	says '-C "nope": no process of that name'
	tool 1 -p 99
	says '-p 99: no such process'
	[ ! -s out ]
	tool 1 -p 10,99 -C 'cc*' -C nope -r --no-headings -o pid
	prints 10 12
	[ "$(wc -l <err)" -eq 2 ]
	# each is there, but no process is all of it
	tool 1 --cgroup /a -u 77
	says 'no process is all that was asked for'
	[ "$(wc -l <err)" -eq 1 ]
	tool 0 --cgroup /a -u root -C make -r --no-headings -o pid
	prints 11
	# who is there, but did nothing, is there
	tool 0 -C bash
	says 'nothing was counted yet'
	tool 1 --by command -u 4321 --csv
	tool 1 --json --cgroup /nope
	tool 1 --openmetrics -C nope
}

test_filters_that_match_nothing_in_intervals()
{
	samples
	give_samples()
	{
		row pid=5 minor=1 comm=early | next_sample
		row pid=6 minor=1 comm=late uid=77 | next_sample
		row pid=6 minor=2 comm=late uid=77 | next_sample
	}
	watch_samples 1 -C early -C nope 0.1 2
	says '-C "nope": no process of that name'
	[ "$(wc -l <err)" -eq 1 ]
	# Not there at first: it is told, and waited for.
	watch_samples 0 -C late -r --no-headings -o pid,minor 0.1 2
	says '-C "late": no process'
	prints '6 1' '6 1'
	watch_samples 0 -u 77 -r --no-headings -o pid,minor 0.1 2
	prints '6 1' '6 1'
	watch_samples 1 -u 78 0.1 2
	says '-u 78: no process of that user'
}

test_filters_that_match_nothing_in_a_recording()
{
	story rec
	tool 1 replay rec -C nope
	says '-C "nope": no process of that name in the recording'
	tool 1 replay rec -u 4321
	says '-u 4321: no process of that user in the recording'
	tool 1 replay rec --cgroup /nope
	says '--cgroup /nope: no process in it or below in the recording'
	tool 0 replay rec -C brief -r --no-headings -o pid
	prints 77
	lacks brief err
	tool 1 replay rec --openmetrics -C nope
}
