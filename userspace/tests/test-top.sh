# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The live table, in a terminal of tmux
#
# Nothing sleeps for an effect: a screen is waited for, for as long as it takes on
# a loaded machine.

terminals=0

terminal()
{
	tmux -S "$PWD/tmux$terminals" "$@"
}

# memory_files: what /proc says of the memory
memory_files()
{
	mkdir -p "$PAGESTAT_PROC/pressure"
	printf 'some avg10=1.50 avg60=0.25 avg300=0.00 total=9\nfull avg10=0.50 avg60=0.00 avg300=0.00 total=3\n' \
		>"$PAGESTAT_PROC/pressure/memory"
	printf 'MemTotal: 2048000 kB\nMemAvailable: 1024000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n' \
		>"$PAGESTAT_PROC/meminfo"
}

# top_starts WIDTH HEIGHT ARG...: pagestat top on the tree, in the environment SETTING
top_starts()
{
	local width=$1 height=$2

	shift 2
	wants tmux
	# One more: the last server may still be about to end.
	terminals=$((terminals + 1))
	memory_files
	trap 'terminal kill-server 2>/dev/null' EXIT
	# When its terminal goes, the signals of that end the leak check's own thread,
	# and the check waits for it for ever.
	terminal -f /dev/null new-session -d -x "$width" -y "$height" \
		"stty -echo; env ${SETTING:-A=b} ASAN_OPTIONS='${ASAN_OPTIONS:-}:detect_leaks=0' '$TOOL' top $* 2>err; echo \"status \$?\"; exec cat"
}

keys()
{
	terminal send-keys "$@"
}

# screen_has REGEX...: the screen comes to have them all
screen_has()
{
	local regex try

	for regex; do
		for ((try = 0; try < 200; try++)); do
			terminal capture-pane -p >screen
			grep -qE -e "$regex" screen && continue 2
			sleep 0.1
		done
		echo "not on the screen: $regex"
		cat screen
		[ ! -e err ] || cat err
		return 1
	done
}

test_top_counts_and_order()
{
	tree
	top_starts 80 24 0.2
	screen_has 'delta of .* by process  sort -minor' 'some 1.5 0.2 0.0%' '1000 of 2000 MiB' \
		'PID +MINOR.* COMMAND$'
	keys m
	screen_has 'total  by process .* 3 rows' '^ +1 +123456 +98 +4321 .* systemd$'
	sed -n '7p' screen | grep -q systemd
	keys s cow,-major Enter
	screen_has 'sort -cow,-major' '^ +310 .*bash$'
	sed -n '7p' screen | grep -q bash
	keys a
	screen_has ' 4 rows' kthreadd
	keys q
	screen_has 'status 0'
	silent
}

test_top_marks_what_grew()
{
	tree
	top_starts 80 24 2
	keys m
	screen_has '123456 '
	{ header; row pid=1 minor=123460 major=98 cow=5000 cow_anon=4000 cow_file=1000 \
		reuse=22 zerofill=7000 filemap=3000 comm=systemd; } >new
	mv new "$T/processes"
	screen_has '123460\+'
	screen_has '123460 '
}

test_top_filters()
{
	tree
	top_starts 120 40 0.2
	keys m /
	screen_has 'filter \(name'
	keys B a
	screen_has ' 1 rows' 'bash$'
	keys Escape /
	screen_has ' 3 rows' 'cgroup\): _'
	keys /user.sl
	screen_has ' 1 rows' 'bash$'
	keys Escape / @root
	screen_has 'systemd$' ' 1 rows'
	keys Escape / 4194
	screen_has ' 1 rows' 'Web Content$'
}

test_top_freezes()
{
	tree
	top_starts 80 24 0.2
	keys m Space
	screen_has FROZEN '123456'
	{ header; row pid=1 minor=777777 comm=systemd; } >new
	mv new "$T/processes"
	sleep 1
	screen_has 123456
	keys Space
	screen_has 777777
}

# What of the memory cannot be read is not 0.
test_top_of_a_machine_that_says_little()
{
	tree
	memory_files()
	{
		mkdir -p "$PAGESTAT_PROC"
		printf 'MemTotal: 2048000 kB\nSwapFree: x kB\n' >"$PAGESTAT_PROC/meminfo"
	}
	top_starts 80 24 0.2
	screen_has 'some -  full -' 'memory: - of 2000 MiB available  swap: - of - MiB free'
	rm "$PAGESTAT_PROC/meminfo"
	screen_has 'memory: - of - MiB available'
}

test_top_is_resized()
{
	tree
	top_starts 80 24 0.2
	keys m
	screen_has systemd
	terminal resize-window -x 39 -y 9
	screen_has 'too small: 40x10 is needed, this is 39'
	terminal resize-window -x 120 -y 40
	screen_has 'systemd$'
	keys '?'
	screen_has 'Keys of pagestat top'
}

