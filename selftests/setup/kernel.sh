# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# kernel.sh - unpack a Debian kernel in the cache: image, modules and headers
#
# Nothing is installed: this machine might boot an installed kernel, and some headers
# depend on their image.
#
# To be sourced by bash after lib.sh, packages.sh, root.sh and made.sh.

# kernel_wants NAME: print the packages that are needed to build for it; with the list
# of the root, as that may have been made before the list was changed
kernel_wants()
{
	cat "$(kernel_dir "$1")/needs"
	# shellcheck disable=SC2154	# kernel_row sets it
	cross || [ "$(suite_root "$suite")" = / ] || packages_of inside
}

# kernel_here NAME: whether it is in the cache, with the configuration that it has to have
kernel_here()
{
	[ -e "$(kernel_build "$1")/Makefile" ] && kernel_as_configured "$1"
}

# kernel_asked NAME: whether apt was asked within a day which release is the newest; true
# for kernels whose name has a version
kernel_asked()
{
	kernel_row "$1"
	# shellcheck disable=SC2154	# kernel_row sets it
	[[ $image != linux-image-\** ]] || [ -n "$(find "$CACHE/kernel/$1.asked" -mtime -1 2>/dev/null)" ]
}

# kernel_ask NAME: ask apt, and whether what is in the cache is the newest; where apt
# cannot be asked, it is
kernel_ask()
{
	local package

	say "looking for a newer kernel in Debian $suite"
	(root_or_die && apt_get update) && package=$(kernel_package "$image")
	if [ -z "${package:-}" ]; then
		say "apt cannot be asked: $(kernel_release "$1") may not be the newest"
		return 0
	fi
	# shellcheck disable=SC2034	# for apt_update
	apt_updated=yes
	[ "$package" = "linux-image-$(kernel_release "$1")" ] || return
	touch "$CACHE/kernel/$1.asked"
}

# kernel_ready NAME: whether nothing has to be installed or downloaded for it
kernel_ready()
{
	local -a wanted

	packages_at "$1"
	root_ready "$suite" || return 1
	kernel_here "$1" && kernel_asked "$1" || return 1
	mapfile -t wanted < <(kernel_wants "$1")
	[ -z "$(packages_missing "${wanted[@]}")" ]
}

# kernel_package PACKAGE PREFIX: print the package with the current release in its name;
# PACKAGE is as in vm/kernels
kernel_package()
{
	case $1 in
	*\**)	package_newest "$1" ;;
	*)	package_pulls "$1" "$2" ;;
	esac
}

