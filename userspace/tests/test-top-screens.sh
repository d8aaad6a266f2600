# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Whole screens of the live table: one terminal, a shell in it, and a recording made
# by hand, so that every screen is known to the last character
#
# terminal and keys are those of test-top.sh; make_recording that of
# test-recording.sh.

# shell_starts WIDTH HEIGHT: an interactive shell in a terminal.  Without the leak
# check: see test-top.sh.
shell_starts()
{
	wants tmux
	trap 'terminal kill-server 2>/dev/null' EXIT
	export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0" TOOL
	terminal -f /dev/null new-session -d -x "$1" -y "$2" \
		'echo "PS1=\"ready> \"" >rc; exec bash --rcfile rc -i'
	screen_has '^ready>'
}

# type_line LINE: into the shell, on an empty screen
type_line()
{
	keys C-l "$1" Enter
}

# looks FILE: the screen comes to be what is in the file, blanks at the ends apart
looks()
{
	local try

	for ((try = 0; try < 200; try++)); do
		terminal capture-pane -p | sed 's/ *$//' >screen
		! cmp -s <(sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' screen) "$1" || return 0
		sleep 0.05
	done
	diff "$1" <(sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' screen)
}

# Six processes of three commands, two users and two groups; one is unknown in part,
# one ends, one is born.
record_six()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(8):
		    rows = [dict(pid=p, uid=1000 * (p % 2), user=("root", "anna")[p % 2],
		                 cgroup=("/web.slice", "/db.slice/main")[p // 4],
		                 comm=("init", "web", "db")[p % 3], minor=p * i * i, major=i * (p == 4),
		                 cow=None if p == 2 else 7 * p * i, zerofill=p * i, swapin=0,
		                 stall_ns=4 * i * (p == 4) * SECOND // 10)
		            for p in range(1, 7) if not (p == 5 and i > 5) and not (p == 6 and i < 3)]
		    ended = [dict(pid=5, uid=1000, user="anna", comm="db", minor=150, cow=180, zerofill=30)]
		    r.sample(rows, exited=ended if i > 5 else [],
		             system=dict(minor=100 * i * i, major=i, cow=50 * i, zerofill=21 * i),
		             seconds=2)
	END
}

# presses NAME KEY...: the keys, after which the screen is the one that is kept under
# that name in expected/top-screens
presses()
{
	local name=$1

	shift
	keys "$@"
	pressed+=" $* "
	if [ -n "${UPDATE:-}" ]; then
		sleep 2
		terminal capture-pane -p | sed 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >part
		{ echo "==== $name"; cat part; } >>"$TESTS/expected/top-screens"
		return
	fi
	awk -v name="$name" '/^==== / { on = substr($0, 6) == name; next } on' \
		"$TESTS/expected/top-screens" >part
	[ -s part ]
	looks part || { echo "that is the screen after: $name"; return 1; }
}

# Every key there is, on a serial console's terminal: no colours, and no character but
# those of ASCII.
test_top_screens_by_every_key()
{
	local pressed='' key

	record_six
	[ -z "${UPDATE:-}" ] || : >"$TESTS/expected/top-screens"
	shell_starts 80 24
	terminal pipe-pane -o 'cat >raw'
	# shellcheck disable=SC2016	# the shell in there knows TOOL
	type_line 'TERM=vt100 NO_COLOR=1 LC_ALL=C "$TOOL" top --replay rec'
	screen_has REPLAY
	presses 'to its start' '{'
	presses 'an interval on' ']' ']'
	presses 'an interval back' '['
	presses 'to its end' '}'
	presses 'total' m
	presses 'since start' m
	presses 'since now' '[' '[' 0 ']'
	presses 'delta' m
	presses 'by the second' p
	presses 'counts again' % p %
	presses 'all rows' a
	presses 'by cgroup' b
	presses 'by user' b
	presses 'by cgroup again' B
	presses 'by process' B
	presses 'sort to the right' '>' '>' '>'
	presses 'sort to the left' '<'
	presses 'the second column' . .
	presses 'the second column, left' ,
	presses 'the other way around' r
	presses 'the second column around' R
	presses 'order typed' s
	presses 'order being typed' c o w , - p x BSpace i d
	presses 'order' Enter
	presses 'filter typed' / w e
	presses 'filter kept' Enter
	presses 'filter ended' Escape
	presses 'down' Down Down Down Up
	presses 'page up' PPage
	presses 'page down' NPage
	presses 'home' Home
	presses 'end' End
	presses 'right' Home Right Right Right
	presses 'left' Left
	presses 'faster' + +
	presses 'slower' -
	presses 'drawn anew' C-l
	presses 'help' '?'
	cp part help
	presses 'back' x
	presses 'the start' '{'
	# 14 s of recording, at a speed of 2
	presses 'played to the end' + + + Space
	presses 'help again' h
	keys x q
	screen_has '^ready>'
	# Each key that the help has was pressed.
	sed -n '/^Keys of/,/^A number/s/^\([^ ].*\)/\1/p' help | sed '1d;$d; s/   *.*//' |
		tr ' ' '\n' | sed '/^$/d; s/^space$/Space/' >named
	echo C-l PPage NPage Home End Down Right Left Up | tr ' ' '\n' >>named
	grep -vx arrows named >wanted
	[ "$(wc -l <wanted)" -ge 30 ]
	while read -r key; do
		[[ "$pressed" == *" $key "* || $key = q ]] || { echo "not pressed: $key"; return 1; }
	done <wanted
	# What came over the line: nothing that a vt100 does not know.
	LC_ALL=C lacks $'\x1b\\[[0-9;]*(3[0-9]|4[0-9])m|\x1b\\[[?]1049|[\x80-\xff]' raw
}

# The live table, whole; its numbers stand still.
test_top_screens_rates_and_shares()
{
	record_six
	shell_starts 80 24
	# shellcheck disable=SC2016	# the shell in there knows TOOL
	type_line 'TERM=vt100 LC_ALL=C "$TOOL" top --replay rec --rate --share -o pid,minor,stall_ns,comm'
	screen_has '^ +PID MINOR/S +STALL% COMMAND'
	keys '{'
	screen_has '^ +4 +2[.]00[+]? +20[.]00[+]? web'
	keys %
	screen_has '^ +PID MINOR/S STALL_NS/S COMMAND'
	screen_has '^ +4 +2[.]00[+]? +200000000[+]? web'
	keys p
	screen_has '^ +PID +MINOR +STALL_NS COMMAND'
	# The share of the time that it lived, where the counts are totals.
	keys m % q
}

test_top_screens_live()
{
	tree
	memory_files
	shell_starts 100 24
	# shellcheck disable=SC2016
	type_line 'TERM=screen-256color LC_ALL=C.UTF-8 "$TOOL" top -a 0.2'
	screen_has 'PSI memory'
	keys m
	screen_has 'total  by process'
	terminal capture-pane -p | sed 's/ *$//' >out
	expected top-live
	# Sorted by MINOR: its heading is reversed; nothing grew, so nothing is coloured.
	terminal capture-pane -e -p >colours
	grep -q $'\x1b\\[1;7m *MINOR' colours
	{ header; row pid=1 minor=123457 comm=systemd; } >new
	mv new "$T/processes"
	screen_has '123457'
	keys q
	screen_has '^ready>'
}

# state: of the terminal, as the shell in it and tmux see it
state()
{
	type_line 'stty -a >state; echo do""ne'
	screen_has '^done'
	{ cat state; terminal display -p '#{cursor_flag} #{alternate_on} #{keypad_cursor_flag} #{keypad_flag}'; }
}

# Whatever ends it, the terminal is as it was.
test_top_screens_terminal_is_given_back()
{
	local signal

	tree
	memory_files
	shell_starts 80 24
	state >before
	for signal in TERM HUP QUIT SEGV ABRT USR1 USR2 ALRM PIPE VTALRM PROF IO PWR STKFLT XCPU SYS; do
		# shellcheck disable=SC2016
		type_line '"$TOOL" top -a 0.2; echo status $?'
		screen_has 'PSI memory'
		pkill -"$signal" -P "$(terminal display -p '#{pane_pid}')"
		screen_has '^status'
		case $signal in
		SEGV)	screen_has '^status (139|99)' ;;
		ABRT)	screen_has '^status (134|99)' ;;
		TERM|HUP|QUIT)	screen_has '^status 0' ;;
		*)	screen_has "^status $((128 + $(kill -l $signal)))" ;;
		esac
		state >after
		diff before after || { echo "after SIG$signal"; return 1; }
	done
	# Stopped, the shell has it; continued, the table is there again.
	# shellcheck disable=SC2016
	type_line '"$TOOL" top -a 0.2'
	screen_has 'PSI memory'
	keys C-z
	screen_has 'Stopped'
	state >after
	diff before after
	type_line fg
	screen_has 'PSI memory' 'systemd$'
	terminal resize-window -x 100 -y 30
	screen_has 'systemd$' '^[?] help'
	[ "$(terminal capture-pane -p | grep -n '^? help' | cut -d : -f 1)" -eq 30 ]
	keys q
	screen_has '^ready>'
}

