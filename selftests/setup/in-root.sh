#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# in-root.sh - run a command where things for a kernel are built: in the root of
# its Debian suite, or simply here, where that suite is this machine's own; or here
# with the compiler for another architecture
#
# usage: in-root.sh KERNEL COMMAND...
#
# In the root, this folder and the cache are at their own places, /proc is there
# (objtool wants it), and of /dev only what every program may expect.  All of it
# is mounted for this command alone.  Whoever is not root needs sudo, but the
# command runs as the one who called.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

kernel_row "$1"
shift
root=$(suite_root "$suite")
[ "$root" != / ] || exec "$@"
if cross; then
	# shellcheck disable=SC2154	# kernel_row sets it
	triplet=${arch/arm64/aarch64}-linux-gnu
	exec env ARCH="$arch" CROSS_COMPILE="$triplet-" CC="$triplet-gcc" \
		CFLAGS="--sysroot=$root -O2 -g" PKG_CONFIG_SYSROOT_DIR="$root" \
		PKG_CONFIG_LIBDIR="$root/usr/lib/$triplet/pkgconfig:$root/usr/share/pkgconfig" \
		"$@"
fi
[ -d "$root" ] || die "$EXIT_SETUP" "there is no root of Debian $suite: run the set-up"

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)

# What may tell the tools here something else than the tools there is left out.
environment=("HOME=$HOME" "PAGESTAT_CACHE=$CACHE" LANG=C.UTF-8
	     "PATH=$CCACHED_COMPILERS:/usr/sbin:/usr/bin:/sbin:/bin")
for name in "${!CCACHE_@}" http_proxy https_proxy no_proxy DEBIAN_FRONTEND; do
	[ -z "${!name:-}" ] || environment+=("$name=${!name}")
done

# shellcheck disable=SC2016	# for the other bash
exec "${sudo[@]}" unshare --mount --propagation private bash -c '
	root=$1 top=$2 cache=$3 here=$4 user=$5
	shift 5
	mkdir -p "$root$top" "$root$cache" &&
		mount --bind "$cache" "$root$cache" &&
		mount --bind "$top" "$root$top" &&
		mount -t proc proc "$root/proc" || exit 250
	exec chroot --userspec="$user" "$root" env -i "${@:2:$1}" \
		sh -c '\''cd "$0" 2>/dev/null || cd /; exec "$@"'\'' "$here" "${@:$1+2}"
' in-root "$root" "$TOP" "$CACHE" "$PWD" "$(id -u):$(id -g)" \
	${#environment[@]} "${environment[@]}" "$@"
