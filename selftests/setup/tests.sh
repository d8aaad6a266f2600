#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tests.sh - build the tests of the module, for the root that the VM of a kernel has, and
# the modules that some of them load: the folders of programs/, and that of test_callers
#
# usage: tests.sh KERNEL

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

kernel_row "$1"
modules=$TOP/build/programs/$(kernel_release "$1")
for source in "$TOP"/selftests/programs/*/; do
	mkdir -p "$modules/$(basename "$source")"
	ln -sf "$source"* "$modules/$(basename "$source")"
done
ln -sf "$TOP/selftests/programs/Kbuild" "$modules"
# shellcheck disable=SC2046	# variables of make
"$TOP/selftests/setup/in-root.sh" "$1" make -s -j"$(nproc)" -C "$(kernel_build "$1")" \
	M="$modules" $(kernel_says make) modules || exit
"$TOP/selftests/setup/pretend.sh" "$1" || exit
# shellcheck disable=SC2154	# kernel_row sets it
output=$(built_in "$suite")/build/selftests
mkdir -p "$output"
exec "$TOP/selftests/setup/in-root.sh" "$1" make -s -j"$(nproc)" -C "$TOP/selftests" \
	OUTPUT="$output" COLLECTION=pagestat KSELFTEST="$CACHE/source/tools/testing/selftests" all
