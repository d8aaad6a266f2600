#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# class.sh - the samples in the teacher's pages are made by the commands that stand
# there, in the language of the page
#
# usage: [KERNEL=NAME] class.sh [--write]
#
# Runs them in the VM.  Without --write, prints the pages with new samples; with it,
# writes them.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

pages=(userspace/lab/README*.md)
out=build/class

# language PAGE: README.zh_CN.md is in zh_CN
language()
{
	local name=${1##*/README}

	name=${name%.md}
	echo "${name#.}"
}

rm -rf "$out"
mkdir -p "$out"
{
	echo '. selftests/lib/lib.sh; disk /var/tmp'
	for page in "${pages[@]}"; do
		n=0
		mkdir -p "$out/$page"
		echo "export LANGUAGE=$(language "$page")"
		sed -n 's/^<!-- sample: \(.*\) -->$/\1/p' "$page" | while read -r command; do
			n=$((n + 1))
			echo "($command) >$out/$page/$n"
		done
	done
} >"$out/commands"
make -s vm CMD="bash $out/commands"

for page in "${pages[@]}"; do
	awk -v out="$out/$page" '
		/^<!-- end of sample -->$/ { inside = 0 }
		!inside
		/^<!-- sample: / {
			inside = 1
			command = $0
			sub(/^<!-- sample: /, "", command)
			sub(/ ([|].*)?-->$/, "", command)
			print "\n    # " command
			file = out "/" ++n
			while ((getline line <file) > 0)
				print line == "" ? "" : "    " line
			print ""
		}' "$page" | cat -s >"$out/page"
	if [ "${1:-}" = --write ]; then
		cp "$out/page" "$page"
	else
		cat "$out/page"
	fi
done
