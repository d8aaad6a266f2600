#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# dkms.sh - what "make install" hands to DKMS is complete: DKMS builds the module
# of it for a kernel
#
# usage: dkms.sh KERNEL
#
# Runs where things for that kernel are built (in-root.sh).  Everything happens in a
# temporary folder; the DKMS of this machine, or of the root, knows nothing of it.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

readonly SKIP=4
[ "$(id -u)" -eq 0 ] || { echo "dkms wants to be root"; exit $SKIP; }

release=$(kernel_release "$1") || die "$EXIT_SETUP" "kernel $1 is not set up"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/dkms" "$tmp/modules"

fail()
{
	echo "$*"
	cat "$tmp"/dkms/pagestat/*/build/make.log 2>/dev/null
	exit 1
}

make -C "$TOP" KERNEL= DESTDIR="$tmp" install-module || fail "install-module failed"

dkms=(dkms --dkmstree "$tmp/dkms" --sourcetree "$tmp/usr/src" --installtree "$tmp/modules")
source=$(echo "$tmp"/usr/src/pagestat-*)
version=${source##*-}
module=pagestat/$version
"${dkms[@]}" add "$module" || fail "dkms add failed"
# Left to itself, dkms of Debian 11 would prepare the headers that it is shown, and
# clean them: they are ready, and spoilt by that.
"${dkms[@]}" build "$module" -k "$release" --kernelsourcedir "$(kernel_build "$1")" \
	--no-prepare-kernel --no-clean-kernel || fail "dkms build failed"

file=$(find "$tmp/dkms" -name 'pagestat.ko*' -path "*$release*" | head -n 1)
[ -n "$file" ] || fail "dkms built no pagestat.ko"
[ "$(modinfo -F version "$file")" = "$version" ] || fail "dkms built another version"
case $(modinfo -F vermagic "$file") in
"$release "*)	;;
*)		fail "dkms built for another kernel" ;;
esac
