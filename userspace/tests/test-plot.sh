# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Plots: what gnuplot is given to draw, and what it draws
#
# make_recording and ten_samples are those of test-recording.sh.

# fed STATUS ARG...: what gnuplot would be given, in "fed"; each area or line in "sums": its
# title, and the area below it in its own units, which is what was counted; points; gaps
fed()
{
	mkdir -p bin
	printf '#!/bin/sh\ncat\necho "# </svg>"\n' >bin/gnuplot
	chmod +x bin/gnuplot
	PATH=$PWD/bin:$PATH tool "$@" -o fed.svg
	mv fed.svg fed
	python3 - >sums <<-'END'
		import re
		text = open("fed").read()
		stacked = "filledcurves" in text
		for line, title in re.findall(r'\$(line\d+) using .* title "(.*)"', text):
		    blocks = re.search(r"^\$%s << END\n(.*?)^END$" % line, text, re.M | re.S)[1]
		    runs = [[tuple(map(float, v.split())) for v in run.splitlines()]
		            for run in re.split(r"\n\n+", blocks.strip("\n"))]
		    area = 0
		    for run in runs:
		        edge = run + (run[:1] if stacked else [(run[-1][0], 0), (run[0][0], 0)] + run[:1])
		        area -= sum((b[0] - a[0]) * (b[1] + a[1]) / 2 for a, b in zip(edge[1:], edge))
		    points = sum(map(len, runs)) // (4 if stacked else 2)
		    print("%s\t%.6f\t%d\t%d" % (title, abs(area), points, len(runs) - 1))
	END
}

# sums LINE...: those are what is plotted, tabs counted as blanks
sums()
{
	diff <(printf '%s\n' "$@") <(tr '\t' ' ' <sums)
}

# 1301 samples of two processes, at intervals of any length; nothing is lost or made up
# by making them 600 points or fewer.
test_plot_conserves_totals()
{
	make_recording <<-'END'
		r = Recording("rec")
		cow = zero = 0
		for i in range(1301):
		    cow += i * i % 97
		    zero += 1000 if i == 700 else 0
		    r.sample([dict(pid=1, comm="init", cow=cow, minor=cow),
		              dict(pid=7, comm="seven", zerofill=zero, filemap=i)],
		             system=dict(cow=cow, zerofill=zero, filemap=i + 5, minor=cow),
		             seconds=(1, 0.25, 3.5)[i % 3], key=i % 100 == 0)
		total = sum(i * i % 97 for i in range(1, 1301))
		open("total", "w").write(str(total))
	END
	fed 0 plot rec
	sums "cow $(<total).000000 434 0" 'zerofill 1000.000000 434 0' 'filemap 1300.000000 434 0'
	grep -q "^set ylabel 'faults or pages/s'" fed
	grep -q "^set title \"faults by outcome: all processes\" . \"\\\\n\" . \"testhost, Linux 6.1.0-test, 2026-01-01T00:00:01.000+00:00, " fed
	fed 0 plot rec --lines cow,minor,zerofill -p 1
	sums "cow $(<total).000000 434 0" "minor $(<total).000000 434 0" 'zerofill 0.000000 434 0'
	grep -q '^set title "cow,minor,zerofill: process 1"' fed
	# Whose axis is whose
	[ "$(grep -o 'title "[a-z]*"[^\\]*' fed | sed 's/,* *$//')" = "$(printf '%s\n' \
		'title "cow" . ", left"' 'title "minor" . ", right"' 'title "zerofill" . ", left"')" ]
	grep -q "^set ylabel 'pages/s'" fed
	grep -q "^set y2label 'faults/s'" fed
	fed 0 plot rec --by command
	sums "init $(<total).000000 434 0" 'seven 2300.000000 434 0'
	fed 0 plot rec --by process -n 1
	sums "init 1 $(<total).000000 434 0" 'all others 2300.000000 434 0'
	fed 0 plot rec --by command --lines filemap,minor -C 's*'
	sums 'seven: filemap 1300.000000 434 0' 'seven: minor 0.000000 434 0'
}

