#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# dkms.sh - test that DKMS builds the module for a new kernel, that it can be upgraded, and
# that uninstall removes it
#
# usage: dkms.sh KERNEL [upgrade]
#
#   upgrade	test the upgrade, too, which takes another build
#
# Runs in an overlay of the machine, which is removed afterwards (overlay.sh), with
# /usr/src, /var/lib/dkms and /lib/modules as on a user's machine.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

readonly SKIP=4
[ "$(id -u)" -eq 0 ] || { echo "dkms takes root"; exit $SKIP; }

exec "$TOP/selftests/package/overlay.sh" "$1" bash -s "$TOP" "${2:-}" <<'END'
top=$1 upgrade=$2

fail()
{
	echo "$*"
	dkms status pagestat
	cat /var/lib/dkms/pagestat/*/build/make.log 2>/dev/null
	exit 1
}

install_module()
{
	make -s -C "$1" KERNEL= KVER="$RELEASE" install-module
}

# is_there VERSION: DKMS has that version and no other, modprobe would load it, and it is
# signed where DKMS signs modules
is_there()
{
	local version=$1 file signer

	dkms status pagestat | grep -q "^pagestat[/,] *$version, $RELEASE.*: installed" ||
		fail "dkms has not installed version $version"
	[ "$(dkms status pagestat | wc -l)" -eq 1 ] || fail "dkms has others, too"
	[ "$(echo /usr/src/pagestat-*)" = "/usr/src/pagestat-$version" ] ||
		fail "sources of others are there: $(echo /usr/src/pagestat-*)"
	file=$(modprobe -n -v -S "$RELEASE" pagestat | sed -n 's/^insmod \([^ ]*\).*/\1/p')
	[[ $file == */updates/dkms/pagestat.ko* ]] || fail "modprobe would load \"$file\""
	[ "$(modinfo -F version "$file")" = "$version" ] ||
		fail "modprobe would load version $(modinfo -F version "$file")"
	[[ $(modinfo -F vermagic "$file") == "$RELEASE "* ]] || fail "it is for another kernel"
	signer=$(modinfo -F signer "$file")
	echo "version $version for $RELEASE is there, signed by: ${signer:-nobody}"
	# DKMS signs as of Debian 12, and with openssl only.
	if [ -d /etc/dkms/framework.conf.d ] && command -v openssl >/dev/null; then
		[ "$signer" = "DKMS module signing key" ] || fail "DKMS should have signed it"
	fi
}

# Hide the kernel's own modules but one: none is needed, and each depmod reads all of them.
# Where there is none, DKMS takes the kernel for removed, and runs depmod no more.
own=/lib/modules/$RELEASE/kernel
one=$(find "$own" -name '*.ko*' | head -n 1)
cp "$one" /tmp && mount -t tmpfs tmpfs "$own" && mv "/tmp/${one##*/}" "$own/" || exit

# As a Debian package and "make install" do; then as if a kernel was installed.
make -s -C "$top" KERNEL= DESTDIR=/ install-module || fail "install-module failed"
version=$(echo /usr/src/pagestat-*)
version=${version##*-}
dkms add "pagestat/$version" || fail "dkms add failed"
/etc/kernel/postinst.d/dkms "$RELEASE"
is_there "$version"

if [ -n "$upgrade" ]; then
	mkdir /tmp/new
	tar -c -C "$top" --exclude=./build --exclude=./.git --exclude=./userspace . |
		tar -x -C /tmp/new
	sed -i "/^#define PAGESTAT_VERSION/s/\"$version\"/\"99.0\"/" \
		/tmp/new/module/uapi/pagestat.h
	install_module /tmp/new || fail "a newer version cannot be installed"
	is_there 99.0
	top=/tmp/new
	mkdir -p /tmp/new/userspace
	cp -r "$1"/userspace/{Makefile,po} /tmp/new/userspace
fi

make -s -C "$top" KERNEL= uninstall || fail "uninstall failed"
left=$(ls -d /usr/src/pagestat-* /var/lib/dkms/pagestat "/lib/modules/$RELEASE"/updates/dkms/pagestat* 2>/dev/null)
[ -z "$left" ] || fail "left behind: $left"
! modprobe -n -S "$RELEASE" pagestat 2>/dev/null || fail "modprobe still finds one"
END
