#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# build.sh - make ready for a VM: set up, build the tool, and build the module
# for each kernel named; with nothing to do, in no time and without a word
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

if [ "${TOOL:-yes}" != no ]; then
	quietly "building the tool" make -C "$TOP" tool
fi
for kernel; do
	# shellcheck disable=SC2046	# two variables
	quietly "building the module for $kernel" \
		make -C "$TOP" module KERNEL= $("$TOP/selftests/setup/kbuild.sh" "$kernel")
done