# What is not known is a gap, and so is a reset; who has ended counts to the end.
test_plot_gaps_and_ends()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(10):
		    rows = [dict(pid=1, comm="init", cow=None if i in (4, 5) else 3 * i, reuse=i)]
		    ended = [] if i < 6 else [dict(pid=5, comm="brief", cow=100)]
		    r.sample(rows, exited=ended,
		             system=dict({} if i < 8 else dict(since_ns=1), cow=3 * i, oom=None,
		                         reclaim_ns=5000000 * i))
	END
	fed 0 plot rec --lines cow,reuse -p 1
	sums 'cow 12.000000 4 1' 'reuse 7.000000 7 0'
	says 'the counters were reset'
	fed 0 plot rec --lines cow --by command
	sums 'brief: cow 100.000000 7 0' 'init: cow 12.000000 4 1'
	fed 0 plot rec --lines reclaim_ns,oom
	sums 'reclaim_ns 35.000000 7 0'
	says 'oom is unknown in all'
	grep -q "^set ylabel 'ms/s'" fed
	fed 0 plot rec --share --lines reclaim_ns,cow
	sums 'reclaim_ns 3.500000 7 0' 'cow 112.000000 7 0'
	grep -q "^set ylabel '% of a CPU'" fed
	grep -q "^set y2label 'pages/s'" fed
	fed 0 plot rec --lines cow
	grep -q "^set link y2 via y[*]4096/1e6 .*" fed
	grep -q "^set y2label 'MB/s'" fed
}

# Names are text, whatever is in them.  The pictures are what their names say.
test_plot_is_drawn()
{
	wants gnuplot
	make_recording <<-'END'
		r = Recording("rec", host="h'; system('touch pwned') #`touch pwned`", kernel='"<k>&')
		names = ["'''; system('touch pwned'); ",
		         "'; system('touch pwned'); '", "`touch pwned`", '"\n!touch pwned\n',
		         "a\\'b {/=50 x}_1", "<b>&\x1b[2J", "END\n!touch pwned"]
		for i in range(20):
		    r.sample([dict(pid=n, comm=comm, cow=i * n) for n, comm in enumerate(names, 1)],
		             system=dict(cow=i * 21))
	END
	tool 0 plot rec -o stack.svg
	silent
	tool 0 plot rec -o rows.svg --by command --lines cow -C '*'
	silent
	[ ! -e pwned ]
	python3 - <<-'END'
		from xml.dom.minidom import parse
		def texts(file):
		    return ["".join(n.data for n in t.childNodes if n.nodeType == n.TEXT_NODE)
		            for t in parse(file).getElementsByTagName("text")]
		stack, rows = texts("stack.svg"), texts("rows.svg")
		print(stack, rows)
		assert {"cow", "faults or pages/s", "faults by outcome: all processes"} <= set(stack)
		assert any(t.startswith("h'; system('touch pwned') #`touch pwned`, Linux \"<k>&, 2026")
		           for t in stack)
		for name in ("'; system('touch pwned'); '", "`touch pwned`", '"\\012!touch pwned\\012',
		             "a\\134'b {/=50 x}_1", "<b>&\\033[2J", "END\\012!touch pwned"):
		    assert name + ": cow" in rows or name in rows, name
	END
	tool 0 plot rec -o p.png -p 1
	(ulimit -f 2; trap '' XFSZ; tool 6 plot rec -o stack.svg; tool 6 plot rec -o p.png)
	says 'incomplete. Is the disk full'
	grep -q '^</svg>' stack.svg
	[ "$(head -c 8 p.png | od -An -tx1)" = ' 89 50 4e 47 0d 0a 1a 0a' ]
	# nothing else was left behind
	[ "$(echo ./*)" = './err ./out ./p.png ./rec ./rows.svg ./stack.svg' ]
}

