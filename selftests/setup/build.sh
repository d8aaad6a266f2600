#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# build.sh - prepare VMs: set up, and build the tool and the module for each of these
# kernels, in the root of its suite; prints nothing if all is up to date
#
# usage: [TOOL=no] build.sh KERNEL...
#
#   TOOL	no: do not build the tool, which may not build at the moment
#
# The output of the last build is in build/build.log; it is printed if a build fails.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

# quietly WHAT COMMAND...: run it, and print WHAT if it takes more than a second
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

# The tool is built beside its sources: for another root, in a tree of links to them.
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
	# shellcheck disable=SC2046	# variables of make
	quietly "building the module for $kernel" \
		"$TOP/selftests/setup/in-root.sh" "$kernel" make -j"$(nproc)" -C "$TOP" module KERNEL= $("$TOP/selftests/setup/kbuild.sh" "$kernel")
}

# Suites in parallel; kernels of one suite one after the other, as they share the tool.
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
