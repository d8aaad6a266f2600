#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# deb-test.sh - the Debian packages install, upgrade, go and leave nothing, and DKMS
# builds the module of them
#
# usage: deb-test.sh KERNEL
#
# KERNEL is of a suite that has a root of its own (mmdebstrap made it).  What is done
# there is done in a tmpfs over it, and gone in the end.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

readonly SKIP=4
[ "$(id -u)" -eq 0 ] || { echo "packages want root to be installed"; exit $SKIP; }
kernel_row "$1"
release=$(kernel_release "$1") || die "$EXIT_SETUP" "kernel $1 is not set up"
# shellcheck disable=SC2154	# kernel_row sets it
root=$(suite_root "$suite")
[ "$root" != / ] || { echo "kernel $1 has no root of its own"; exit $SKIP; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$TOP/selftests/package/deb.sh" "" "$work/old" >/dev/null &&
	"$TOP/selftests/package/deb.sh" 99.0 "$work/new" >/dev/null || exit
version=$(dpkg-deb -f "$work"/old/pagestat_*.deb Version)

# shellcheck disable=SC2016	# for the other bash
unshare --mount --propagation private bash -c '
	root=$1 work=$2 build=$3 release=$4 cache=$5
	mkdir "$work/over" && mount -t tmpfs tmpfs "$work/over" &&
		mkdir "$work"/over/{upper,work,root} &&
		mount -t overlay overlay "$work/over/root" -o \
			"lowerdir=$root,upperdir=$work/over/upper,workdir=$work/over/work" &&
		mount -t proc proc "$work/over/root/proc" &&
		mkdir -p "$work/over/root$cache" "$work/over/root/packages" &&
		mount --bind "$cache" "$work/over/root$cache" &&
		mount --bind "$work" "$work/over/root/packages" &&
		mkdir -p "$work/over/root/lib/modules/$release" &&
		ln -s "$build" "$work/over/root/lib/modules/$release/build" || exit
	exec chroot "$work/over/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive bash -s "$release" "$6"
' deb-test "$root" "$work" "$(kernel_build "$1")" "$release" "$CACHE" "$version" <<'END'
release=$1 version=$2

fail()
{
	echo "$*"
	cat /var/lib/dkms/pagestat/*/build/make.log 2>/dev/null
	exit 1
}

# All files, but those that say what was done to packages.
files()
{
	find / -xdev \( -path /proc -o -path /packages -o -path /tmp -o -path "/var/lib/dpkg" \
		-o -path /var/log -o -path /var/cache \) -prune -o -print | sort
}

# has VERSION: the tool and the module of that version are there, and no other
has()
{
	[[ $(pagestat --version) == *"$1"* ]] || fail "the tool is not of version $1"
	[ "$(ls -d /usr/src/pagestat-*)" = "/usr/src/pagestat-$1" ] ||
		fail "sources: $(ls -d /usr/src/pagestat-*), not those of $1"
	dkms build "pagestat/$1" -k "$release" --no-depmod >/dev/null 2>&1
	dkms status pagestat | grep -q "^pagestat/$1, $release.*\(built\|installed\)" ||
		fail "dkms does not build it for $release: $(dkms status pagestat)"
	! dkms status pagestat | grep -v "^pagestat/$1," || fail "dkms still has another"
}

files >/tmp/before
dpkg -i /packages/old/pagestat_*.deb /packages/old/pagestat-dkms_*.deb || fail "install failed"
has "$version"
dpkg -i /packages/new/pagestat_*.deb /packages/new/pagestat-dkms_*.deb || fail "upgrade failed"
has 99.0
dpkg -P pagestat pagestat-dkms || fail "purge failed"
files >/tmp/after
diff /tmp/before /tmp/after || fail "purging them leaves something, or takes too much"
END
