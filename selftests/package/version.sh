#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# version.sh - check that all that has a version has the header's (dkms.conf, the built
# modules, the tool, its manual pages), and that no other file names it

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
cd "$TOP" || exit

failed=0
version=$(sed -n 's/^#define PAGESTAT_VERSION[[:space:]]*"\(.*\)"/\1/p' module/uapi/pagestat.h)

# same WHAT VERSION: it is the header's
same()
{
	[ "$2" = "$version" ] && return
	echo "$1 says \"$2\", the header \"$version\""
	failed=1
}

[ -n "$version" ] || { echo "the header has no PAGESTAT_VERSION"; exit 1; }

# shellcheck disable=SC2016	# for the other bash
same dkms.conf "$(bash -c '. ./dkms.conf; echo "$PACKAGE_VERSION"')"
for module in build/*/pagestat.ko; do
	[ ! -e "$module" ] || same "$module" "$(modinfo -F version "$module")"
done
[ ! -x userspace/pagestat ] ||
	same "the tool" "$(userspace/pagestat --version | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)"

pages=$(mktemp -d)
make -s -C userspace MANDIR=/ DESTDIR="$pages" install-manuals || failed=1
for page in "$pages"/man8/*; do
	same "${page##*/}" "$(sed -n 's/^\.Os pagestat //p' "$page")"
done
rm -rf "$pages"

# Another place would be forgotten at the next release.
if git rev-parse --git-dir >/dev/null 2>&1; then
	others=$(git grep -lwF "$version" -- . ':!module/uapi/pagestat.h')
	[ -z "$others" ] || { echo "the version is also written in: $others"; failed=1; }
fi
exit $failed
