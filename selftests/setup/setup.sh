#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# setup.sh - install, download or build what a make target needs
#
# usage: setup.sh PART...
#
#   PART	a part of the list "packages" in this folder (tool, module, vm,
#		...), "unpacked" for packages that are not installed, "source" for
#		the files of the kernel's source, kernel=NAME for a kernel of vm/kernels,
#		or tested=NAME for what the tests of the tool need in its VM, after
#		kernel=NAME
#
# If all of it is there, apt is not run.  Status: 0, or EXIT_SETUP with the reason on
# stderr.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/packages.sh"
. "${BASH_SOURCE[0]%/*}/root.sh"
. "${BASH_SOURCE[0]%/*}/made.sh"
. "${BASH_SOURCE[0]%/*}/kernel.sh"
. "${BASH_SOURCE[0]%/*}/source.sh"

parts=()
kernels=()
tested=()
source=no
unpacked=no
for arg; do
	case $arg in
	kernel=*)
		kernels+=("${arg#kernel=}")
		parts+=(kernel)
		kernel_row "${arg#kernel=}"
		[ "$(suite_root "$suite")" = / ] || parts+=(root)
		! cross || parts+=(cross "vm-$arch")
		;;
	tested=*)	tested+=("${arg#tested=}") ;;
	unpacked)	unpacked=yes ;;
	source)		source=yes; parts+=(source) ;;
	vm)		parts+=(vm "vm-$HOST_ARCH") ;;
	*)		parts+=("$arg") ;;
	esac
done
mapfile -t packages < <(packages_of "${parts[@]}")
mapfile -t tested_packages < <(packages_of tested)

ready()
{
	local name

	packages_at ""
	[ -z "$(packages_missing "${packages[@]}")" ] || return 1
	for name in "${kernels[@]}"; do
		kernel_ready "$name" || return 1
	done
	for name in "${tested[@]}"; do
		packages_at "$name"
		[ -z "$(packages_missing "${tested_packages[@]}")" ] || return 1
	done
	[ $unpacked = no ] || packages_unpacked || return 1
	[ $source = no ] || source_ready
}

ready && exit 0

# One set-up at a time: two could download the same kernel.
mkdir -p "$CACHE" || die "$EXIT_SETUP" "cannot make the cache folder $CACHE"
exec 9>"$CACHE/lock"
if ! flock -n 9; then
	say "waiting for another set-up to end"
	flock 9
fi

packages_at ""
packages_install "${packages[@]}"
for name in "${kernels[@]}"; do
	kernel_setup "$name"
done
for name in "${tested[@]}"; do
	packages_at "$name"
	packages_install "${tested_packages[@]}"
done
packages_at ""
[ $unpacked = no ] || packages_unpack
[ $source = no ] || source_setup
