#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# locale.sh - the user's language for programs in a VM: prints LOCPATH=..., if there is a
# catalogue of it: its locale is made in build/, which the VM has, as few machines and no
# root of another suite have generated it
#
# usage: locale.sh
#
# Only for UTF-8, which is what a terminal of another encoding could not show.

set -u
. "${BASH_SOURCE[0]%/*}/lib.sh"

wanted=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
language=${wanted%%[.@]*}
[[ ${wanted,,} =~ ^[a-z]+_[a-z]+\.utf-?8$ && -e $TOP/userspace/po/$language.po ]] || exit 0
made=$TOP/build/locale/$wanted
if [ ! -d "$made" ]; then
	"$TOP/selftests/setup/setup.sh" locale || exit
	mkdir -p "$TOP/build/locale"
	# Another make may do the same: what is half made is not seen.
	new=$(mktemp -d "$TOP/build/locale/new.XXXXXX")
	localedef -i "$language" -f UTF-8 "$new/$wanted" ||
		die "$EXIT_SETUP" "the locale $wanted cannot be made"
	mv -T "$new/$wanted" "$made" 2>/dev/null
	rm -rf "$new"
fi
echo "LOCPATH='$TOP/build/locale'"
