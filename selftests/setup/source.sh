# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# source.sh - unpack the few files of the kernel's source that are used here: kselftest's
# lib.mk and harness, and checkpatch with its word lists
#
# They are unpacked in the cache, with their paths in the kernel's tree, by which they
# find each other.  To be sourced by bash after lib.sh and packages.sh.

readonly SOURCE_PACKAGE=linux-source-6.1
readonly SOURCE_FILES=(
	tools/testing/selftests/lib.mk
	tools/testing/selftests/kselftest.h
	tools/testing/selftests/kselftest_harness.h
	scripts/checkpatch.pl
	scripts/spelling.txt
	scripts/const_structs.checkpatch
)

source_ready()
{
	local file

	for file in "${SOURCE_FILES[@]}"; do
		[ -e "$CACHE/source/$file" ] || return 1
	done
}

source_setup()
{
	local tmp

	source_ready && return 0
	rm -rf "$CACHE"/source.*	# of a run that was interrupted
	tmp=$(mktemp -d "$CACHE/source.XXXXXX")
	say "downloading $SOURCE_PACKAGE"
	package_fetch "$tmp" "$SOURCE_PACKAGE"
	say "unpacking kselftest and checkpatch from it"
	mkdir "$tmp/source"
	(
		set -o pipefail
		dpkg-deb --fsys-tarfile "$tmp"/*.deb |
			tar -xO "./usr/src/$SOURCE_PACKAGE.tar.xz" |
			tar -xJ -C "$tmp/source" --strip-components=1 \
			    "${SOURCE_FILES[@]/#/$SOURCE_PACKAGE/}"
	) || die "$EXIT_SETUP" "cannot unpack $SOURCE_PACKAGE into $tmp"
	rm -rf "$CACHE/source"
	mv -T "$tmp/source" "$CACHE/source"
	rm -rf "$tmp"
}
