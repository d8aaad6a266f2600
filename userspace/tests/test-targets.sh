# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2002	# a pipe is not a file
#
# Where reports, pictures and recordings are written: into devices, pipes and what
# symbolic links lead to, never in place of these; and who may read them
#
# ten_samples is that of test-recording.sh.

# drawing: a gnuplot that draws a small picture
drawing()
{
	mkdir -p bin
	printf '#!/bin/sh\ncat >/dev/null\necho "<svg>a picture</svg>"\n' >bin/gnuplot
	chmod +x bin/gnuplot
	export PATH=$PWD/bin:$PATH
}

# null FILE: a device as /dev/null, which is not at risk itself
null()
{
	if ! mknod "$1" c 1 3 2>log || ! true >"$1"; then
		echo 'devices cannot be made here'
		exit "$SKIP"
	fi
}

# through_pipe STATUS ARG...: the tool, whose argument PIPE is a pipe; what was written
# into it is then in the file "got"
through_pipe()
{
	rm -f PIPE.svg
	mkfifo PIPE.svg
	timeout 60 cat PIPE.svg >got &
	tool "$@"
	wait $!
	[ -p PIPE.svg ]
}

test_targets_devices()
{
	drawing
	ten_samples
	tree
	null null.svg
	tool 0 --textfile null.svg
	tool 0 --system --textfile null.svg
	tool 0 replay rec --textfile null.svg
	tool 0 plot rec -o null.svg
	tool 0 record -o null.svg 0.1 1
	[ -c null.svg ]
	[ "$(echo null*)" = null.svg ]
	# behind a symbolic link, too
	ln -s null.svg link.svg
	tool 0 --textfile link.svg
	tool 0 plot rec -o link.svg
	tool 0 record -o link.svg 0.1 1
	[ -c null.svg ] && [ -L link.svg ]
	tool 6 --textfile /dev/full
	says '/dev/full: not all could be written: No space left'
	[ -c /dev/full ]
}

test_targets_pipes()
{
	drawing
	ten_samples
	tree
	tool 0 --textfile whole.prom
	through_pipe 0 --textfile PIPE.svg
	cmp got whole.prom
	through_pipe 0 plot rec -o PIPE.svg
	[ "$(cat got)" = '<svg>a picture</svg>' ]
	through_pipe 0 record -o PIPE.svg 0.1 2
	says 'PIPE.svg: 3 samples'
	tool 0 replay got -a -p 1 -r --no-headings -o pid
	prints 1 1
}

test_targets_symbolic_links()
{
	drawing
	ten_samples
	tree
	mkdir far
	for name in far/x.svg far/y.prom; do
		echo old >$name
	done
	ln -s far/x.svg x.svg
	ln -s "$PWD/far/y.prom" y.prom
	tool 0 plot rec -o x.svg
	tool 0 --textfile y.prom
	[ -L x.svg ] && [ -L y.prom ]
	grep -q 'a picture' far/x.svg
	grep -q '^pagestat_minor' far/y.prom
	[ "$(echo far/*)" = 'far/x.svg far/y.prom' ]
	# to nothing: as cp(1)
	ln -s far/nosuch dangling.svg
	tool 6 plot rec -o dangling.svg
	says 'dangling.svg: a symbolic link to nothing'
	tool 6 --textfile dangling.svg
	tool 6 record -o dangling.svg 0.1 1
	[ -L dangling.svg ] && [ ! -e far/nosuch ]
	# a recording does not overwrite what a link leads to either
	tool 6 record -o x.svg 0.1 1
	says 'x.svg: exists already'
	grep -q 'a picture' far/x.svg
}

test_targets_standard_output()
{
	drawing
	ten_samples
	tree
	tool 0 --textfile whole.prom
	tool 0 --textfile -
	cmp out whole.prom
	tool 0 plot rec -o -
	[ "$(cat out)" = '<svg>a picture</svg>' ]
	tool 0 record -o - 0.1 2
	says 'standard output: 3 samples'
	mv out given
	tool 0 replay given -a -p 1 -r --no-headings -o pid
	prints 1 1
	tool 0 --textfile /dev/stdout
	cmp out whole.prom
	# what is there already stays there
	{ echo first; "$TOOL" --textfile /dev/stdout; "$TOOL" --textfile -; } >three
	[ "$(head -n 1 three)" = first ]
	[ "$(wc -l <three)" -eq $((2 * $(wc -l <whole.prom) + 1)) ]
	[ "$(echo ./*.prom) $(find . -name '-*')" = './whole.prom ' ]
}

