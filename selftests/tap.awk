# SPDX-License-Identifier: GPL-2.0
#
# tap.awk - read the logs of test runs, print a line a test and the sum
#
# usage: awk -f tap.awk LOG...
#
# A log has what each test wrote between "# begin NAME" and "# end NAME STATUS":
# TAP, or anything else, when its status is its only result (0 passed, 4 skipped,
# others failed).  A test fails that did not end, whose plan was not completed,
# or that says all is well and yet has a status other than 0.
#
# All that a failed test wrote is printed.  The status is 1 if one failed.

function close_test(status,	results, why)
{
	results = ok + bad + skip
	if (status == "")
		why = "did not end: the run died in it"
	else if (plan < 0 && results == 0) {
		if (status == 0)
			ok++
		else if (status == 4)
			skip++
		else
			why = "ended with status " status
	} else if (plan < 0)
		why = "has no plan"
	else if (results != plan)
		why = "planned " plan " results and gave " results
	else if (status != 0 && bad == 0 && !(status == 4 && ok == 0))
		why = "ended with status " status
	if (why != "")
		bad++

	if (bad) {
		printf "%s--- %s: %s\n", text, name, why != "" ? why : bad " failed"
		printf "not ok %s\n", name
	} else if (ok)
		printf "ok %s (%d%s)\n", name, ok, skip ? ", " skip " skipped" : ""
	else
		printf "ok %s # SKIP\n", name
	all_ok += ok
	all_bad += bad
	all_skip += skip
	in_test = 0
}

{ sub(/\r$/, "") }

/^# begin / {
	if (in_test)
		close_test("")
	name = $3
	ok = bad = skip = 0
	plan = -1
	text = ""
	in_test = 1
	next
}

!in_test { next }

/^# end / && $3 == name { close_test($4); next }

{ text = text $0 "\n" }

/^1\.\.[0-9]+/ {
	plan = substr($1, 4) + 0
	if (plan == 0)
		skip++		# "1..0 # SKIP why"
	if (plan == 0)
		plan = 1
}

/^ok / || $0 == "ok" {
	if (/# *[Ss][Kk][Ii][Pp]/)
		skip++
	else
		ok++
}

/^not ok/ { bad++ }

END {
	if (in_test)
		close_test("")
	printf "%d passed, %d failed, %d skipped\n", all_ok, all_bad, all_skip
	exit all_bad > 0 || all_ok == 0
}