# help_is_in_line N: the screen was drawn for a terminal of that height
help_is_in_line()
{
	local try

	for ((try = 0; try < 200; try++)); do
		terminal capture-pane -p >screen
		if [ "$(sed -n "$1p" screen | cut -c 1-6)" = '? help' ]; then return; fi
		sleep 0.05
	done
	cat screen
	return 1
}

# From 40x10 on there is a table, and rows in it; what is cut has a mark.
test_top_of_every_size()
{
	local size

	tree
	cgroup 310 /user.slice/user-1000.slice/session-1.scope/deep/deeper/deepest
	top_starts 80 24 0.2
	keys m
	screen_has systemd
	for size in 40x10 40x30 200x10 60x13 80x14 80x19 80x20 80x23 160x50 300x100; do
		terminal resize-window -x "${size%x*}" -y "${size#*x}"
		help_is_in_line "${size#*x}"
		screen_has '(^|[ ~…])MINOR' 'systemd$' 'bash$' 'Web Content$'
		[ "$(terminal display -p '#{window_width}x#{window_height}')" = "$size" ]
		[ "$(wc -l <screen)" -eq "${size#*x}" ]
	done
	# On the widest, all numbers are exact, and there are more columns.
	screen_has 'SWAPOUT' 'USER' 'THRASH'
	terminal resize-window -x 40 -y 10
	# The title is too long, and columns are hidden on the right.
	screen_has '^pagestat top: total .*…$' '^ +PID.*>$'
	keys Right
	screen_has 'PID<'
	keys B B B
	screen_has 'by cgroup'
	screen_has '….*/deepest$'
	keys '?'
	screen_has 'Keys of pagestat top' 'the next page'
	keys x x x x x
	screen_has 'by cgroup|help'
}

# Numbers have a blank before them, whatever they are; and the first screen is no wait.
test_top_of_large_numbers()
{
	tree
	{
		header
		row pid=4194303 minor=9999999 major=9999999 cow=9999999 reuse=9999999 zerofill=9999999 \
			filemap=18446744073709551615 swapin=99999949 comm=large
		row pid=2 minor=999999 major=1000000 cow=999999499 comm=mid
	} >"$T/processes"
	top_starts 80 24 --sort pid 100
	screen_has 'delta of 0[.]' 'PID'
	keys m
	screen_has '^4194303  10000k  10000k  10000k  10000k   9999999  18447P  99999k large$|^4194303 .* large$' \
		'^      2  999999   1000k  99999[0-9]?k|^      2  999999 .* mid$'
	[ "$(grep -E 'large$' screen | wc -w)" -eq 9 ]
	[ "$(grep -E 'mid$' screen | wc -w)" -eq 9 ]
	terminal resize-window -x 220 -y 24
	screen_has ' 18446744073709551615 '
}

test_top_sorts_by_two_columns_that_are_not_shown()
{
	tree
	top_starts 80 24 0.2
	keys m s refault,-oom Enter
	screen_has 'sort -refault,-oom' 'PID REFAULT +OOM +MINOR'
}

# Of a pipe, the keys come from the terminal.
test_top_of_a_recording_from_a_pipe()
{
	ten_samples
	tree
	wants tmux
	cp rec given
	terminals=$((terminals + 1))
	trap 'terminal kill-server 2>/dev/null' EXIT
	terminal -f /dev/null new-session -d -x 80 -y 24 \
		"stty -echo; cat given | env ASAN_OPTIONS='${ASAN_OPTIONS:-}:detect_leaks=0' '$TOOL' top --replay - 2>err; echo \"status \$?\"; exec cat"
	screen_has 'REPLAY' 'standard input'
	keys '}'
	screen_has 'interval 9 of 9'
	keys q
	screen_has 'status 0'
}

test_top_groups_rows()
{
	tree
	top_starts 80 24 --by cgroup 0.2
	keys m
	screen_has 'by cgroup' '(~|…)ession-1.scope$'
	keys b
	screen_has 'by user' ' root$'
}

test_top_by_a_forger()
{
	tree
	{ header; row pid=5 minor=1 comm='a\033[2Jb'; } >"$T/processes"
	top_starts 80 24 0.2
	keys m
	screen_has 'a\\033\[2Jb$' 'PSI memory'
}

test_top_on_terminals_without_much()
{
	tree
	SETTING='TERM=vt100 NO_COLOR=1 LC_ALL=C' top_starts 80 24 0.2
	keys m
	screen_has systemd
	terminal kill-server
	SETTING=TERM=dumb top_starts 80 24
	screen_has 'status 6'
	says 'TERM is "dumb"'
}

test_top_without_a_terminal()
{
	tree
	tool 6 top
	says 'top needs a terminal'
}

test_top_ends_by_a_signal_and_an_error()
{
	tree
	top_starts 80 24 0.2
	screen_has 'PSI memory'
	keys C-c
	screen_has 'status 0'
	terminal kill-server
	top_starts 80 24 0.2
	screen_has 'PSI memory'
	echo garbage >"$T/processes"
	screen_has 'status 5'
	says 'no column is called'
}
