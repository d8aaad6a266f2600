# SPDX-License-Identifier: GPL-2.0
#
# list.awk - read the list of mutants
#
# usage: awk -f list.awk LIST
#        awk -v name=NAME -f list.awk LIST FILE
#
# The first prints a line for each mutant: its name, its file, the tests to begin with and,
# if it is said to be equivalent, why, separated by "|".  The second prints FILE with that
# mutant in it.  The status is 1, after a message on stderr, if the list is not as its head
# says, or if the lines to change are not in FILE exactly once.

function fail(text)
{
	print text >"/dev/stderr"
	failed = 1
	exit 1
}

function close_block()
{
	if (mutant == "")
		return
	if (of == "" || old == new)
		fail(mutant ": has no file, or changes nothing")
	if (name == "")
		printf "%s|%s|%s|%s\n", mutant, of, first, why
	else if (name == mutant) {
		wanted_old = old
		wanted_new = new
	}
	mutant = of = first = why = old = new = ""
}

FNR == 1 { file_nr++ }

file_nr == 2 { text = text $0 "\n"; next }

/^#/ { next }

/^$/ { close_block(); next }

/^name: / {
	close_block()
	mutant = $2
	if (seen[mutant]++)
		fail(mutant ": is in the list twice")
	next
}

mutant == "" { fail("line " FNR " is in no mutant: " $0) }

/^file: / { of = $2; next }
/^first: / { first = substr($0, 8); next }
/^equivalent: / { why = why (why == "" ? "" : " ") substr($0, 13); next }
/^-/ { old = old substr($0, 2) "\n"; next }
/^[+]/ { new = new substr($0, 2) "\n"; next }
/^ / { old = old substr($0, 2) "\n"; new = new substr($0, 2) "\n"; next }
{ fail(mutant ": line " FNR " is not understood: " $0) }

END {
	if (failed)
		exit 1
	close_block()
	if (name == "")
		exit 0
	text = "\n" text
	at = index(text, "\n" wanted_old)
	if (wanted_old == "" || !at)
		fail(name ": the lines to change are not there")
	rest = substr(text, at + length(wanted_old))
	if (index(rest, "\n" wanted_old))
		fail(name ": the lines to change are there more than once")
	printf "%s%s%s", substr(text, 2, at - 1), wanted_new, substr(rest, 2)
}