test_plot_of_a_recording_that_is_not_whole()
{
	local -a offsets

	ten_samples
	mapfile -t offsets <offsets
	head -c -3 rec >short
	fed 0 plot short --lines minor -p 1
	sums 'minor 36.000000 8 0'
	says 'cut short, or being written'
	[ "$(wc -l <err)" -eq 1 ]
	poke rec $((offsets[4] + 20))
	mkdir -p bin
	PATH=$PWD/bin:$PATH tool 5 plot rec --lines minor -p 1 -o bad.svg
	says 'damaged at byte'
	[ "$(wc -l <err)" -eq 1 ]
	[ -s bad.svg ]
	head -c "${offsets[1]}" rec >one
	tool 5 plot one -o one.svg
	says 'one complete sample only'
	[ ! -e one.svg ]
}

test_plot_of_a_recording_that_grows()
{
	run_program growth
}

test_plot_of_threads()
{
	make_recording <<-'END'
		r = Recording("rec", rows="threads", columns=["pid", "tid"] + ROWS[1:] + COUNTERS)
		for i in range(3):
		    r.sample([dict(pid=1, tid=t, comm="t%d" % t, cow=i * t) for t in (1, 2)],
		             system=dict(cow=9 * i))
	END
	fed 0 plot rec
	sums 'cow 18.000000 2 0'
	fed 0 plot rec -p 1
	sums 'cow 6.000000 2 0'
	fed 0 plot rec --by thread
	sums 't2 2 4.000000 2 0' 't1 1 2.000000 2 0'
	tool 5 plot rec --by process -o no.svg
	says 'has threads, not processes'
}

test_plot_without_gnuplot()
{
	ten_samples
	echo mine >old.svg
	PATH=/nosuch "$TOOL" plot rec -o old.svg 2>err || status=$?
	[ "$status" -eq 7 ]
	says 'gnuplot, which draws the pictures, is not installed: apt-get install gnuplot-nox'
	mkdir bin
	printf '#!/bin/sh\nhead -n 1 >/dev/null; exit 3\n' >bin/gnuplot
	chmod +x bin/gnuplot
	PATH=$PWD/bin:$PATH tool 6 plot rec -o old.svg
	says 'old.svg: not drawn: gnuplot exited with status 3'
	[ "$(cat old.svg)" = mine ]
	PATH=$PWD/bin:$PATH tool 6 plot rec -o /nosuch/new.svg
	says '/nosuch/new.svg'
	[ "$(echo ./*)" = './bin ./err ./offsets ./old.svg ./out ./rec' ]
}

# Whatever ends it, all that it leaves is what was there before.
test_plot_interrupted()
{
	local signal

	ten_samples
	echo mine >old.svg
	mkdir bin
	# It ends by the pipe.
	# shellcheck disable=SC2016	# for the other shell
	printf '#!/bin/sh\nkill -$SIGNAL $PPID\nexec cat\n' >bin/gnuplot
	chmod +x bin/gnuplot
	for signal in HUP INT TERM; do
		status=0
		SIGNAL=$signal PATH=$PWD/bin:$PATH env --default-signal=$signal \
			"$TOOL" plot rec -o old.svg >out 2>err || status=$?
		[ "$status" -eq $((128 + $(kill -l $signal))) ]
	done
	[ "$(cat old.svg)" = mine ]
	[ "$(echo ./*)" = './bin ./err ./offsets ./old.svg ./out ./rec' ]
}

