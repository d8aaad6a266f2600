#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# class.sh - make the samples in the pages for teachers (userspace/lab/README*.md), by
# the commands in these pages, in the language of each
#
# usage: [KERNEL=NAME] class.sh [--write]
#
# The commands run in the VM.  Prints the pages with the new samples; with --write,
# writes them to the files.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

pages=(userspace/lab/README*.md)
out=build/class

# language PAGE: print zh_CN for README.zh_CN.md
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
