#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kbuild.sh - print the variables by which the Makefile builds the module for a kernel of
# vm/kernels: its release, where its headers are, and what it was itself built with
#
# usage: kbuild.sh KERNEL
#
# setup.sh has to be run first: it finds the release.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

kernel_row "$1"
release=$(kernel_release "$1") || die "$EXIT_SETUP" "kernel $1 is not set up"
echo "KVER=$release KDIR=$(kernel_build "$1")" "$(kernel_says make)"