# How far apart colours are, as people with and without impaired colour vision see them:
# neighbours at least so much, and any two.  By the matrices of Machado, Oliveira and
# Fernandes (2009), and CIE 1976.
test_plot_colours_can_be_told_apart()
{
	sed -n '/colours\[\] = {/,/};/p' "$TESTS/../plot/picture.c" | grep -o '#[0-9a-f]\{6\}' >colours
	[ "$(wc -l <colours)" -ge 8 ]
	python3 - <<-'END'
		KINDS = {
		    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
		    "protan": ((.152286, 1.052583, -.204868), (.114503, .786281, .099216), (-.003882, -.048116, 1.051998)),
		    "deutan": ((.367322, .860646, -.227968), (.280085, .672501, .047413), (-.011820, .042940, .968881)),
		    "tritan": ((1.255528, -.076749, -.178779), (-.078411, .930809, .147602), (.004733, .691367, .303900)),
		}
		def linear(c):
		    return c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4
		def lab(rgb):
		    m = ((.4124, .3576, .1805), (.2126, .7152, .0722), (.0193, .1192, .9505))
		    xyz = [sum(a * b for a, b in zip(row, rgb)) / w for row, w in zip(m, (.9505, 1, 1.089))]
		    f = [t ** (1 / 3) if t > .008856 else 7.787 * t + 16 / 116 for t in xyz]
		    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])
		colours = [[linear(int(line[i:i + 2], 16) / 255) for i in (1, 3, 5)] for line in open("colours")]
		for kind, matrix in KINDS.items():
		    seen = [lab([min(1, max(0, sum(a * b for a, b in zip(row, c)))) for row in matrix]) for c in colours]
		    far = lambda i, j: sum((a - b) ** 2 for a, b in zip(seen[i], seen[j])) ** .5
		    n = len(seen)
		    any_two = min((far(i, j), i, j) for i in range(n) for j in range(i))
		    next_to = min((far(i, i + 1), i) for i in range(n - 1))
		    print(kind, any_two, next_to)
		    assert any_two[0] > 10 and next_to[0] > 25, kind
	END
}

# No two lines and no two areas are drawn alike, however many; the legend leaves room.
test_plot_of_many_rows()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(5):
		    r.sample([dict(pid=p, comm="c%d" % p, cow=i * p, minor=i,
		                   cgroup="/system.slice/very-long-name-of-a-slice.slice/container-%d.scope" % p)
		              for p in range(1, 41)], system=dict(cow=i))
	END
	for how in '' '--lines cow'; do
		# shellcheck disable=SC2086	# words
		fed 0 plot rec --by cgroup -n 40 $how
		grep -o 'with .* title' fed | sort | uniq -d >twice
		[ "$(grep -c 'with .* title' fed)" -eq 40 ]
		[ ! -s twice ]
	done
	grep -q 'title "...*container-40.scope"' fed
	[ "$(grep -o 'title "[^"]*"' fed | awk '{ print length }' | sort -n | tail -n 1)" -le 60 ]
	wants gnuplot
	rm -r bin
	PATH=${PATH#*bin:} tool 0 plot rec --by cgroup -o x.svg
	# The picture is more than half of its file's width.
	python3 - <<-'END'
		import re
		text = open("x.svg").read()
		xs = [float(x) for x in re.findall(r"M([0-9.]+),", text)]
		grid = [float(x) for x in re.findall(r"<path stroke='[^']*'\s*d='M([0-9.]+),[0-9.]+ L([0-9.]+)", text) for x in x]
		print(min(xs), max(grid or xs))
		assert max(grid or xs) > 960 / 2
	END
}

test_plot_usage()
{
	ten_samples
	usage_error plot rec
	says 'plot: no picture given'
	usage_error plot -o x.svg
	says 'plot: no file given'
	usage_error plot rec 5 -o x.svg
	says 'one file, and no interval'
	usage_error plot rec -o x.pdf
	says '.svg or .png'
	usage_error plot rec -o x.svg --lines pid
	says 'pid is no counter'
	usage_error plot rec -o x.svg --lines minor,cow,oom
	says 'three units, faults, pages and times'
	usage_error plot rec -o x.svg -n 3
	says 'give --by, too'
	usage_error plot rec -o x.svg --by user -n 101
	tool 1 plot rec -o x.svg -p 77
	says 'none of the processes'
	[ ! -e x.svg ]
}
