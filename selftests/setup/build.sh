#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# build.sh - make ready for a VM: set up, and build the tool and the module for
# each kernel named, in the root of its suite; with nothing to do, in no time and without a word
#
# usage: [TOOL=no] build.sh KERNEL...
#
#   TOOL	no: go on without the tool, as while somebody is working on it
#
# What the builds say is in build/build.log, and shown if one fails.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

# quietly WHAT COMMAND...: the line about it only if it takes a while
quietly()
{
	local what=$1 log pid

	shift
	mkdir -p "$TOP/build"
	log=$(mktemp "$TOP/build/log.XXXXXX")
	"$@" >"$log" 2>&1 </dev/null &
	pid=$!
	{ sleep 1; kill -0 $pid && say "$what"; } 2>/dev/null &
	if ! wait $pid; then
		cat "$log" >&2
		rm -f "$log"
		die 1 "$what failed"
	fi
	mv "$log" "$TOP/build/build.log"
}

for kernel; do
	kernel_row "$kernel"
	kernels+=("kernel=$kernel")
done
"$TOP/selftests/setup/setup.sh" tool module vm "${kernels[@]}" || exit

# The tool is built where it finds its sources: for another root, a tree of links.
tool()
{
	local kernel=$1 to file

	kernel_row "$kernel"
	to=$(built_in "$suite")
	if [ "$to" != "$TOP" ]; then
		mkdir -p "$to/userspace"
		ln -sfnT "$TOP/module" "$to/module"
		find "$to/userspace" -type l -delete
		while read -r file; do
			mkdir -p "$to/${file%/*}"
			ln -s "$TOP/$file" "$to/$file"
		done < <(cd "$TOP" && find userspace -name build -prune -o \
			\( -name '*.[ch]' -o -name Makefile -o -name '*.mk' -o -name '*.po' \) \
			-type f -print)
	fi
	"$TOP/selftests/setup/in-root.sh" "$kernel" make -j"$(nproc)" -C "$to/userspace" all
}

build()
{
	local kernel=$1

	if [ "${TOOL:-yes}" != no ]; then
		quietly "building the tool for $kernel" tool "$kernel"
	fi
	# shellcheck disable=SC2046	# two variables
	quietly "building the module for $kernel" \
		"$TOP/selftests/setup/in-root.sh" "$kernel" make -j"$(nproc)" -C "$TOP" module KERNEL= $("$TOP/selftests/setup/kbuild.sh" "$kernel")
}

# Suites beside each other; kernels of one suite have the tool in common.
declare -A of_suite
for kernel; do
	kernel_row "$kernel"
	# shellcheck disable=SC2154	# kernel_row sets it
	of_suite[$suite]+=" $kernel"
done
for suite in "${!of_suite[@]}"; do
	(
		for kernel in ${of_suite[$suite]}; do
			build "$kernel"
		done
	) &
	builds+=($!)
done
for pid in "${builds[@]}"; do
	wait "$pid" || exit
done
