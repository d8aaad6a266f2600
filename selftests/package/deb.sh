#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# deb.sh - make Debian packages of the tool, of its experiments and of the module's sources, in build/deb
#
# usage: deb.sh [VERSION [FOLDER]]
#
# They are for this machine's suite.  The version is the header's, or another one, for a
# test of upgrades; the date is that of the last commit.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

"$TOP/selftests/setup/setup.sh" tool deb || exit
is=$(sed -n 's/^#define PAGESTAT_VERSION[[:space:]]*"\(.*\)"/\1/p' \
	"$TOP/module/uapi/pagestat.h")
version=${1:-$is}
out=${2:-$TOP/build/deb}
tree=$out/pagestat-$version
rm -rf "$out"
mkdir -p "$tree"

# Copy the sources, without what was built, as for a release.
(cd "$TOP" && tar -c --exclude=./build --exclude=./.git --exclude=./userspace/build \
	--exclude=./userspace/pagestat --exclude=./userspace/pagestat-lab .) | tar -x -C "$tree" &&
	cp -r "$TOP/selftests/package/debian" "$tree/debian" &&
	sed -i "/^#define PAGESTAT_VERSION/s/\"$is\"/\"$version\"/" \
		"$tree/module/uapi/pagestat.h" || exit
cat >"$tree/debian/changelog" <<END
pagestat ($version) unstable; urgency=medium

  * See the history of the project.

 -- $(sed -n "s/^Maintainer: //p" "$tree/debian/control")  $(
	date -R -u -d "@$(git -C "$TOP" log -1 --format=%ct 2>/dev/null || date +%s)")
END

say "building the packages of pagestat $version"
(cd "$tree" && DEB_BUILD_OPTIONS=noautodbgsym dpkg-buildpackage -b -us -uc) >"$out/log" 2>&1 || {
	tail -n 30 "$out/log" >&2
	die 1 "the packages cannot be built; the log is $out/log"
}
rm -rf "$tree"
ls "$out"/*.deb
