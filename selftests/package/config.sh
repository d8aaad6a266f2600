#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# config.sh - a kernel without what the module needs is refused when it is built
# for, in one line
#
# usage: config.sh KERNEL

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
cd "$TOP" || exit

failed=0
folder=$(mktemp -d -p build config.XXXXXX)
trap 'rm -rf "$folder"' EXIT

for option in KPROBES FUNCTION_TRACER DEBUG_FS; do
	# On the command line it wins over the configuration of the kernel.
	error=$(make -s link-module KVER="${folder#build/}" KDIR="$(kernel_build "$1")" \
		CONFIG_$option= 2>&1) && error="built without CONFIG_$option"
	[ "$(grep -c 'pagestat.*without' <<<"$error")" = 1 ] &&
		grep -q "was built without CONFIG_$option\\." <<<"$error" && continue
	echo "$option:"
	echo "$error"
	failed=1
done
exit $failed
