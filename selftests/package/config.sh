#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# config.sh - a kernel without what the module needs, or for another architecture,
# is refused when it is built for, in one line
#
# usage: config.sh KERNEL

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
cd "$TOP" || exit

failed=0
kdir=$(kernel_build "$1")
folder=$(mktemp -d -p build config.XXXXXX)
trap 'rm -rf "$folder"' EXIT

# refused WHY VARIABLE...: a build with these variables fails and says WHY; on the
# command line, they override the kernel's configuration
refused()
{
	local why=$1 error

	shift
	error=$(make -s link-module KVER="${folder#build/}" KDIR="$kdir" "$@" 2>&1) &&
		error="built with $*"
	[ "$(grep -c '[*] pagestat ' <<<"$error")" = 1 ] && grep -qF "$why" <<<"$error" && return
	echo "$*:"
	echo "$error"
	failed=1
}

for option in KPROBES DEBUG_FS; do
	refused "was built without CONFIG_$option." CONFIG_$option=
done
refused "this kernel is for neither" CONFIG_X86_64= CONFIG_ARM64=
refused "this kernel is for neither" CONFIG_X86_64= CONFIG_ARM64=y CONFIG_CPU_BIG_ENDIAN=y
exit $failed
