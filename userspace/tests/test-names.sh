# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Names in every form: a process calls itself what it likes; what is printed is safe for
# a terminal, keeps columns apart, and says which name it was

# What a process may be called, as the module writes it; a name a line.
nasty_names()
{
	printf '%s\n' 'plain' 'two words' '' '-' 'a\134b' '\134012' 'a\012b' 'tab\011x' \
		'\033[2Jx' 'x\033]0;t\007' '\177' 'quo"te,' "it's" 'a=b{c}' \
		$'\xff\xfe' $'half\xc3' $'\xc2\x9b2J' $'\xe2\x80\xaeevil' $'\xe2\x81\xa6x' \
		$'\xe2\x80\xa8x' $'\xd8\x9cx' $'M\xc3\xbcll' $'\xe6\x97\xa5\xe6\x9c\xac' \
		$'no\xc2\xa0break' $'wide\xe3\x80\x80blank' $'\xed\xa0\x80'
}

nasty_tree()
{
	local pid=100 name

	tree
	{
		header
		nasty_names | while IFS= LC_ALL=C read -r name; do
			row pid=$((pid++)) minor=1 comm="$name"
		done
	} >"$T/processes"
	system_file processes=26 >"$T/system"
	cp "$T/processes" "$T/children"
}

# bytes_of_names: the names themselves, in hexadecimal, a line each
bytes_of_names()
{
	nasty_names | while IFS= LC_ALL=C read -r name; do
		# shellcheck disable=SC2059	# the module's escapes are those of printf
		printf "${name//%/%%}" | od -An -v -tx1 | tr -d ' \n'
		echo
	done
}

# safe FILE...: nothing in it that does something to a terminal, or turns text around
safe()
{
	python3 - "$@" <<-'END'
		import sys, unicodedata
		for name in sys.argv[1:]:
		    text = open(name, "rb").read().decode("utf-8", "surrogateescape")
		    for c in text:
		        bad = ("\udc80" <= c <= "\udcff" or c != "\n" and unicodedata.category(c) == "Cc"
		               or c in "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
		               "\u2066\u2067\u2068\u2069")
		        if bad:
		            sys.exit("%s has %r" % (name, c))
	END
}

test_names_are_safe_in_every_form()
{
	local how locale

	nasty_tree
	for locale in C.UTF-8 C; do
		export LC_ALL=$locale
		for how in '' --raw --csv --json --jsonl --openmetrics '--textfile -' '--by command' \
			   '--by command --raw' '--by command --openmetrics' '--by command --csv' \
			   "-C $(printf '\033')[2J" "-C $(printf '\342\200\256')x"; do
			# shellcheck disable=SC2086	# words
			"$TOOL" $how >out 2>err || [ $? -eq 1 ]
			safe out err
			[ -s out ] || [ -s err ]
		done
	done
}

# What the line or field said, each reader by its own rules.
test_names_can_be_told_apart()
{
	local locale

	nasty_tree
	bytes_of_names >names
	for locale in C.UTF-8 C; do
		export LC_ALL=$locale
		# In a table the name is the rest of the line.
		tool 0 -o pid,comm --no-headings
		cut -c 5- out >got
		decode got table
		tool 0 -o comm,pid --raw --no-headings
		awk 'NF != 2 { exit 1 }' out
		cut -d ' ' -f 1 out >got
		decode got raw
	done
	tool 0 -o comm --csv --no-headings
	python3 -c 'import csv, sys
for row in csv.reader(open("out", newline="")): print(row[0])' >got
	decode got csv
	tool 0 -o minor --openmetrics
	/usr/bin/python3 -c 'import prometheus_client' 2>log || return 0
	/usr/bin/python3 - >got <<-'END'
		from prometheus_client.openmetrics.parser import text_string_to_metric_families
		for f in text_string_to_metric_families(open("out").read()):
		    for s in f.samples:
		        if "comm" in s.labels:
		            print(s.labels["comm"])
	END
	decode got openmetrics
}

# decode FILE FORM: its escapes give the bytes of the names again
decode()
{
	python3 - "$1" >decoded <<-'END'
		import re, sys
		for line in open(sys.argv[1], "rb").read().split(b"\n")[:-1]:
		    print(re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), line)
		          .replace(b"\0", b"").hex())
	END
	diff names decoded || { echo "these are names as $2 has them"; return 1; }
}

# JSON has its own escapes, and no bytes that are not UTF-8.
test_names_in_json()
{
	nasty_tree
	tool 0 --json -o comm
	python3 - <<-'END'
		import json
		names = [p["comm"] for p in json.load(open("out"))["processes"]]
		assert "two words" in names and "" in names and "-" in names, names
		assert "a\nb" in names and "\x1b[2Jx" in names and "\u202eevil" in names, names
		assert "\ufffd\ufffd" in names and "half\ufffd" in names and "\x9b2J" in names, names
	END
}

# What is unknown is another thing than a process that is called so.
test_names_and_what_is_unknown()
{
	tree
	{ header; row pid=5 minor=1 comm=-; row pid=6 minor=1 comm=; } >"$T/processes"
	tool 0 -r --no-headings -o comm,cgroup
	prints '\055 -' '\000 -'
	tool 0 --no-headings -o cgroup,comm
	prints '- \055' -
	tool 0 --csv --no-headings -o comm,cgroup,pid
	prints '-,,5' '"",,6'
	tool 0 --json -o comm,cgroup
	json '.processes == [{"comm": "-", "cgroup": null}, {"comm": "", "cgroup": null}]'
}

# The other tables in raw form: each line has as many fields as the first.
test_names_raw_tables_have_all_fields()
{
	local report locale

	tree
	join late - no missing - 0 0 0 '' >>"$T/probes"
	for locale in C.UTF-8 C; do
		for report in --columns --system --probes; do
			LC_ALL=$locale tool 0 $report --raw
			awk 'NR == 1 { n = NF } NF != n { print; exit 1 }' out
			[ "$(wc -l <out)" -gt 2 ]
			mv out "$locale$report"
		done
	done
	diff C.UTF-8--columns C--columns
}

test_names_are_safe_elsewhere()
{
	local escape=$'\033' mark=$'\342\200\256'

	nasty_tree
	tool 0 record -o "rec$escape" 0.1 1
	safe err
	tool 0 replay "rec$escape" -a
	safe out err
	head -c -1 "rec$escape" >"$mark"
	"$TOOL" replay "$mark" >out 2>err || true
	safe out err
	"$TOOL" "$escape$mark" >out 2>err || true
	safe err
	"$TOOL" --sort "$escape$mark" >out 2>err || true
	safe err
	"$TOOL" --"$escape$mark" >out 2>err || true
	safe err
	bills 0 true "$escape$mark"
	safe err
}
