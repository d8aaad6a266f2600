# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# kernel.sh - a Debian kernel for the VM: its image and modules unpacked in the
# cache, never installed here; its headers installed, to build modules against
#
# To be sourced by bash after lib.sh and packages.sh.

# Is all of it here?  Then apt need not be asked anything.
kernel_ready()
{
	local release

	release=$(kernel_release "$1") &&
		[ -e "$CACHE/kernel/$release/vmlinuz" ] &&
		[ -e "/lib/modules/$release/build/Makefile" ]
}

# kernel_fetch IMAGE-PACKAGE RELEASE: unpack beside, then rename: what bears the
# final name is complete.
kernel_fetch()
{
	local package=$1 release=$2 tmp

	say "downloading $package"
	tmp=$(mktemp -d "$CACHE/kernel/tmp.XXXXXX")
	package_fetch "$package" "$tmp"
	say "unpacking $package"
	dpkg-deb -x "$tmp"/*.deb "$tmp" ||
		die "$EXIT_SETUP" "cannot unpack $package into $tmp"
	rm -f "$tmp"/*.deb
	depmod -b "$tmp" "$release" ||
		die "$EXIT_SETUP" "depmod failed on $tmp"
	mv "$tmp/boot/vmlinuz-$release" "$tmp/vmlinuz"
	chmod 755 "$tmp"
	mv -T "$tmp" "$CACHE/kernel/$release"
}

# kernel_setup NAME
kernel_setup()
{
	local name=$1 suite image headers image_pkg headers_pkg release

	kernel_ready "$name" && return 0
	kernel_row "$name"
	mkdir -p "$CACHE/kernel"
	rm -rf "$CACHE"/kernel/tmp.*	# of a run that was interrupted

	image_pkg=$(package_pulls "$image" "linux-image-$name.")
	if [ -z "$image_pkg" ]; then
		root_or_die "$headers"
		apt_update
		image_pkg=$(package_pulls "$image" "linux-image-$name.")
	fi
	headers_pkg=$(package_pulls "$headers" "linux-headers-$name.")
	release=${image_pkg#linux-image-}
	if [ -z "$release" ] || [ "$headers_pkg" != "linux-headers-$release" ]; then
		die "$EXIT_SETUP" "apt has no kernel $name with headers on this machine" \
		    "($image: ${image_pkg:-nothing}, $headers: ${headers_pkg:-nothing});" \
		    "it is a package of Debian $suite"
	fi

	[ -e "$CACHE/kernel/$release/vmlinuz" ] || kernel_fetch "$image_pkg" "$release"
	[ -e "/lib/modules/$release/build/Makefile" ] || packages_install "$headers_pkg"
	ln -sfnT "$release" "$CACHE/kernel/$name"
}
