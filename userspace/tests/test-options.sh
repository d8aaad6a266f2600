# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The command line, the streams, and that the documentation tells all of it

# usage_error ARG...: status 2, nothing printed, one line that says why
usage_error()
{
	tool 2 "$@"
	[ ! -s out ]
	[ "$(wc -l <err)" -eq 1 ]
}

test_usage_intervals()
{
	local interval

	tree
	for interval in 0 0.05 1e99 '' ' 1' 1.2.3 . +1 0x1 1000001; do
		usage_error "$interval"
		says "interval \"$interval\":" 'from 0.1 to 1000000'
	done
	usage_error -1
	says 'not negative'
	usage_error -- -1
	says 'interval "-1":'
}

# A word is no interval: it was to be a command.
test_usage_no_such_command()
{
	local word

	for word in abc nan inf infinity Top TOP; do
		usage_error "$word"
		says "there is no command \"$word\""
	done
	for word in tops:top to:top recrod:record reply:replay plots:plot chekc:check laten:latency; do
		tool 2 "${word%:*}" || true
		case ${word%:*} in
		laten|to) ;;
		*)	says "there is no command \"${word%:*}\"; did you mean pagestat ${word#*:}?" ;;
		esac
	done
	usage_error -a tops
	says 'did you mean pagestat top?'
	usage_error help tops
	says 'did you mean pagestat top?'
	usage_error xyzzy 1
	lacks 'mean' err
}

test_usage_help_of_a_command()
{
	local command

	while read -r command; do
		# shellcheck disable=SC2086	# none, or one word
		tool 0 $command --help
		mv out long
		# shellcheck disable=SC2086
		tool 0 help $command
		diff long out
	done < <(commands)
	tool 0 help --help
	tool 0 help -V
}

# Of which command an option is, if not of this one; and where to read on.
test_usage_options_of_others()
{
	tree
	usage_error latency --csv
	says 'latency takes no --csv; pagestat and pagestat replay do. See pagestat latency --help'
	usage_error --replay x
	says 'pagestat without a command takes no --replay; pagestat top does. See pagestat --help'
	usage_error top -n 3
	says 'top takes no -n; pagestat, pagestat plot and pagestat replay do.'
	usage_error record --raws
	says 'there is no option --raws. See pagestat record --help'
	usage_error replay --raws
	says 'there is no option --raws; did you mean --raw? See pagestat replay --help'
	usage_error --jsno
	says 'there is no option --jsno; did you mean --json?'
	usage_error --re
	usage_error --s
	says 'option --s: --sort or --share or --since or --system?'
	usage_error --all=3
	says 'option --all takes no value. See pagestat --help'
	usage_error --help=3
	says 'option --help takes no value'
	usage_error latency -Z
	says 'there is no option -Z. See pagestat latency --help'
	usage_error top 1 2 3
	says '"3": one argument too many. See pagestat top --help'
	usage_error top x
	says 'See pagestat top --help'
	usage_error lab a b
	says 'one experiment at a time. See pagestat lab --help'
	usage_error lab --nosuch
	says 'See pagestat lab --help'
	usage_error check x
	says 'check takes no argument. See pagestat check --help'
	usage_error replay
	says 'See pagestat replay --help'
	tool 125 run --csv true
	says 'run takes no --csv' 'See pagestat run --help'
}

test_usage_counts()
{
	local count

	tree
	for count in 0 x 1.5 '' 99999999999999999999; do
		usage_error 1 "$count"
		says "count \"$count\":"
	done
	usage_error 1 2 3
	says '"3": one argument too many'
}

test_usage_values()
{
	local pid

	tree
	for pid in 0 x '' '1,,' 99999999999 ' 1'; do
		usage_error -p "$pid"
		says 'not a process ID'
	done
	usage_error -n 0
	says '-n "0"'
	usage_error -o nosuch
	says 'no column is called "nosuch"' '--columns'
	usage_error -o pid,,cow
	usage_error -o ''
	usage_error -o pid,all
	usage_error --sort nosuch
	says '--sort: no column is called "nosuch"'
	usage_error --sort
	says 'needs a value'
	usage_error -p
	usage_error --output x
	usage_error -Z
	says 'no option -Z'
	usage_error --nosuch
	says '--nosuch'
	usage_error --json=1
}

test_usage_of_lab()
{
	local size

	for size in x 1 0 '' 1023K 65T 99999999999999999999 16MB 16m -1 1.5G; do
		usage_error lab --size "$size" demand-paging
		says "--size \"$size\":"
	done
	usage_error lab --thp maybe
	says '--thp "maybe"' 'on or off'
	usage_error lab nosuch
	says 'no experiment "nosuch"' 'pagestat lab lists them'
	usage_error lab demand-paging cow
	says 'one experiment'
	usage_error lab --json -i demand-paging
	usage_error lab 1 -p 1
}

test_usage_combinations()
{
	tree
	usage_error --json --raw
	usage_error --system --probes
	usage_error --columns -p 1
	usage_error --system 1
	usage_error --probes -o pid
	usage_error -a run true
	says 'run comes first'
}

# The commands there are, a line each; the empty one is none, the table of processes.
commands()
{
	echo
	grep -o 'X([a-z]*)' "$TESTS/../cli/command.h" | sed 's/X(\(.*\))/\1/' | grep -v show
}

