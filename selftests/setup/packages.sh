# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# packages.sh - install Debian packages, and only those that are missing: on this
# machine, or in the root of another suite
#
# To be sourced by bash after lib.sh.

# packages_at KERNEL: from now on, the functions below are for the root of that kernel's
# suite; with an empty argument, for this machine.  In a root of another architecture,
# packages can be downloaded but not installed.
packages_at()
{
	dpkg_admin=/var/lib/dpkg
	in_root=()
	apt_updated=no
	[ -n "$1" ] || return 0
	kernel_row "$1"
	# shellcheck disable=SC2154	# kernel_row sets it
	[ "$(suite_root "$suite")" != / ] || return 0
	if cross; then
		in_root=(env APT_CONFIG="$(suite_root "$suite")/etc/apt/from-outside.conf")
		return 0
	fi
	dpkg_admin=$(suite_root "$suite")/var/lib/dpkg
	in_root=("$TOP/selftests/setup/in-root.sh" "$1")
}
packages_at ""

# packages_of PART...: print the packages that these parts need, from the list "packages"
packages_of()
{
	awk -v parts=" $* " '!/^#/ && index(parts, " " $1 " ") {
		for (i = 2; i <= NF; i++)
			print $i
	}' "$TOP/selftests/setup/packages" | sort -u
}

# packages_missing PACKAGE...: print those that are not installed
packages_missing()
{
	local have

	[ $# -gt 0 ] || return 0
	# shellcheck disable=SC2016	# the dollars are dpkg-query's
	have=$(dpkg-query --admindir="$dpkg_admin" -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
	       sed -n 's/^installed //p')
	printf '%s\n' "$@" | grep -vxF -e "$have"
}

# root_or_die [PACKAGE...]: set $as_root to what runs a command as root; if there is
# nothing, print what to run as root to get the packages, and exit
as_root=()
root_or_die()
{
	command -v apt-get >/dev/null ||
		die "$EXIT_SETUP" "there is no apt-get here; install by hand: $*"
	[ "$(id -u)" -ne 0 ] || return 0
	as_root=(sudo)
	# With a terminal, sudo can ask for the password.
	if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
		return 0
	fi
	die "$EXIT_SETUP" "apt-get is needed, and this is neither root nor has sudo." \
	    "Run this as root, then try again:" \
	    "  apt-get update${*:+ && apt-get install --no-install-recommends $*}"
}

# Run apt-get without output; if it fails, the end of its output is in $apt_error.
# Waits for another apt-get to end.
apt_error=
apt_get()
{
	local log status

	log=$(mktemp)
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${in_root[@]}" \
		apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qy "$@" \
		>"$log" 2>&1 </dev/null
	status=$?
	apt_error=$(tail -n 20 "$log")
	rm -f "$log"
	return $status
}

# Called when something failed that needs package lists: they may be missing or too old.
# Fails if they have been fetched already.
apt_update()
{
	[ $apt_updated = no ] || return 1
	apt_updated=yes
	say "fetching the package lists"
	apt_get update || die "$EXIT_SETUP" "apt-get update failed:" "$apt_error"
}

# Without recommended packages: dkms recommends headers, some of which depend on an
# image.
packages_install()
{
	local -a wanted

	mapfile -t wanted < <(packages_missing "$@")
	[ ${#wanted[@]} -gt 0 ] || return 0
	root_or_die "${wanted[@]}"
	say "installing ${wanted[*]}"
	apt_get install --no-install-recommends "${wanted[@]}" && return 0
	apt_update && apt_get install --no-install-recommends "${wanted[@]}" && return 0
	die "$EXIT_SETUP" "cannot install ${wanted[*]}:" "$apt_error"
}

# package_fetch FOLDER PACKAGE...: download packages without installing them.  As root,
# not as apt's own user (_apt), which cannot write to the folder.
package_fetch()
{
	local folder=$1 error
	local -a get=(-o APT::Sandbox::User=root -o Acquire::Retries=3 -q download "${@:2}")

	error=$(cd "$folder" && "${in_root[@]}" apt-get "${get[@]}" 2>&1) && return 0
	root_or_die
	apt_update && error=$(cd "$folder" && "${in_root[@]}" apt-get "${get[@]}" 2>&1) && return 0
	die "$EXIT_SETUP" "cannot download ${*:2}:" "$error"
}

# The files of the packages that are only unpacked.
UNPACKED=$CACHE/unpacked

packages_unpacked()
{
	local package

	for package in $(packages_of unpacked); do
		[ -e "$UNPACKED/.$package" ] || return 1
	done
	[ "$(readlink "$TOP/build/unpacked")" = "$UNPACKED" ]
}

packages_unpack()
{
	local package folder

	for package in $(packages_of unpacked); do
		[ ! -e "$UNPACKED/.$package" ] || continue
		say "unpacking $package"
		mkdir -p "$UNPACKED"
		folder=$(mktemp -d) || exit "$EXIT_SETUP"
		package_fetch "$folder" "$package"
		dpkg-deb -x "$folder"/*.deb "$UNPACKED" ||
			die "$EXIT_SETUP" "cannot unpack $package"
		rm -rf "$folder"
		touch "$UNPACKED/.$package"
	done
	# So that the tests find them, wherever the cache is.
	mkdir -p "$TOP/build"
	ln -sfnT "$UNPACKED" "$TOP/build/unpacked"
}

# package_pulls META PREFIX: print the first dependency of a meta-package whose name
# begins with PREFIX
package_pulls()
{
	LC_ALL=C "${in_root[@]}" apt-cache show --no-all-versions "$1" 2>/dev/null |
		sed -n 's/^Depends://p' | tr -s ', ' '\n' |
		awk -v prefix="$2" 'index($0, prefix) == 1 { print; exit }'
}

# package_newest PATTERN: of the packages with such names, print the one with the highest
# version in its name; a * stands for anything without a dash
package_newest()
{
	"${in_root[@]}" apt-cache pkgnames "${1%%\**}" |
		grep -xE "$(sed 's/[.+]/\\&/g; s/\*/[^-]*/g' <<<"$1")" | sort -V | tail -n 1
}
