#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# counters.sh - check that the table of counters in README.md is that of the header, and
# that each counter is fed by a hook
#
# usage: counters.sh [--write]
#
# Prints how the tables differ; with --write, writes that of README.md.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
. selftests/lib/readme.sh

header=module/uapi/pagestat.h

# X(name, unit, "text") is in the header.
table()
{
	echo
	echo '| counter | unit | meaning |'
	echo '|---|---|---|'
	sed -n '/^#define PAGESTAT_COUNTERS(X)/,/[^\\]$/s/^X(\([a-z_]*\),[[:space:]]*\([a-z]*\),[[:space:]]*"\(.*\)").*/\1 \2 \3/p' "$header" |
	while read -r name unit text; do
		echo "| \`$name\` | $unit | $text |"
	done
	echo
}

# C(name) is in the table of hooks, or PAGESTAT_BIT(name) in the lists of leaves there.
# shellcheck disable=SC2016	# the table's own quotes
unfed=$(table | sed -n 's/^| `\(.*\)` | .*/\1/p' | while read -r name; do
	grep -q "C($name)" module/table.c || grep -q "PAGESTAT_BIT($name)" "$header" ||
		echo "$name"
done)
if [ -n "$unfed" ]; then
	echo "module/table.c: no hook feeds: $unfed" >&2
	exit 1
fi

case ${1:-} in
--write|'')	readme_table counters "${1:-}" ;;
*)
	sed -n 's/^# usage: //p' "$0" >&2
	exit 1
	;;
esac
