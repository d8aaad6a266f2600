# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# JSON: valid whatever is in it, one line a report, numbers and null

test_json_processes()
{
	tree
	tool 0 --json
	[ "$(wc -l <out)" -eq 1 ]
	sed -i 's/"version": "[^"]*"/"version": "ANY"/; s/"user": "[^"]*"/"user": "ANY"/g' out
	expected processes.json
	json '.pagestat | .abi == 1 and .page_size == 4096 and .since_ns == 3600000000000'
	json '.processes | length == 3'
	json '.processes[1] | .pid == 310 and .cow == 25601 and .comm == "bash"'
	json '[.processes[] | .swapin] == [0, null, 12]'
}

test_json_columns_as_asked_for()
{
	tree
	tool 0 --json -p 1 -o cow,pid
	json '.processes == [{"cow": 4321, "pid": 1}]'
}

test_json_without_rows()
{
	tree
	tool 0 --json -C kthreadd
	json '.processes == []'
}

test_json_of_any_name()
{
	tree
	{
		row pid=5 minor=1 comm='q"\134\012\001\177'
		row pid=6 minor=1 comm=$'\xff\xc3\xa4\xed\xa0\x80\xf0\x9f\x98\x80\xc3'
		row pid=7 minor=1 comm=
		row pid=8 minor=1 comm=$'\xc2\x9b2J\xe2\x80\xae\xd8\x9c\xe2\x81\xa9'
	} >>"$T/processes"
	LC_ALL=C tool 0 --json -o comm -p 5,6,7,8
	json '.processes[0].comm == "q\"\\\n\u0001\u007f"'
	json '.processes[1].comm == "\ufffdä\ufffd\ufffd\ufffd😀\ufffd"'
	json '.processes[2].comm == ""'
	# what a terminal would take for orders
	grep -qF '"comm": "\u009b2J\u202e\u061c\u2069"' out
	json '.processes[3].comm == "\u009b2J\u202e\u061c\u2069"'
}

test_json_largest_number()
{
	tree
	row pid=5 minor=18446744073709551615 >>"$T/processes"
	tool 0 --json -p 5
	grep -q '"minor": 18446744073709551615,' out
}

test_json_system()
{
	tree
	system_file minor=99 swapin=- >"$T/system"
	tool 0 --system --json
	json '.system | .minor == 99 and .swapin == null and .page_size == 4096'
}

test_json_probes()
{
	tree
	tool 0 --probes --json
	json '.probes | length == 2'
	json '.probes[0] | .hits == 1234 and .state == "attached"'
	json '.probes[1] | .symbol == null and .feeds == "swapin,swapin_io,swapin_cache"'
}
