#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pictures.sh - make the pictures of README.md: the screen of pagestat top and a plot,
# both of a workload in a VM
#
# usage: [KERNEL=NAME] pictures.sh
#
# work.sh is what runs in the VM.  The pictures go to userspace/pictures/.

set -eu
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
cd "$TOP"

KERNEL=${KERNEL:-6.12}
left=build/demo/pictures
pictures=userspace/pictures

selftests/setup/setup.sh test
selftests/setup/build.sh "$KERNEL"
mkdir -p "$pictures"
rm -rf "$left"
mkdir -p "$left"

say "working in an emulated machine, on kernel $KERNEL"
export KERNEL LOAD=yes TIMEOUT=${TIMEOUT:-600} CMD="selftests/demo/work.sh $left"
selftests/vm/vm.sh

awk -f selftests/demo/screen.awk "$left/screen" >"$pictures/top.svg"
TZ=UTC userspace/pagestat plot "$left/recording" -o "$pictures/plot.svg"
ls -l "$pictures"
