#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# in-root.sh - run a command where programs for a kernel are built: in the root of its
# Debian suite; on this machine itself if that is its suite; or on this machine with a
# cross compiler if the kernel is of another architecture
#
# usage: in-root.sh KERNEL COMMAND...
#
# In the root, the project and the cache have their own paths, and /proc is mounted,
# which objtool needs.  The mounts are for this command only.  A user other than root
# needs sudo, but the command runs as that user.

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

# Other variables are not passed on: they may be wrong for the programs in the root.
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