test_targets_a_recording_is_not_for_a_terminal()
{
	wants script
	tree
	script -qec "'$TOOL' record -o - 0.1 1; echo status \$?" log >out
	grep -q 'standard output is a terminal' out
	grep -q 'status 6' out
}

# mode FILE: its permissions
mode()
{
	stat -c %a "$1"
}

test_targets_honour_umask()
{
	drawing
	ten_samples
	chmod 644 rec
	tree
	for mask in 022 077 027; do
		rm -f new.*
		(umask $mask; tool 0 --textfile new.prom; tool 0 plot rec -o new.svg)
		[ "$(mode new.prom)" = "$(printf %o $((0666 & ~mask)))" ]
		[ "$(mode new.svg)" = "$(mode new.prom)" ]
	done
	# What is replaced keeps its own.
	chmod 664 new.prom
	(umask 077; tool 0 --textfile new.prom)
	[ "$(mode new.prom)" = 664 ]
	tool 0 record -o kept 0.1 1
	[ "$(mode kept)" = 600 ]
}

# What is made of a recording may be read by nobody who may not read that.
test_targets_of_a_private_recording()
{
	drawing
	ten_samples
	umask 022
	for mode in 600 640 604; do
		chmod $mode rec
		rm -f new.*
		tool 0 plot rec -o new.svg
		[ "$(mode new.svg)" = $mode ]
		tool 0 replay rec --textfile new.prom
		[ "$(mode new.prom)" = $mode ]
	done
	chmod 600 rec
	echo old >old.svg
	tool 0 plot rec -o old.svg
	[ "$(mode old.svg)" = 600 ]
}

test_targets_owner_of_what_is_replaced()
{
	[ "$(id -u)" -eq 0 ] || { echo 'root only'; exit "$SKIP"; }
	tree
	echo old >pagestat.prom
	chown 1234:4321 pagestat.prom
	tool 0 --textfile pagestat.prom
	[ "$(stat -c %u:%g pagestat.prom)" = 1234:4321 ]
}

# A stream has no beginning to go back to: plots read it twice, damage is searched for.
test_sources_standard_input()
{
	local from

	drawing
	ten_samples
	tool 0 replay rec --csv
	mv out whole
	for from in - /dev/stdin; do
		"$TOOL" replay "$from" --csv <rec >out
		cmp out whole
		cat rec | "$TOOL" replay "$from" --csv >out
		cmp out whole
	done
	cat rec | tool 0 replay - --since 1970-01-02 --csv
	cmp out whole
	cat rec | tool 0 plot - --by command -o x.svg
	cat rec | tool 0 plot /dev/fd/0 -o x.svg
	cat rec | tool 0 plot - -o x.svg
	[ -s x.svg ]
	mkfifo pipe
	timeout 60 cat rec >pipe &
	tool 0 replay pipe --csv
	cmp out whole
	wait $!
	head -c -1 rec | tool 0 replay - --csv
	says 'standard input: cut short'
	: | tool 5 replay -
	says 'standard input: the file is empty'
	poke rec $(($(sed -n 5p offsets) + 20))
	cat rec | tool 5 replay - --csv
	says 'damaged at byte'
}

# It is shown while it comes in.
test_sources_live_stream()
{
	local try

	ten_samples
	mkfifo pipe
	timeout 60 "$TOOL" replay - --csv <pipe >out 2>err &
	{
		head -c "$(sed -n 5p offsets)" rec
		for ((try = 0; try < 200; try++)); do
			[ "$(wc -l <out)" -lt 4 ] || break
			sleep 0.1
		done
		tail -c +$(($(sed -n 5p offsets) + 1)) rec
		[ "$(wc -l <out)" -ge 4 ] && echo yes >live
	} >pipe
	wait $!
	cat out err
	[ "$(cat live)" = yes ]
}
