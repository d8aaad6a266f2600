# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# pagestat lab is pagestat-lab: which one is started, how, and what is said where there
# is none

# tool_alone: the tool is in a folder of its own, and PATH is the folder bin
tool_alone()
{
	mkdir -p alone bin
	cp "$TOOL" alone/pagestat
	TOOL=$PWD/alone/pagestat
}

# stand_in FILE NAME: a program that shows what it was given
stand_in()
{
	cat >"$1" <<-END
		#!/bin/bash
		printf '%s' $2
		printf '<%s>' "\$@"
		echo " \$MARK \$(cat) \$(trap -p PIPE)"
		exit 42
	END
	chmod +x "$1"
}

test_lab_program_says_the_same()
{
	tool 0 lab --help
	"$TOOL-lab" --help | diff out -
	tool 0 lab
	"$TOOL-lab" | diff out -
	tool 2 lab --nosuch
	"$TOOL-lab" --nosuch 2>&1 | diff err -
}

test_lab_program_gets_all_as_it_is()
{
	local -a asked=(lab --nosuch -i '' 'a b' -- --help)

	tool_alone
	stand_in bin/pagestat-lab path
	export MARK=here PATH=$PWD/bin:$PATH
	tool 42 "${asked[@]}" <<<input
	prints 'path<--nosuch><-i><><a b><--><--help> here input'
	# What is beside it is of its version.
	stand_in alone/pagestat-lab beside
	(trap '' PIPE; tool 42 "${asked[@]}" <<<input)
	prints "beside<--nosuch><-i><><a b><--><--help> here input trap -- '' SIGPIPE"
	silent
}

test_lab_program_missing()
{
	tool_alone
	PATH=/nowhere run_alone 9
	says 'lab: this is done by another program, pagestat-lab, which is neither' 'install the package pagestat-lab'
	[ ! -s out ]
	echo 'no program' >alone/pagestat-lab
	PATH=/nowhere run_alone 7
	says 'pagestat-lab cannot be started: Permission denied'
}

# run_alone STATUS: pagestat lab, where tool() would not find its programs
run_alone()
{
	local status=0

	"$TOOL" lab >out 2>err || status=$?
	echo "status $status, expected $1"
	PATH=/usr/bin:/bin
	cat out err
	[ "$status" -eq "$1" ]
}
