# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# pagestat lab --plot: what gnuplot is told to draw, and that it can

# lab_feeds ARG...: what gnuplot is told, in "fed"
lab_feeds()
{
	mkdir -p bin
	printf '#!/bin/sh\ncat\necho "# </svg>"\n' >bin/gnuplot
	chmod +x bin/gnuplot
	PATH=$PWD/bin:$PATH PAGESTAT_DEBUGFS=$PWD/nowhere tool 0 lab --plot fed.svg "$@"
	mv fed.svg fed
}

# curve TITLE: the last point of the line of that title
curve()
{
	local data

	data=$(grep -o "[\$][a-z0-9_]* using [0-9:]* [^,]*title \"$1\"" fed | cut -d ' ' -f 1)
	sed -n "/^$data << END/,/^END/p" fed | tail -n 2 | head -n 1
}

test_lab_plot_replacement()
{
	lab_feeds replacement
	sed -n '/^.faults << END/,/^END/p' fed | sed '1d; $d' | diff - <(printf '%s\n' \
		'1 12 12 12 12 12' '2 9 12 12 12 12' '3 7 9 10 9 10' '4 6 10 8 10 8' '5 5 5 5 5 5')
	grep -q "using 1:3 with linespoints .* title 'FIFO'" fed
	lacks logscale fed
	lab_feeds --seed 1 replacement
	grep -qx 'set logscale y' fed
}

test_lab_plot_timeline()
{
	lab_feeds --size 1M demand-paging
	[ "$(curve vsz)" = '13 1' ]
	[ "$(curve minor)" = '13 256' ]
	grep -q '^set xtics .*start" 0, .* once more" 13)$' fed
	# What is unknown has no line, nor has what did not change.
	lacks 'title "(zerofill|major|huge)"' fed
	lab_feeds --size 1M cow
	grep -q 'title "child minor"' fed
	[ "$(grep -o 'title "[a-z]* free"' fed)" = 'title "parent free"' ]
}

test_lab_plot_drawn()
{
	wants gnuplot
	PAGESTAT_DEBUGFS=$PWD/nowhere tool 0 lab --plot picture.svg --size 1M cow
	silent
	grep -q '^</svg>' picture.svg
	PAGESTAT_DEBUGFS=$PWD/nowhere tool 0 lab --plot picture.svg replacement
	silent
	grep -q 'LFU' picture.svg
}

test_lab_plot_refused()
{
	PAGESTAT_DEBUGFS=$PWD/nowhere tool 2 lab --plot picture.gif replacement
	says 'picture.gif' .svg
	# Nothing has been done before that is said.
	[ ! -s out ]
	PAGESTAT_DEBUGFS=$PWD/nowhere tool 6 lab --plot /nowhere/picture.svg replacement
}
