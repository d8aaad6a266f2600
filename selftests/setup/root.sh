# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# root.sh - the root of another Debian suite: its own compiler, headers and
# programs, for a kernel that this machine's cannot build for
#
# To be sourced by bash after lib.sh and packages.sh.

root_ready()
{
	[ -d "$(suite_root "$1")" ]
}

# root_source SUITE: the line of sources.list for it.  Only this machine's apt
# knows where it has its packages from.
root_source()
{
	local here=$HOST_SUITE from uri

	case $1 in
	*-security)	from=$here-security ;;
	*)		from=$here ;;
	esac
	# shellcheck disable=SC2016	# the dollars are apt-get's
	uri=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Identifier: Packages' |
	      awk -v suite="$from" '$1 == suite { print $2; exit }')
	[ -n "$uri" ] || return 1
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $1 main"
}

# Of the backports, the kernel alone is wanted.
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

# root_setup SUITE: make it beside, then rename, so that what bears the final name
# is complete.
root_setup()
{
	local suite=$1 base=${1%%-*} name root tmp log
	local -a sources=()

	root_ready "$suite" && return 0
	root_or_die
	root=$(suite_root "$suite")
	# shellcheck disable=SC2154	# root_or_die sets it
	"${as_root[@]}" rm -rf "$CACHE"/root/tmp.*	# of a run that was interrupted
	mkdir -p "$CACHE/root"
	for name in "$base" "$base-security" "$suite"; do
		mapfile -tO ${#sources[@]} sources < <(root_source "$name")
	done
	mapfile -t sources < <(printf '%s\n' "${sources[@]}" | awk '!seen[$0]++')
	[ ${#sources[@]} -gt 0 ] ||
		die "$EXIT_SETUP" "apt of this machine has no source for Debian $HOST_SUITE"

	say "making a root of Debian $suite"
	tmp=$(mktemp -d "$CACHE/root/tmp.XXXXXX")
	root_preferences "$suite" >"$tmp/preferences"
	if ! log=$("${as_root[@]}" mmdebstrap --mode=root --variant=apt \
			--skip=cleanup/apt/lists \
			--include="$(packages_of inside | paste -sd,)" \
			--setup-hook="cp '$tmp/preferences' \"\$1/etc/apt/preferences\"" \
			"$base" "$tmp/root" - 2>&1 \
			< <(printf '%s\n' "${sources[@]}")); then
		die "$EXIT_SETUP" "mmdebstrap cannot make a root of Debian $suite:" \
		    "$(tail -n 20 <<<"$log")"
	fi
	"${as_root[@]}" mv -T "$tmp/root" "$root"
	rm -rf "$tmp"
}
