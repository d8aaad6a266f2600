#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# overlay.sh - run a command as root in an overlay of a machine that has a kernel and its
# headers; all that it changes is discarded
#
# usage: overlay.sh KERNEL COMMAND...
#
# The overlay is a tmpfs over the root of the kernel's suite, or over this machine's root
# if that is the same suite.  The project is there at its own path, read-only; /tmp is
# empty; ccache's cache is shared.  RELEASE in the environment is the kernel's.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

kernel_row "$1"
release=$(kernel_release "$1") || die "$EXIT_SETUP" "kernel $1 is not set up"
shift
# shellcheck disable=SC2154	# kernel_row sets it
root=$(suite_root "$suite")
over=$(mktemp -d)
trap 'rmdir "$over"' EXIT

# shellcheck disable=SC2016	# for the other bash
unshare --mount --propagation private bash -c '
	root=$1 over=$2 top=$3 cache=$4 release=$5 path=$6
	shift 6
	there=$over/root
	mount -t tmpfs tmpfs "$over" &&
		mkdir "$there" "$over"/{upper,work,kernels,kernels-work} &&
		mount -t overlay overlay "$there" \
			-o "lowerdir=$root,upperdir=$over/upper,workdir=$over/work" &&
		mount -t proc proc "$there/proc" &&
		mount -t tmpfs tmpfs "$there/tmp" &&
		mount -t tmpfs tmpfs "$there/dev" &&
		ln -s /proc/self/fd "$there/dev/fd" || exit 250
	for node in null zero full random urandom; do
		touch "$there/dev/$node" && mount --bind "/dev/$node" "$there/dev/$node" || exit 250
	done
	mkdir -p "$there$top" "$there$cache"/{kernel,ccache} "$cache/ccache" \
		"$there/lib/modules" &&
		mount -t overlay overlay "$there$cache/kernel" \
			-o "lowerdir=$cache/kernel,upperdir=$over/kernels,workdir=$over/kernels-work" &&
		mount --bind "$cache/ccache" "$there$cache/ccache" &&
		mount --bind "$top" "$there$top" &&
		mount -o remount,bind,ro "$there$top" &&
		rm -rf "$there/lib/modules/$release" &&
		ln -s "$cache/kernel/$release/lib/modules/$release" \
			"$there/lib/modules/$release" || exit 250
	exec chroot "$there" env -i "PATH=$path:/usr/sbin:/usr/bin:/sbin:/bin" \
		"HOME=$HOME" "PAGESTAT_CACHE=$cache" "CCACHE_DIR=$CCACHE_DIR" \
		LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "RELEASE=$release" "$@"
' overlay "$root" "$over" "$TOP" "$CACHE" "$release" "$CCACHED_COMPILERS" "$@"