# kernel_resolve NAME: the current release into $release, its packages into $packages,
# and the package of the programs to build with into $kbuild
kernel_resolve()
{
	local name=$1 version=${1%%-*} suite arch image headers image_package headers_package part

	kernel_row "$name"
	image_package=$(kernel_package "$image" "linux-image-$version.")
	if [ -z "$image_package" ]; then
		root_or_die
		apt_update
		image_package=$(kernel_package "$image" "linux-image-$version.")
	fi
	headers_package=$(kernel_package "$headers" "linux-headers-$version.")
	release=${image_package#linux-image-}
	if [ -z "$release" ] || [ "$headers_package" != "linux-headers-$release" ]; then
		die "$EXIT_SETUP" "apt has no kernel $name with headers on this machine" \
		    "($image: ${image_package:-nothing}, $headers: ${headers_package:-nothing});" \
		    "it is a package of Debian $suite"
	fi
	packages=(
		"$image_package" "$headers_package"
		"$(package_pulls "$headers_package" linux-headers-)"
	)
	kbuild=$(package_pulls "$headers_package" linux-kbuild-)
	# The image and its modules may be in packages of their own.
	for part in base binary modules; do
		mapfile -tO ${#packages[@]} packages < <(
			package_pulls "$image_package" "linux-$part-$release")
	done
}

# kernel_relocate FROM TO: the headers have their path in two files; change it to TO, to
# which FROM will be renamed
kernel_relocate()
{
	local from=$1 to=$2

	# As of Debian 13, packages have no files in /lib.
	[ -e "$from/lib/modules" ] || ln -sfnT usr/lib "$from/lib"
	sed -i -E "s#^(include |KBUILD_OUTPUT=)/usr/src/#\1$to/usr/src/#" "$from"/usr/src/*/Makefile &&
		ln -sfnT "$to/usr/src/linux-headers-$release" \
			"$from/lib/modules/$release/build" &&
		rm -f "$from/lib/modules/$release/source"
}

# kernel_image FOLDER: move the image to FOLDER/vmlinuz, from where the package has it
kernel_image()
{
	mv "$1/boot/vmlinuz-$release" "$1/vmlinuz" 2>/dev/null ||
		mv "$1/lib/modules/$release/vmlinuz" "$1/vmlinuz"
}

# kernel_needs FOLDER: print the packages that are needed to build a module: the compiler,
# and the libraries of the programs in linux-kbuild
kernel_needs()
{
	local target=

	if kernel_is_made; then
		packages_of made
		kernel_says packages | tr ' ' '\n'
		! cross || packages_of cross
		return
	fi
	! cross || target=-${arch/arm64/aarch64}-linux-gnu
	{
		sed -n "s/^CC = .*\\(gcc-[0-9]*\\).*/\\1$target/p" \
			"$1"/usr/src/*/.kernelvariables
		dpkg-deb -f "$1"/linux-kbuild-*.deb Depends | tr ',' '\n' |
			awk '$1 !~ /^linux-/ { print $1 }'
	} | sort -u
}

# kernel_place FOLDER: unpack the packages in it there, then rename it, so that a folder
# with the final name is complete
kernel_place()
{
	local tmp=$1 to=$CACHE/kernel/$release file

	say "unpacking kernel $release"
	for file in "$tmp"/*.deb; do
		dpkg-deb -x "$file" "$tmp" || die "$EXIT_SETUP" "cannot unpack $file"
	done
	if ! kernel_relocate "$tmp" "$to" || ! kernel_needs "$tmp" >"$tmp/needs" ||
	   ! kernel_image "$tmp" ||
	   ! depmod -b "$tmp" "$release"; then
		die "$EXIT_SETUP" "the packages of $release are not laid out as expected: $tmp"
	fi
	rm -f "$tmp"/*.deb
	chmod 755 "$tmp"
	rm -rf "$to"
	mv -T "$tmp" "$to"
}

# kernel_fetch NAME: download its packages and unpack them; its release into $release
kernel_fetch()
{
	local tmp kbuild
	local -a packages

	kernel_resolve "$1"
	# Another name may have the same.
	[ ! -d "$CACHE/kernel/$release" ] || return 0
	tmp=$(mktemp -d "$CACHE/kernel/tmp.XXXXXX")
	say "downloading ${packages[*]} $kbuild"
	package_fetch "$tmp" "${packages[@]}"
	# Its programs run on this machine, also for another architecture.
	! cross || packages_at ""
	package_fetch "$tmp" "$kbuild"
	kernel_place "$tmp"
}

# kernel_setup NAME
kernel_setup()
{
	local name=$1 release
	local -a wanted

	packages_at ""
	kernel_row "$name"
	root_setup
	kernel_ready "$name" && return 0
	mkdir -p "$CACHE/kernel"
	rm -rf "$CACHE"/kernel/tmp.*	# of a run that was interrupted
	packages_at "$name"
	if ! kernel_here "$name" || { ! kernel_asked "$name" && ! kernel_ask "$name"; }; then
		if kernel_is_made; then
			kernel_make "$name"
		else
			kernel_fetch "$name"
		fi
		ln -sfnT "$release" "$CACHE/kernel/$name"
		touch "$CACHE/kernel/$name.asked"
	fi
	mapfile -t wanted < <(kernel_wants "$name")
	! cross || packages_at ""
	packages_install "${wanted[@]}"
}
