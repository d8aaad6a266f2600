#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# demo.sh - show pagestat at work: in a VM, a process forks, its child writes to all
# that they share, and a table shows what each of them copied
#
# usage: [KERNEL=NAME] demo.sh
#
# show.sh is what runs in the VM.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

KERNEL=${KERNEL:-$(kernel_default)}
kernel_row "$KERNEL"
# shellcheck disable=SC2154	# kernel_row sets it
program=$(built_in "$suite")/build/demo/fork-write
source=$TOP/selftests/demo/fork-write.c

"$TOP/selftests/setup/build.sh" "$KERNEL" || exit
mkdir -p "${program%/*}"
if [ ! "$program" -nt "$source" ]; then
	# shellcheck disable=SC2016	# for the other shell
	"$TOP/selftests/setup/in-root.sh" "$KERNEL" \
		sh -c '${CC:-gcc} ${CFLAGS:--O2} -Wall -Wextra -o "$@"' sh "$program" "$source" ||
		die 1 "the demo does not build"
fi

say "starting kernel $KERNEL in an emulated machine"
export KERNEL LOAD=yes TIMEOUT=120 CMD="selftests/demo/show.sh '$program'"
exec "$TOP/selftests/vm/vm.sh"
