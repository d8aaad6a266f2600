# SPDX-License-Identifier: GPL-2.0
#
# direction.awk - includes that go against the order of the folders, with file and line
#
# usage: grep -Hn '^#include "' FILE... | awk -v order='FOLDER... | ...' -f direction.awk
#
# A folder may include from itself and from those of earlier groups; "|" parts groups.
# Files without a folder are of the folder ".".  Status: 1 if there were any.

function folder(path)
{
	return path ~ /\// ? substr(path, 1, match(path, /\/[^\/]*$/) - 1) : "."
}

BEGIN {
	FS = ":"
	nr = split(order, names, " ")
	for (i = 1; i <= nr; i++)
		if (names[i] == "|")
			group++
		else
			place[names[i]] = group + 1
}

{
	split($3, quoted, "\"")
	from = folder($1)
	to = folder(quoted[2])
	if (quoted[2] == "uapi/pagestat.h")
		next
	if (!(from in place) || !(to in place))
		why = "is in no folder of the order"
	else if (from != to && place[to] >= place[from])
		why = from "/ stands above " to "/"
	else
		next
	printf "%s:%d: \"%s\" %s\n", $1, $2, quoted[2], why
	bad = 1
}

END { exit bad || !NR }
