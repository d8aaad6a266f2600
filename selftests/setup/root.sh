# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# root.sh - make the root of another Debian suite, with a compiler, headers and programs,
# for a kernel that this machine's compiler cannot build for; or of another architecture,
# with the libraries to build with and the programs to run in the VM
#
# To be sourced by bash after lib.sh and packages.sh.

# root_ready SUITE: whether it is there; in a root of another architecture, no package can
# be installed later, so it has to have those of the list
root_ready()
{
	local root

	root=$(suite_root "$1")
	[ -d "$root" ] || return 1
	! cross || cmp -s "$root/etc/apt/programs" <(packages_of programs)
}

# root_source SUITE: print its line for sources.list, with the mirror of this machine's
# apt
root_source()
{
	local here=$HOST_SUITE from uri suite=${1%-arm64}

	case $suite in
	*-security)	from=$here-security ;;
	*)		from=$here ;;
	esac
	# shellcheck disable=SC2016	# the dollars are apt-get's
	uri=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Identifier: Packages' |
	      awk -v suite="$from" '$1 == suite { print $2; exit }')
	[ -n "$uri" ] || return 1
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
}

# root_preferences SUITE: print apt's preferences: only kernels are taken from backports
root_preferences()
{
	case $1 in
	*-backports)	;;
	*)		return ;;
	esac
	cat <<-END
		Package: linux-image-* linux-headers-* linux-kbuild-*
		Pin: release n=$1
		Pin-Priority: 900
	END
}

# root_make FOLDER: run mmdebstrap, with the sources on its stdin
#
# Packages of another architecture cannot be configured here, as their programs do not
# run: the little that the tests need of that is done here.
root_make()
{
	# shellcheck disable=SC2016	# for mmdebstrap's shell
	local before='cd "$1"; for dir in bin sbin lib; do
			mkdir -p usr/$dir; ln -s usr/$dir $dir
		done'
	# shellcheck disable=SC2016
	local after='cd "$1" && cp usr/share/base-passwd/passwd.master etc/passwd &&
		cp usr/share/base-passwd/group.master etc/group &&
		cp usr/share/libc-bin/nsswitch.conf etc/ &&
		ln -sf dash bin/sh && ln -sf mawk bin/awk &&'

	# shellcheck disable=SC2154	# root_or_die sets as_root, kernel_row arch
	if cross; then
		packages_of programs >"$1/programs"
		cat >"$1/from-outside.conf" <<-END
			Dir "$(suite_root "$suite")";
			APT::Architecture "$arch";
			APT::Architectures { "$arch"; };
		END
		"${as_root[@]}" mmdebstrap --mode=root --variant=extract \
			--architectures="$arch" --skip=cleanup/apt/lists \
			--include="$(paste -sd, "$1/programs")" \
			--setup-hook="$before" \
			--extract-hook="$after cp '$1/programs' '$1/from-outside.conf' etc/apt/" \
			"$base" "$1/root" -
	else
		root_preferences "$suite" >"$1/preferences"
		"${as_root[@]}" mmdebstrap --mode=root --variant=apt \
			--skip=cleanup/apt/lists \
			--include="$(packages_of inside | paste -sd,)" \
			--setup-hook="cp '$1/preferences' \"\$1/etc/apt/preferences\"" \
			"$base" "$1/root" -
	fi
}

# root_setup: make the root for the kernel of kernel_row; it is renamed at the end, so
# that a root with the final name is complete
root_setup()
{
	local base=${suite%%-*} name root tmp log
	local -a sources=()

	root_ready "$suite" && return 0
	root_or_die
	root=$(suite_root "$suite")
	# shellcheck disable=SC2154	# root_or_die sets it
	# That of an older list, and those of interrupted runs.
	"${as_root[@]}" rm -rf "$root" "$CACHE"/root/tmp.*
	mkdir -p "$CACHE/root"
	for name in "$base" "$base-security" "$suite"; do
		mapfile -tO ${#sources[@]} sources < <(root_source "$name")
	done
	mapfile -t sources < <(printf '%s\n' "${sources[@]}" | awk '!seen[$0]++')
	[ ${#sources[@]} -gt 0 ] ||
		die "$EXIT_SETUP" "apt of this machine has no source for Debian $HOST_SUITE"

	say "making a root of Debian $suite"
	tmp=$(mktemp -d "$CACHE/root/tmp.XXXXXX")
	if ! log=$(root_make "$tmp" 2>&1 < <(printf '%s\n' "${sources[@]}")); then
		die "$EXIT_SETUP" "mmdebstrap cannot make a root of Debian $suite:" \
		    "$(tail -n 20 <<<"$log")"
	fi
	"${as_root[@]}" mv -T "$tmp/root" "$root"
	rm -rf "$tmp"
}
