# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# made.sh - build a kernel from the source of one of Debian's, configured for a VM and
# by files of vm/config
#
# It is built as packages, which kernel.sh unpacks as Debian's.  A file of vm/config may
# say, in a line that begins with "# make: " or "# packages: ", which variables of make and
# which packages it takes.  To be sourced by bash after lib.sh and packages.sh.

# Whether the kernel of kernel_row() is built here.
kernel_is_made()
{
	# shellcheck disable=SC2154	# kernel_row sets it
	[[ $headers == *.config ]]
}

# kernel_options NAME: print what it is configured to have, beyond the architecture's own
# configuration; the release of "6.1-debug" ends with "-debug"
kernel_options()
{
	local file

	for file in ${headers//,/ }; do
		cat "$TOP/selftests/vm/config/$file" || return
	done
	# shellcheck disable=SC2154	# kernel_row sets it
	echo "CONFIG_LOCALVERSION=\"-${1#*-}\"" | sed "s/-$arch\"/\"/"
}

# settings: of what kernel_options() prints, what makes another kernel
settings()
{
	grep -E '^(# )?CONFIG_|^# make: ' | sort
}

# kernel_as_configured NAME: whether it was built with the configuration as it is now;
# true for those that are not built here
kernel_as_configured()
{
	kernel_row "$1"
	! kernel_is_made || cmp -s <(kernel_options "$1" | settings) \
		<(settings 2>/dev/null <"$(kernel_dir "$1")/options")
}

# Runs in the root of its suite, in the folder of the source: $1 is the architecture's
# configuration, $2 a file with the options, $3 one with those that it has to have, and the
# rest are variables of make.  Options for which it lacks something would be left out.
# shellcheck disable=SC2016	# for the other bash
readonly MAKE_KERNEL='
	set -e
	base=$1 options=$2 needed=$3
	shift 3
	make "$@" "$base" kvm_guest.config
	scripts/kconfig/merge_config.sh -m .config "$options"
	make "$@" olddefconfig
	[ "$base" = x86_64_defconfig ] || make "$@" mod2noconfig
	while IFS= read -r line; do
		case $line in
		"# CONFIG_"*)	line=${line#\# }
				! grep -q "^${line%% *}=[ym]" .config ;;
		CONFIG_*)	grep -qxF "$line" .config ;;
		esac || { echo "this source cannot be configured so: $line"; exit 1; }
	done <"$needed"
	make "$@" -j"$(nproc)" bindeb-pkg KDEB_COMPRESS=none'

# kernel_make NAME: build it, in an hour at most (MADE_SECONDS); its release into $release
kernel_make()
{
	local tmp base=defconfig file log
	local -a wanted variables

	# shellcheck disable=SC2154	# kernel_row sets it
	[ "$arch" != x86_64 ] || base=x86_64_defconfig
	mapfile -t wanted < <(kernel_needs)
	read -ra variables <<<"$(kernel_says make | paste -sd' ')"
	! cross || packages_at ""
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
	kernel_options "$1" >"$tmp/options"
	# What all such kernels have is for several versions, some of which lack some of it.
	for file in ${headers//,/ }; do
		case $file in
		small.config | tiny.config)	;;
		*)				cat "$TOP/selftests/vm/config/$file" ;;
		esac
	done >"$tmp/needed"
	say "building kernel $1: once, it takes a quarter of an hour of processor time"
	# Without the variables of the make that may have started this script.
	log=$CACHE/kernel/$1.log
	(cd "$tmp/source" && timeout "${MADE_SECONDS:-3600}" \
		nice "$TOP/selftests/setup/in-root.sh" "$1" env -u MAKEFLAGS \
		bash -c "$MAKE_KERNEL" make "$base" "$tmp/options" "$tmp/needed" \
		"${variables[@]}") >"$log" 2>&1 </dev/null ||
		die "$EXIT_SETUP" "kernel $1 does not build; the log is $log:" \
		    "$(tail -n 20 "$log")"
	# shellcheck disable=SC2034	# for kernel_place
	release=$(cat "$tmp/source/include/config/kernel.release")
	rm -rf "$tmp"/linux-libc-dev_*.deb "$tmp/source" "$tmp/needed"
	kernel_place "$tmp"
}
