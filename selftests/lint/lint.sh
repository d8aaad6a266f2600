#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lint.sh - what can be found without running anything: shellcheck on the scripts, the
# direction of folders and files, -Werror and sparse on the tool, sparse on the module,
# checkpatch on C
#
# usage: [KERNEL=NAME] lint.sh
#
# Every check is made, whatever the ones before it found.  Status: 1 if any of
# them did.

# Each check is a function that is called by name.
# shellcheck disable=SC2317

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
cd "$TOP" || exit

KERNEL=${KERNEL:-6.1}
failed=0

# checkpatch is made for patches to the kernel.  What it is told to leave out:
ignored=(
	# The lists that the columns, enums and tables are made from.
	COMPLEX_MACRO MULTISTATEMENT_MACRO_USE_DO_WHILE TRAILING_SEMICOLON BRACKET_SPACE
	# A macro may be given the option to ask about.
	IS_ENABLED_CONFIG
	# compat.h, which is there to know versions.
	LINUX_VERSION_CODE CONSTANT_COMPARISON
	# Arguments that differ by version have a macro's name.
	FUNCTION_ARGUMENTS
	# There is no MAINTAINERS file here to update.
	FILE_PATH_CHANGES
)
# In programs: a touch of memory is the workload, the kernel's names for attributes
# and sizes are not to be had, and messages are for users.
ignored_in_programs=(
	"${ignored[@]}" VOLATILE PREFER_DEFINED_ATTRIBUTE_MACRO ARRAY_SIZE
	EMBEDDED_FUNCTION_NAME
)

# check NAME COMMAND...
check()
{
	local name=$1

	shift
	echo "lint: $name"
	"$@" </dev/null && return
	echo "lint: $name found something"
	failed=1
}

scripts()
{
	local -a files

	mapfile -t files < <(git ls-files | while read -r file; do
		case $file in
		*.sh)	echo "$file" ;;
		*)	head -n 1 "$file" | grep -aqE '^#!.*sh$' && echo "$file" ;;
		esac
	done)
	shellcheck -x -P SCRIPTDIR:selftests "${files[@]}"
}

# Silence is what is wanted, but for the C library's headers, which have attributes
# that sparse does not know.
tool()
{
	! make -s --no-print-directory -C userspace lint 2>&1 |
		grep -vE '^/usr/include/|note: in included file'
}

# All files are looked at, the ones that are built already too.  The kernel's own
# headers are not ours to mend.
sparse_module()
{
	local release log

	release=$(kernel_release "$KERNEL")
	log=$(make -C "$(kernel_build "$KERNEL")" M="$TOP/build/$release" C=2 \
		modules 2>&1) || { echo "$log"; return 1; }
	! grep -E '/module/[^ ]*: (warning|error):' <<<"$log"
}

# checkpatch TYPES FILE...
checkpatch()
{
	local types=$1

	shift
	perl "$CACHE/source/scripts/checkpatch.pl" --no-tree --no-summary --terse \
		--show-types --quiet --ignore "$types" --file "$@"
}

types()
{
	local IFS=,

	echo "$*"
}

selftests/setup/setup.sh lint source &&
	selftests/setup/build.sh "$KERNEL" || exit

direction=selftests/lint/direction.sh
kernel_row "$KERNEL"
check "scripts" scripts
check "what folders stand on" $direction folders userspace
# shellcheck disable=SC2154	# kernel_row sets it
check "circles of files" $direction circles "$(built_in "$suite")/userspace"
check "what the module's files stand on" $direction module Kbuild "build/$(kernel_release "$KERNEL")"
check "the module's list of tested kernels" selftests/package/kernels.sh
check "the table of kernels that were tried" selftests/vm/tried.sh
check "the tool, warnings and sparse" tool
check "the module, sparse" sparse_module
mapfile -t files < <(git ls-files 'module/*.[ch]')
check "the module, checkpatch" checkpatch "$(types "${ignored[@]}")" "${files[@]}"
mapfile -t files < <(git ls-files 'userspace/*.[ch]' 'selftests/*.[ch]')
check "the tool and the tests, checkpatch" checkpatch "$(types "${ignored_in_programs[@]}")" "${files[@]}"
exit $failed