# options_of COMMAND: those with a long name that it takes, of all there are; found
# out once
options_of()
{
	local kept=$WORK/options-of-$1 option

	[ -e "$kept" ] || {
		sed -n 's/^\t\[OPT_[A-Z_]*\].*("\([a-z-]*\)".*/--\1/p' "$TESTS/../cli/specs.c"
		printf '%s\n' --help --version
	} | sort -u |
		while read -r option; do
			# The first --nosuch may be taken for its value.
			# shellcheck disable=SC2086	# none, or one word
			"$TOOL" $1 "$option" --nosuch --nosuch 2>&1 |
				grep -qE "(takes no|there is no option) ${option}[ ;.]" || echo "$option"
		done >"$kept"
	cat "$kept"
}

# A line of the 24 is the prompt's.
test_help_fits_a_screen()
{
	local command

	[ "$(commands | wc -l)" -ge 4 ]
	while read -r command; do
		# shellcheck disable=SC2086	# none, or one word
		tool 0 $command --help
		[ "$(wc -l <out)" -le 23 ]
		[ "$(wc -L <out)" -le 80 ]
		grep -q "^Usage: pagestat ${command:-[[]}" out
		mv out long
		# shellcheck disable=SC2086
		tool 0 $command -h --nosuch
		diff long out
	done < <(commands)
}

test_version_is_that_of_the_header()
{
	local version

	version=$(sed -n 's/^#define PAGESTAT_VERSION[[:space:]]*"\(.*\)"/\1/p' "$HEADER")
	[ -n "$version" ]
	tool 0 -V
	[ "$(cat out)" = "pagestat $version, interface version 1" ]
	# and it is written nowhere else
	cat "$TESTS"/../*.c "$TESTS"/../*/*.[ch8] >sources
	lacks "${version//./\\.}" sources
}

test_output_device_full()
{
	local report status

	[ -c /dev/full ] || { echo 'no /dev/full'; exit "$SKIP"; }
	tree
	for report in -a --json --system --probes --columns --help --version; do
		status=0
		"$TOOL" "$report" >/dev/full 2>err || status=$?
		[ "$status" -eq 6 ]
		says 'could not be written' 'No space left'
	done
	status=0
	"$TOOL" 0.1 >/dev/full 2>err || status=$?
	[ "$status" -eq 6 ]
}

test_output_closed()
{
	local status=0

	tree
	"$TOOL" >&- 2>err || status=$?
	[ "$status" -eq 6 ]
	says 'could not be written'
}

test_output_pipe_closed()
{
	local statuses i

	tree
	for ((i = 1000; i < 1200; i++)); do
		row pid=$i minor=1
	done >>"$T/processes"
	set +e
	{ sleep 0.3; "$TOOL" --json 2>err; } | true
	statuses=("${PIPESTATUS[@]}")
	(trap '' PIPE; { sleep 0.3; "$TOOL" --json 2>err.ignored; echo $? >status; } | true)
	set -e
	[ "${statuses[0]}" -eq 141 ]
	[ "$(cat status)" -eq 141 ]
	[ ! -s err ]
	[ ! -s err.ignored ]
}

# manual [COMMAND]: its page as text, every run of blanks one blank
manual()
{
	wants mandoc
	mandoc -T ascii "$TESTS/../man/pagestat${1:+-$1}.8" | sed 's/.\x08//g' | tr -s ' \n' '  '
}

test_manuals_are_clean()
{
	local page

	wants mandoc
	for page in "$TESTS"/../man/*.8; do
		mandoc -T lint -W warning "$page"
		if command -v groff >/dev/null; then
			groff -mdoc -Tutf8 -ww -z "$page" >log 2>&1
			[ ! -s log ]
		fi
	done
}

test_manual_has_every_column()
{
	local name unit text

	manual >page
	tool 0 --columns --json
	json '.columns | length > 30'
	jq -r '.columns[] | [.name, .unit, .text] | @tsv' out |
		while IFS=$'\t' read -r name unit text; do
			grep -qF -e " $name ($unit) $text " page ||
				{ echo "not there: $name ($unit) $text"; exit 1; }
		done
}

test_manuals_and_help_have_every_option()
{
	local command option file

	while read -r command; do
		manual "$command" >page
		# shellcheck disable=SC2086	# none, or one word
		tool 0 $command --help
		options_of "$command" >options
		[ "$(wc -l <options)" -ge 3 ]
		for file in page out; do
			while read -r option; do
				grep -qE -e "$option([^a-z-]|\$)" "$file" ||
					{ echo "not in $file of $command: $option"; return 1; }
			done <options
		done
	done < <(commands)
}

test_manuals_have_what_one_looks_for()
{
	local command

	manual >overview
	while read -r command; do
		manual "$command" >page
		grep -q 'EXIT STATUS .*EXAMPLES \|EXAMPLES .*EXIT STATUS ' page
		[ -z "$command" ] || grep -qF "pagestat-$command(8)" overview
	done < <(commands)
}

test_manuals_have_every_exit_status()
{
	local status

	{ manual; manual run; } | sed 's/EXIT STATUS/\n&/g; s/EXAMPLES/\n/g' | grep '^EXIT' >page
	sed -n 's/^	EXIT_[A-Z_]*	*= \([0-9]*\),.*/\1/p' "$TESTS/../base/errors.h" |
		while read -r status; do
			grep -qE " $status [A-Z]|and the number of the signal" page
		done
}
