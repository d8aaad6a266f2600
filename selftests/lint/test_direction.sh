#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_direction.sh - folders and files stand on each other one way; and what does not is
# found, where it is
#
# usage: test_direction.sh KERNEL, for which all has been built

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
. "$TOP/selftests/lib/tap.sh"

direction=$TOP/selftests/lint/direction.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; end_results' EXIT

# clean NAME ARGUMENT...: nothing is found
clean()
{
	local name=$1

	shift
	"$direction" "$@" >"$tmp/out"
	result $? "$name"
	sed 's/^/# /' "$tmp/out"
}

# finds NAME TEXT ARGUMENT...: TEXT is
finds()
{
	local name=$1 text=$2

	shift 2
	! "$direction" "$@" >"$tmp/out" && grep -qF -e "$text" "$tmp/out"
	result $? "$name"
}

kernel_row "$1"
# shellcheck disable=SC2154	# kernel_row sets it
tool=$(built_in "$suite")/userspace
module=$TOP/build/$(kernel_release "$1")

clean "the tool's folders go one way" folders "$TOP/userspace"
clean "the tool's files use each other in no circle" circles "$tool"
clean "the module's files go one way" module "$TOP/Kbuild" "$module"

mkdir -p "$tmp/tool/base" "$tmp/tool/new"
cat "$TOP/userspace/base/clock.h" >"$tmp/tool/base/clock.h"
echo '#include "report/report.h"' >"$tmp/tool/base/clock.c"
finds "an include of a folder above is found" 'base/clock.c:1: "report/report.h"' folders "$tmp/tool"
mkdir -p "$tmp/tool/run"
echo '#include "top/top.h"' >"$tmp/tool/base/clock.c"
mv "$tmp/tool/base/clock.c" "$tmp/tool/run/run.c"
finds "one command's of another's is found" 'run/run.c:1: "top/top.h"' folders "$tmp/tool"
echo '#include "base/clock.h"' >"$tmp/tool/new/new.c"
finds "a folder that is in no order is found" 'new/new.c:1: "base/clock.h"' folders "$tmp/tool"

mkdir -p "$tmp/circle/build"
echo 'int b(void); int a(void) { return b(); }' >"$tmp/circle/a.c"
echo 'int a(void); int b(void) { return a(); }' >"$tmp/circle/b.c"
finds "no objects are no success" "has no objects" circles "$tmp/circle"
for file in a b; do
	cc -c -o "$tmp/circle/build/$file.o" "$tmp/circle/$file.c"
done
finds "a circle of files is found" "circle/build/a.o" circles "$tmp/circle"
echo 'pagestat-y := a.o b.o' >"$tmp/Kbuild"
finds "a use of what Kbuild lists later is found" "uses b of $tmp/circle/build/b.o" \
	module "$tmp/Kbuild" "$tmp/circle/build"
echo '#include "b.h"' >"$tmp/a.c"
finds "a header of what Kbuild lists later is found" 'a.c:1: "b.h"' \
	module "$tmp/Kbuild" "$tmp/circle/build"
echo "1..$number"
