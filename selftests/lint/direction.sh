#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# direction.sh - what files stand on: it goes one way and in no circle
#
# usage: direction.sh folders DIR | circles DIR | module KBUILD OBJECTS
#
#   folders	DIR is userspace/: a folder includes from itself and from those before it in
#		ORDER, and not from those on its line.  Says what does not, with file and line
#   circles	no files of DIR use each other in a circle; their objects are in DIR/build
#   module	an object below OBJECTS uses symbols only, and its source headers only, of those
#		that KBUILD lists before it
#
# Status: 1 if something was found.

set -u -o pipefail

# The foundation first; "|" ends a line of folders that know nothing of each other.
readonly ORDER='
	base lab/replacement |
	model |
	recording |
	report |
	experiment |
	cli |
	show run top record plot latency check lab/base |
	lab/experiments |
	lab |
	.'
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)

folders()
{
	cd "$1" || return
	find . -path ./build -prune -o -path ./tests -prune -o -name '*.[ch]' -printf '%P\n' |
		xargs grep -n '^#include "' /dev/null |
		awk -v order="${ORDER//[$'\n\t']/ }" -f "$here/direction.awk"
}

# symbols OBJECT...: "OBJECT defines NAME" and "OBJECT uses NAME"; nm knows what macros
# make, too.
symbols()
{
	local object

	for object; do
		nm "$object" | awk -v object="$object" '
			$(NF - 1) == "U"		{ print object, "uses", $NF }
			$(NF - 1) ~ /^[A-TV-Z]$/	{ print object, "defines", $NF }' || return
	done
}

circles()
{
	local -a objects
	local loops

	# What was built of files that are gone may still be there.
	mapfile -t objects < <(cd "$1" && find . -path ./build -prune -o -path ./tests -prune -o \
		-name '*.c' -printf '%P\n' | while read -r file; do
			[ ! -e "build/${file%.c}.o" ] || echo "$1/build/${file%.c}.o"
		done)
	[ ${#objects[@]} -gt 1 ] || { echo "$1: has no objects"; return 1; }
	loops=$(symbols "${objects[@]}" | sort -k 2,2 | awk '
		$2 == "defines"			 { of[$3] = $1 }
		$2 == "uses" && $3 in of	 { print $1, of[$3] }' | tsort 2>&1 >/dev/null |
		sed 's/^tsort: -: input contains a loop:/use each other in a circle:/; s/^tsort: /  /')
	[ -z "$loops" ] || { echo "$loops"; return 1; }
}

module()
{
	local -a objects
	local object file bad=0

	mapfile -t objects < <(sed -e ':a; /\\$/ { N; s/\\\n//; ba }' "$1" |
		sed -n 's/^pagestat-\(y\|.(CONFIG_[A-Z_]*)\) [:+]= //p' | tr -s '[:blank:]' '\n')
	[ ${#objects[@]} -gt 1 ] || { echo "$1: lists no objects"; return 1; }
	{
		printf '%s is listed\n' "${objects[@]/#/$2/}"
		symbols "${objects[@]/#/$2/}" | sort -k 2,2
	} | awk '
		$2 == "is"	{ place[$1] = NR }
		$2 == "defines"	{ of[$3] = $1 }
		$2 == "uses" && $3 in of && place[of[$3]] > place[$1] {
			printf "%s: uses %s of %s, which Kbuild lists after it\n", $1, $3, of[$3]
			bad = 1
		}
		END		{ exit bad }' || bad=1
	# A header is its object's, if one has its name.
	cd "$(dirname "$1")" || return
	for object in "${objects[@]%.o}"; do
		for file in "$object".[ch]; do
			[ ! -e "$file" ] || grep -Hn '^#include "' "$file"
		done
	done | awk -F : -v objects="${objects[*]%.o}" '
		BEGIN {
			nr = split(objects, names, " ")
			for (i = 1; i <= nr; i++)
				place[names[i]] = i
		}
		{
			split($3, quoted, "\"")
			dir = $1
			sub(/[^\/]*$/, "", dir)
			to = dir quoted[2]
			from = $1
			sub(/\.[ch]$/, "", to)
			sub(/\.[ch]$/, "", from)
			if (place[to] > place[from]) {
				printf "%s:%d: \"%s\", which Kbuild lists after it\n", $1, $2, quoted[2]
				bad = 1
			}
		}
		END { exit bad }' || bad=1
	return $bad
}

case ${1:-} in
folders|circles)	[ $# -eq 2 ] && "$@" ;;
module)			[ $# -eq 3 ] && "$@" ;;
*)			false ;;
esac
