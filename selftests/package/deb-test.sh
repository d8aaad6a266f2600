#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# deb-test.sh - test that the Debian packages can be installed, upgraded and purged, leave
# nothing behind, and that DKMS builds their module
#
# usage: deb-test.sh KERNEL
#
# Runs in an overlay of the machine, which is removed afterwards (overlay.sh).  The
# packages are of this machine's suite, so KERNEL has to be of that or a later one.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

readonly SKIP=4
[ "$(id -u)" -eq 0 ] || { echo "to install packages takes root"; exit $SKIP; }

work=$TOP/build/deb-test
rm -rf "$work"
mkdir -p "$work"
"$TOP/selftests/package/deb.sh" "" "$work/old" >/dev/null &&
	"$TOP/selftests/package/deb.sh" 99.0 "$work/new" >/dev/null || exit
version=$(dpkg-deb -f "$work"/old/pagestat_*.deb Version)

exec "$TOP/selftests/package/overlay.sh" "$1" bash -s "$version" "$work" <<'END'
version=$1 packages=$2

fail()
{
	echo "$*"
	cat /var/lib/dkms/pagestat/*/build/make.log 2>/dev/null
	exit 1
}

# All files, except the records of package managers.  The kernel's modules are on a file
# system of their own.
files()
{
	find / -xdev \( -path /proc -o -path /tmp -o -path "/var/lib/dpkg" \
		-o -path /var/log -o -path /var/cache \) -prune -o -print | sort
	find "/lib/modules/$RELEASE/" -name 'pagestat*'
}

# has VERSION: the tool and the module of that version are there, and no other
has()
{
	[[ $(pagestat --version) == *"$1"* ]] || fail "the tool is not of version $1"
	[ "$(echo /usr/src/pagestat-*)" = "/usr/src/pagestat-$1" ] ||
		fail "sources: $(echo /usr/src/pagestat-*), not those of $1"
	dkms build "pagestat/$1" -k "$RELEASE" --no-depmod >/dev/null 2>&1
	dkms status pagestat | grep -q "^pagestat/$1, $RELEASE.*\(built\|installed\)" ||
		fail "dkms does not build it for $RELEASE: $(dkms status pagestat)"
	! dkms status pagestat | grep -v "^pagestat/$1," || fail "dkms still has another"
}

files >/tmp/before
dpkg -i "$packages"/old/pagestat_*.deb "$packages"/old/pagestat-dkms_*.deb || fail "install failed"
has "$version"
# The experiments are suggested only.
pagestat lab >/tmp/lab 2>&1
[ $? -eq 9 ] && grep -q 'install the package pagestat-lab' /tmp/lab ||
	fail "pagestat lab does not say what it lacks"
dpkg -i "$packages"/old/pagestat-lab_*.deb || fail "install of the experiments failed"
dpkg -i "$packages"/new/pagestat*.deb || fail "upgrade failed"
has 99.0
[[ $(pagestat lab --version) == *99.0* ]] || fail "the experiments are not of version 99.0"
# As pagestat check does.
mkdir -p /var/lib/pagestat && : >"/var/lib/pagestat/check-$RELEASE" || fail "/var/lib"
dpkg -P pagestat pagestat-lab pagestat-dkms || fail "purge failed"
files >/tmp/after
diff /tmp/before /tmp/after || fail "purging them leaves something, or takes too much"
END
