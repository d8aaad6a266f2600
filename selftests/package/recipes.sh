#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# recipes.sh - write the archive of the sources, and the recipes that make packages of it:
# for Fedora and EL, openSUSE, and Arch
#
# usage: recipes.sh [FOLDER]
#
#   FOLDER	where to (build/recipes)
#
# The archive is of the last commit, and the same each time.  The version in the recipes
# is the header's.  The recipe for Nix is used where it is: nix/default.nix.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

out=${1:-$TOP/build/recipes}
version=$(sed -n 's/^#define PAGESTAT_VERSION[[:space:]]*"\(.*\)"/\1/p' \
	"$TOP/module/uapi/pagestat.h")
archive=pagestat-$version.tar.gz

rm -rf "$out"
mkdir -p "$out"
git -C "$TOP" archive --prefix="pagestat-$version/" HEAD | gzip -n >"$out/$archive"
sum=$(sha256sum "$out/$archive")
day=$(LC_ALL=C date -u -d "@$(git -C "$TOP" log -1 --format=%ct)" '+%a %b %d %Y')
for file in rpm/pagestat.spec rpm/pagestat-kmod.spec rpm/pagestat-kmp.spec arch/PKGBUILD; do
	sed -e "s/@VERSION@/$version/" -e "s/@SHA256@/${sum%% *}/" -e "s/@DAY@/$day/" \
		"$TOP/selftests/package/$file" >"$out/${file##*/}"
done
ls "$out"
