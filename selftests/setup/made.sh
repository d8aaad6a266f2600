# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# made.sh - a kernel that is built here: the source of one of Debian's, configured
# as a small VM's, and what a file of vm/ says beyond that
#
# It is made into packages, so that kernel.sh has it as if it were Debian's.  To be
# sourced by bash after lib.sh and packages.sh.

# Whether the kernel of kernel_row() is one.
kernel_is_made()
{
	# shellcheck disable=SC2154	# kernel_row sets it
	[[ $headers == *.config ]]
}

# kernel_as_configured NAME: built with the configuration as it is now, or not built
kernel_as_configured()
{
	kernel_row "$1"
	! kernel_is_made || cmp -s "$TOP/selftests/vm/$headers" "$(kernel_dir "$1")/$headers"
}

# What runs where it is built, in the folder of the source.
# shellcheck disable=SC2016	# for the other bash
readonly MAKE_KERNEL='
	set -e
	make x86_64_defconfig kvm_guest.config
	scripts/kconfig/merge_config.sh -m .config "$0"
	make olddefconfig
	make -j"$(nproc)" bindeb-pkg KDEB_COMPRESS=none'

# kernel_make NAME: build $release
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
	# The variables of another make are not for the kernel's.
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
