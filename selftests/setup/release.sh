#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# release.sh - print the release (uname -r) of a kernel of vm/kernels
#
# usage: release.sh KERNEL
#
# Which release that is, the set-up found out: run that first.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

kernel_row "$1"
kernel_release "$1" || die "$EXIT_SETUP" "kernel $1 is not set up"
