#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pretend.sh - build the module of test_callers, which takes functions of the kernel for
# others
#
# usage: pretend.sh KERNEL
#
# build.sh has to be run first.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

# shellcheck disable=SC2046	# two variables
exec "$TOP/selftests/setup/in-root.sh" "$1" make -s -j"$(nproc)" -C "$TOP" module KERNEL= \
	PAGESTAT_PRETEND=y $("$TOP/selftests/setup/kbuild.sh" "$1")
