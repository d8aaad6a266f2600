#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# class.sh - the samples in the teacher's page are made by the commands that stand there
#
# usage: [KERNEL=NAME] class.sh [--write]
#
# Runs them in the VM.  Without --write, prints the page with new samples; with it,
# writes it.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

page=userspace/lab/README.md
out=build/class

rm -rf "$out"
mkdir -p "$out"
{
	echo '. selftests/lib.sh; disk /var/tmp'
	n=0
	sed -n 's/^<!-- sample: \(.*\) -->$/\1/p' "$page" | while read -r command; do
		n=$((n + 1))
		echo "($command) >$out/$n"
	done
} >"$out/commands"
make -s vm CMD="bash $out/commands"

awk -v out="$out" '
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
