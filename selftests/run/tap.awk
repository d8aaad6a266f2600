# SPDX-License-Identifier: GPL-2.0
#
# tap.awk - read the logs of test runs; print a line for each test, what was skipped
# and why, the results of each test on each kernel, and their sum
#
# usage: awk [-v kernels="KERNEL RELEASE..."] [-v results=FILE] -f tap.awk LOG...
#
# A log has what each test wrote between "# begin NAME" and "# end NAME STATUS
# SECONDS".  NAME is KERNEL:TEST for a test in a VM.  A test writes TAP; if it writes
# something else, its status is the result (0 passed, 4 skipped, others failed).  A test
# fails, too, if it did not end, if it gave more or fewer results than planned, or if all
# results are good but its status is not 0.
#
# FILE gets a line for each test: its kernel ("host" if it has none), its name, and how
# many of its results passed, failed and were skipped.
#
# All that a failed test wrote is printed.  The status is 1 if a test failed or none
# passed.

function close_test(status, seconds,	given, why, took)
{
	given = ok + bad + skip
	if (status == "")
		why = "did not end: the run died in it"
	else if (plan < 0 && given == 0) {
		if (status == 0)
			ok++
		else if (status == 4)
			skip++
		else
			why = "ended with status " status
	} else if (plan < 0)
		why = "has no plan"
	else if (given != plan)
		why = "planned " plan " results and gave " given
	else if (status != 0 && bad == 0 && !(status == 4 && ok == 0))
		why = "ended with status " status
	if (why != "")
		bad++

	took = seconds == "" ? "" : ", " seconds " s"
	if (bad) {
		printf "%s--- %s: %s\n", text, name, why != "" ? why : bad " failed"
		printf "not ok %s\n", name
	} else if (ok)
		printf "ok %s (%d%s%s)\n", name, ok, skip ? ", " skip " skipped" : "", took
	else
		printf "ok %s # SKIP\n", name
	if (skip)
		skipped[++nr_skipped] = name ": " (reasons != "" ? reasons : text)
	note()
	all_ok += ok
	all_bad += bad
	all_skip += skip
	in_test = 0
}

# Note the results in the table.  What has no kernel in its name ran on the host.
function note(	at, on, test)
{
	at = index(name, ":")
	on = at ? substr(name, 1, at - 1) : "host"
	test = substr(name, at + 1)
	if (!(test in known)) {
		known[test] = 1
		tests[++nr_tests] = test
	}
	cell[test, on] = ok "/" bad "/" skip
	if (results != "")
		printf "%s\t%s\t%d\t%d\t%d\n", on, test, ok, bad, skip >results
	on_ok[on] += ok
	on_bad[on] += bad
	on_skip[on] += skip
}

function table(	nr, on, i, j)
{
	nr = split(kernels " host -", on, " ")
	printf "\n%-14s %-24s %8s %8s %8s\n", "kernel", "release", "passed", "failed", "skipped"
	for (i = 1; i < nr; i += 2)
		printf "%-14s %-24s %8d %8d %8d\n", on[i], on[i + 1],
		       on_ok[on[i]], on_bad[on[i]], on_skip[on[i]]

	printf "\n%-22s", "passed/failed/skipped"
	for (i = 1; i < nr; i += 2)
		printf " %8s", on[i]
	print ""
	for (j = 1; j <= nr_tests; j++) {
		printf "%-22s", tests[j]
		for (i = 1; i < nr; i += 2)
			printf " %*s", length(on[i]) < 8 ? 8 : length(on[i]),
			       (tests[j], on[i]) in cell ? cell[tests[j], on[i]] : "-"
		print ""
	}
	print ""
}

{ sub(/\r$/, "") }

/^# begin / {
	if (in_test)
		close_test("")
	name = $3
	ok = bad = skip = 0
	plan = -1
	text = ""
	reasons = ""
	in_test = 1
	next
}

!in_test { next }

/^# end / && $3 == name { close_test($4, $5); next }

{ text = text $0 "\n" }

/^1\.\.[0-9]+/ {
	plan = substr($1, 4) + 0
	if (plan == 0)
		skip++		# "1..0 # SKIP why"
	if (plan == 0)
		plan = 1
}

/^ok / || $0 == "ok" {
	if (/# *[Ss][Kk][Ii][Pp]/) {
		skip++
		sub(/^[^#]*# *[A-Za-z]* */, "")
		reasons = reasons (reasons == "" ? "" : "; ") $0
	} else
		ok++
}

/^not ok/ { bad++ }

END {
	if (in_test)
		close_test("")
	for (i = 1; i <= nr_skipped; i++)
		printf "# skipped: %s\n", skipped[i]
	table()
	printf "%d passed, %d failed, %d skipped\n", all_ok, all_bad, all_skip
	exit all_bad > 0 || all_ok == 0
}
