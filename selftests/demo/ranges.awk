# SPDX-License-Identifier: GPL-2.0
#
# ranges.awk - sum up trace events by the mapping of the process that they are in
#
# usage: trace-cmd report -i FILE | awk -f ranges.awk /proc/PID/maps -
#
# Reads the mappings, then events of pagestat with "address=" and perhaps "ns=".
# Prints a line for each mapping that has events: how many, on how many pages, and the
# sum and the maximum of their time; "-" is a mapping without a name.

function number(hex,	i, n)
{
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
	return n
}

function field(key)
{
	if (!match($0, " " key "=[^ ]*"))
		return ""
	return substr($0, RSTART + length(key) + 2, RLENGTH - length(key) - 2)
}

FILENAME != "-" {
	split($1, bounds, "-")
	from[++maps] = number(bounds[1])
	to[maps] = number(bounds[2])
	what[maps] = sprintf("%s %s %s", $1, $2, NF > 5 ? $6 : "-")
	next
}

/ address=0x/ {
	address = number(substr(field("address"), 3))
	ns = field("ns") + 0
	for (i = 1; i <= maps && !(address >= from[i] && address < to[i]); i++)
		;
	if (i > maps)
		what[i] = "no mapping any more"
	events[i]++
	if (!seen[i, sprintf("%.0f", address - address % 4096)]++)
		pages[i]++
	sum[i] += ns
	if (ns > max[i])
		max[i] = ns
}

END {
	printf "%6s %6s %9s %9s  %s\n", "EVENTS", "PAGES", "SUM_MS", "MAX_MS", "MAPPING"
	for (i in events)
		printf "%6d %6d %9.2f %9.2f  %s\n", events[i], pages[i], sum[i] / 1e6, max[i] / 1e6, what[i] | "sort -rn"
}