test_top_replay_usage()
{
	ten_samples
	head -c "$(sed -n 2p offsets)" rec >one
	tool 5 top --replay one
	says 'fewer than two whole samples'
	tool 5 top --replay /nosuch
	tool 5 top --replay rec --by thread
	says 'has processes, not threads'
	usage_error top --replay rec 5
	says 'takes no interval'
	tool 6 top --replay rec
	says 'top needs a terminal'
}

# What was counted in an interval with a reset in it is not known.
test_top_replay_of_a_reset()
{
	make_recording <<-'END'
		r = Recording("rec")
		for minor, since in (5, 10**12), (9, 10**12 + 10**9), (7, 1000):
		    r.sample([dict(pid=1, minor=minor)], system=dict(minor=minor, since_ns=since))
	END
	tree
	top_starts 80 24 --replay rec
	screen_has 'interval . of 2'
	keys '}'
	screen_has 'interval 2 of 2' '^machine: minor - major 0 '
	keys '['
	screen_has '^machine: minor 4 '
}

# What is damaged is said before and after, and not shown; all else is.
test_top_replay_of_a_damaged_recording()
{
	local -a offsets

	ten_samples
	mapfile -t offsets <offsets
	poke rec $((offsets[4] + 20))
	shell_starts 80 24
	# shellcheck disable=SC2016
	type_line '"$TOOL" top --replay rec 2>damage; echo status $?'
	screen_has 'interval . of 6'
	keys '}'
	screen_has 'interval 6 of 6' '^ +1 +9 .*init$'
	keys '[' '['
	screen_has 'interval 4 of 6' '^ +1 +22 .*init$'
	keys '['
	screen_has 'interval 3 of 6' '^ +1 +3 .*init$'
	keys q
	screen_has '^status 5'
	grep -q 'damaged at byte' damage
}
