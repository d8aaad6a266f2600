# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# readme.sh - a table in README.md that a script makes, between two comments: one that
# begins with "NAME:", and "end of NAME"
#
# To be sourced by bash, in the folder of README.md.

# readme_table NAME [--write]: print how it differs from what table() prints, or write that
readme_table()
{
	local new rc=0

	new=$(mktemp)
	{
		sed "/^<!-- $1:/q" README.md
		table
		sed -n "/^<!-- end of $1 -->/,\$p" README.md
	} >"$new"
	if [ "${2:-}" = --write ]; then
		cat "$new" >README.md
	else
		diff -u README.md "$new" || rc=1
		[ $rc -eq 0 ] || echo "README.md: run ${0#"$PWD/"} --write" >&2
	fi
	rm -f "$new"
	return $rc
}
