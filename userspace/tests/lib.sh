# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what the tests are made of: trees of canned files, and what to expect
#
# The columns come from the uapi header, as the tool's do: a new counter needs
# nothing here.

# The entries of PAGESTAT_COUNTERS: name, tab, unit
counters()
{
	sed -n '/^#define PAGESTAT_COUNTERS(X)/,/[^\\]$/s/^X(\([a-z_]*\),[[:space:]]*\([a-z]*\),.*/\1\t\2/p' "$HEADER"
}

mapfile -t COUNTERS < <(counters | cut -f 1)
IDENTITY=(pid ppid uid start_ns)
SYSTEM=(since_ns page_size processes threads ended lost_tasks lost_hits missed stray silenced tested disputed latency_ns
	stray_wp stray_new_anon stray_reuse stray_huge_reuse stray_hugetlb stray_swap_map stray_swap_out)

# join WORD...: one line, separated by tabs
join()
{
	local IFS=$'\t'

	echo "$*"
}

header()
{
	join "${IDENTITY[@]}" "${COUNTERS[@]}" comm
}

# row NAME=VALUE...: a row of processes; what is not given is 0
row()
{
	local -A value=([ppid]=1 [uid]=0 [comm]=test)
	local -a cells=()
	local arg column

	for arg; do
		value[${arg%%=*}]=${arg#*=}
	done
	: "${value[start_ns]:=${value[pid]}000000}"
	for column in "${IDENTITY[@]}" "${COUNTERS[@]}" comm; do
		cells+=("${value[$column]-0}")
	done
	join "${cells[@]}"
}

# Headers and rows of the files that have other columns.
thread_header()
{
	local IDENTITY=(pid tid ppid uid start_ns)

	header
}

thread_row()
{
	local IDENTITY=(pid tid ppid uid start_ns)

	row "$@"
}

exited_header()
{
	local IDENTITY=(pid ppid uid start_ns end_ns exit_code)

	header
}

exited_row()
{
	local IDENTITY=(pid ppid uid start_ns end_ns exit_code)

	row "$@"
}

# system_file NAME=VALUE...: the file of that name
system_file()
{
	local -A value=([since_ns]=3600000000000 [page_size]=4096 [processes]=4
			[threads]=9 [ended]=2)
	local -a cells=()
	local arg column

	for arg; do
		value[${arg%%=*}]=${arg#*=}
	done
	for column in "${SYSTEM[@]}" "${COUNTERS[@]}"; do
		cells+=("${value[$column]-0}")
	done
	join "${SYSTEM[@]}" "${COUNTERS[@]}"
	join "${cells[@]}"
}

processes_file()
{
	header
	row pid=1 ppid=0 comm=systemd minor=123456 major=98 cow=4321 cow_anon=4000 \
		cow_file=321 reuse=22 zerofill=7000 filemap=3000
	row pid=2 ppid=0 comm=kthreadd
	row pid=310 uid=1000 comm=bash minor=5000 major=2 cow=25601 cow_anon=25601 \
		swapin=- swapin_io=- swapin_cache=-
	row pid=4194304 uid=65534 comm='Web Content' minor=7 zerofill=7 swapin=12 \
		swapin_io=2 swapin_cache=10
}

probes_file()
{
	join hook symbol required state type hits missed stray feeds
	join fault handle_mm_fault yes attached ftrace 1234 0 0 filemap,other
	join swap-map - no missing - 0 0 0 swapin,swapin_io,swapin_cache
}

# tree: a module's files in $T, below the debugfs of the tool
tree()
{
	export PAGESTAT_DEBUGFS=$PWD/debugfs PAGESTAT_PROC=$PWD/proc PAGESTAT_STATE=$PWD/verdicts
	T=$PAGESTAT_DEBUGFS/pagestat
	mkdir -p "$T"
	echo 1 >"$T/version"
	processes_file >"$T/processes"
	processes_file >"$T/children"
	system_file >"$T/system"
	probes_file >"$T/probes"
	exited_header >"$T/exited"
	cgroup 1 /init.scope
	cgroup 310 /user.slice/user-1000.slice/session-1.scope
}

# cgroup PID PATH: what /proc says of that process
cgroup()
{
	mkdir -p "$PAGESTAT_PROC/$1"
	echo "0::$2" >"$PAGESTAT_PROC/$1/cgroup"
}

# tool STATUS ARG...: run it; what it prints is then in the files out and err
tool()
{
	local expected=$1 status=0

	shift
	timeout 60 "$TOOL" "$@" >out 2>err || status=$?
	echo "\$ pagestat $*: status $status, expected $expected"
	head -c 4000 out err
	lacks 'Sanitizer|runtime error' err && [ "$status" -eq "$expected" ]
}

# give FILE: stdin, to whoever opens that pipe; a tool that never does is a failure
give()
{
	timeout 60 tee "$1" >/dev/null
}

# tool_fed_by GIVER STATUS ARG...: the tool, on what that function gives it through pipes
tool_fed_by()
{
	local giver

	"$1" >given 2>&1 &
	giver=$!
	shift
	tool "$@" || { kill "$giver"; cat given; return 1; }
	wait "$giver"
}

# unstamped: the moments and lengths in headings of intervals are those of the run
unstamped()
{
	sed -i -E 's/^20..-..-..T..:..:..[.]...[+]00:00, (counts|faults) of the last [0-9.]+ s/STAMP/' out
}

# says TEXT...: standard error has all of them
says()
{
	local text

	for text; do
		grep -qF -e "$text" err || { echo "stderr lacks: $text"; return 1; }
	done
}

# lacks REGEX FILE: no line of the file matches; "! grep" would not end a test
lacks()
{
	if grep -E -e "$1" "$2"; then
		echo "that should not be in $2"
		return 1
	fi
}

# silent: standard error is empty
silent()
{
	[ ! -s err ]
}

# prints LINE...: these lines are what is printed, blanks counted as one
prints()
{
	diff <(printf '%s\n' "$@") <(sed 's/  */ /g; s/^ //; s/ $//' out)
}

# expected NAME: what is printed is what is kept under that name
expected()
{
	if [ -n "${UPDATE:-}" ]; then
		cp out "$TESTS/expected/$1"
	fi
	diff "$TESTS/expected/$1" out
}

# json FILTER: every line of out is JSON, and jq's filter gives true for each
json()
{
	iconv -f UTF-8 -t UTF-8 out >/dev/null
	command -v jq >/dev/null || { echo "jq is not installed"; exit "$SKIP"; }
	jq -se 'length > 0' out >/dev/null
	jq -e "$1" out >/dev/null || { echo "not so: $1"; return 1; }
}

# run_program NAME ARG...: a program of this folder, built as the tool is
run_program()
{
	local build=${TOOL%/*}

	[ "${build##*/}" = san ] || build=$build/build
	timeout 60 "$build/test-$1" "${@:2}"
}

# wants COMMAND...: skip the test if there is none of that name
wants()
{
	command -v "$1" >/dev/null || { echo "$1 is not installed"; exit "$SKIP"; }
}
