#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vmlinux.sh - unpack a kernel's image, once: QEMU can boot an unpacked one (PVH), and the
# emulated machine would take 2 to 5 s to unpack it at each boot
#
# usage: vmlinux.sh KERNEL
#
# Prints the path of the unpacked image, which is in the cache; if the compression is
# unknown, that of the packed one.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

kernel=$(kernel_dir "$1")
packed=$kernel/vmlinuz
unpacked=$kernel/vmlinux

# field OFFSET BYTES: print a number of the image's header
field()
{
	od -An -tu"$2" -j "$(($1))" -N "$2" "$packed" | tr -d ' '
}

# Print the payload, which follows the setup's sectors; its last 4 bytes are the size of
# what is in it (Documentation/arch/x86/boot.rst of the kernel).
payload()
{
	local magic=0x53726448	# "HdrS"
	local start=$((($(field 0x1f1 1) + 1) * 512 + $(field 0x248 4)))

	[ "$(field 0x202 4)" -eq $((magic)) ] || return
	tail -c +$((start + 1)) "$packed" | head -c $(($(field 0x24c 4) - 4))
}

if [ ! "$unpacked" -nt "$packed" ]; then
	case $(payload 2>/dev/null | head -c 4 | od -An -tx1) in
	' fd 37 7a 58')	unpack=(xz -dc --single-stream) ;;
	' 28 b5 2f fd')	unpack=(zstd -dcq) ;;
	*)		echo "$packed"; exit ;;
	esac
	payload | "${unpack[@]}" >"$unpacked.$$"
	mv "$unpacked.$$" "$unpacked"
fi
echo "$unpacked"
