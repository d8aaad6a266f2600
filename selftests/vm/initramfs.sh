#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# initramfs.sh - make the part of the initramfs that is the same in every run of a kernel:
# busybox, and the modules that are needed to mount the host's files
#
# usage: initramfs.sh KERNEL
#
# It is initramfs.cpio in the cache, in the kernel's folder.  It is not compressed: to
# unpack it would take the emulated machine longer than to read it.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

# Others can be loaded in the VM, from the kernel's own tree.
readonly MODULES=(virtio_pci 9p 9pnet_virtio virtio_console overlay zram)

kernel_row "$1"
busybox=/bin/busybox
# shellcheck disable=SC2154	# kernel_row sets it
! cross || busybox=$(suite_root "$suite")$busybox
kernel=$(kernel_dir "$1")
release=$(kernel_release "$1")
[ ! "$kernel/initramfs.cpio" -nt "${BASH_SOURCE[0]}" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/root/{bin,dev,modules}
cp "$busybox" "$work/root/bin/"

# The files of modules, in the order in which they are loaded; what is built in has none.
modprobe -d "$kernel" -S "$release" -aD "${MODULES[@]}" |
	awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
while read -r file; do
	name=${file##*/}
	case $name in
	*.xz)	xz -dc "$file" >"$work/root/modules/${name%.xz}" ;;
	*.zst)	zstd -dcq "$file" >"$work/root/modules/${name%.zst}" ;;
	*)	cp "$file" "$work/root/modules/" ;;
	esac
	echo "${name%.ko*}.ko"
done >"$work/list"
mv "$work/list" "$work/root/modules/list"

(cd "$work/root" && find . | cpio -o -H newc -R 0:0 --quiet) >"$kernel/initramfs.$$"
mv "$kernel/initramfs.$$" "$kernel/initramfs.cpio"
