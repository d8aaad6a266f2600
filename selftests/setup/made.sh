# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# made.sh - build a kernel from the source of one of Debian's, configured for a VM and
# by a file of vm/
#
# It is built as packages, which kernel.sh unpacks as Debian's.  To be sourced by bash
# after lib.sh and packages.sh.

# Whether the kernel of kernel_row() is built here.
kernel_is_made()
{
	# shellcheck disable=SC2154	# kernel_row sets it
	[[ $headers == *.config ]]
}

# kernel_as_configured NAME: whether it was built with the configuration as it is now;
# true for those that are not built here
kernel_as_configured()
{
	kernel_row "$1"
	! kernel_is_made || cmp -s "$TOP/selftests/vm/$headers" "$(kernel_dir "$1")/$headers"
}

# Runs in the root of its suite, in the folder of the source; $0 is the configuration.
# shellcheck disable=SC2016	# for the other bash
readonly MAKE_KERNEL='
	set -e
	make x86_64_defconfig kvm_guest.config
	scripts/kconfig/merge_config.sh -m .config "$0"
	make olddefconfig
	make -j"$(nproc)" bindeb-pkg KDEB_COMPRESS=none'

# kernel_make NAME: build it; its release into $release
kernel_make()
{
	local tmp
	local -a wanted

	mapfile -t wanted < <(packages_of made)
	packages_install "${wanted[@]}"
	tmp=$(mktemp -d "$CACHE/kernel/tmp.XXXXXX")
	# shellcheck disable=SC2154	# kernel_row sets it
	say "downloading $image"
	package_fetch "$tmp" "$image"
	mkdir "$tmp/source"
	(
		set -o pipefail
		dpkg-deb --fsys-tarfile "$tmp"/*.deb | tar -xO "./usr/src/$image.tar.xz" |
			tar -xJ -C "$tmp/source" --strip-components=1
	) || die "$EXIT_SETUP" "cannot unpack $image into $tmp"
	rm "$tmp"/*.deb
	say "building kernel $1: once, it takes a quarter of an hour of processor time"
	# Without the variables of the make that may have started this script.
	(cd "$tmp/source" && nice "$TOP/selftests/setup/in-root.sh" "$1" env -u MAKEFLAGS \
		bash -c "$MAKE_KERNEL" "$TOP/selftests/vm/$headers") >"$tmp/log" 2>&1 </dev/null ||
		die "$EXIT_SETUP" "kernel $1 does not build; the log is $tmp/log:" \
		    "$(tail -n 20 "$tmp/log")"
	# shellcheck disable=SC2034	# for kernel_place
	release=$(cat "$tmp/source/include/config/kernel.release")
	cp "$TOP/selftests/vm/$headers" "$tmp/$headers"
	rm -rf "$tmp"/linux-libc-dev_*.deb "$tmp/source"
	kernel_place "$tmp"
}
