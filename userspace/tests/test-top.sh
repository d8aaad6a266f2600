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
	sed -n '8p' screen | grep -q systemd
	keys s cow,-major Enter
	screen_has 'sort -cow,-major' '^ +310 .*bash$'
	sed -n '8p' screen | grep -q bash
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
	terminal resize-window -x 60 -y 10
	screen_has 'too small: 80x24 is needed, this is 60x10'
	terminal resize-window -x 120 -y 40
	screen_has 'systemd$'
	keys '?'
	screen_has 'Keys of pagestat top'
}

test_top_groups_rows()
{
	tree
	top_starts 80 24 --by cgroup 0.2
	keys m
	screen_has 'by cgroup' '/user.slice/use$'
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
