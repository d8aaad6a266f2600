# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what every script of the set-up, the VM and the checks shares: where
# the project and its cache are, how to speak, and how to stop
#
# To be sourced by bash.

# Statuses of our own.  They are high so that they are told from the status of a
# command run in a VM, which is passed on as it is.
# shellcheck disable=SC2034	# used by those who source this
readonly EXIT_SETUP=250		# something is missing and cannot be installed
# shellcheck disable=SC2034
readonly EXIT_BOOT=251		# the VM did not come up, or the module did not load
# shellcheck disable=SC2034
readonly EXIT_DIED=252		# the VM died before the command ended
# shellcheck disable=SC2034
readonly EXIT_TIMEOUT=253	# the VM was ended because its time was up
# shellcheck disable=SC2034
readonly EXIT_KLOG=254		# the kernel log of the run has a fault in it

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
CACHE=${PAGESTAT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pagestat}
# shellcheck source=/dev/null
HOST_SUITE=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
# As the kernel's build calls it.
HOST_ARCH=$(uname -m)
HOST_ARCH=${HOST_ARCH/aarch64/arm64}
readonly TOP CACHE HOST_SUITE HOST_ARCH

# What was compiled once is not compiled again, for another clone either: where
# ccache is installed, its names of the compilers are found first.
readonly CCACHED_COMPILERS=/usr/lib/ccache
export CCACHE_DIR=$CACHE/ccache CCACHE_BASEDIR=$TOP CCACHE_NOHASHDIR=yes
case :$PATH: in
*:$CCACHED_COMPILERS:*)	;;
*)			PATH=$CCACHED_COMPILERS:$PATH ;;
esac

# One line about a long step, with the seconds since the script began.  All of
# it goes to stderr: stdout belongs to the command that the user asked for.
say()
{
	printf '[%3d s] %s\n' "$SECONDS" "$*" >&2
}

# die STATUS LINE...
die()
{
	local status=$1

	shift
	printf 'pagestat: %s\n' "$@" >&2
	exit "$status"
}

# kernel_row NAME: the fields of one kernel of vm/kernels into $suite, $arch, $image
# and $headers.  What is made for another architecture is kept apart from this
# machine's own by the name of its suite, too: "bookworm-arm64".
kernel_row()
{
	local name

	while read -r name suite arch image headers _; do
		[ "$arch" = "$HOST_ARCH" ] || [ "$HOST_ARCH" = x86_64 ] || continue
		[ "$arch" = "$HOST_ARCH" ] || name+=-$arch suite+=-$arch
		[ "$name" = "${1%"-$HOST_ARCH"}" ] && return 0
	done < <(grep -v '^#' "$TOP/selftests/vm/kernels")
	die "$EXIT_SETUP" "no kernel \"$1\" in selftests/vm/kernels: KERNEL is one of" \
	    "$({ kernel_names all; kernel_names debug; } | paste -sd' ')"
}

# kernel_names [ARCH]: the kernels of this machine's architecture, of that one, or,
# with "all", of all that it can build for: x86-64 for arm64, but not the other way.
# The name of another one's ends with its name.  With "debug", those that find faults,
# which are in none of these.
kernel_names()
{
	awk -v arch="${1:-$HOST_ARCH}" -v here="$HOST_ARCH" '
		arch == "debug" || $6 == "debug" {
			if ($6 == arch)
				print $1
			next
		}
		!/^#/ && NF && (arch == $3 || arch == "all" && (here == $3 || here == "x86_64")) {
			print $1 ($3 == here ? "" : "-" $3)
		}' "$TOP/selftests/vm/kernels"
}

# cross: whether what kernel_row found is of another architecture.  Then things are
# built here, with its compiler and the libraries of its root.
cross()
{
	[ "$arch" != "$HOST_ARCH" ]
}

# suite_root SUITE: where its programs are.  This machine's own suite needs no root
# beside that of the machine.
suite_root()
{
	if [ "$1" = "$HOST_SUITE" ]; then
		echo /
	else
		echo "$CACHE/root/$1"
	fi
}

# built_in SUITE: where the programs are that were built for it: the tool and the
# tests, which run with its libraries
built_in()
{
	if [ "$1" = "$HOST_SUITE" ]; then
		echo "$TOP"
	else
		echo "$TOP/build/root/$1"
	fi
}

# kernel_release NAME: its uname -r.  The name is a link, so that a newer release
# takes the place of an older one in one step.
kernel_release()
{
	readlink "$CACHE/kernel/$1"
}

# kernel_dir NAME: where the kernel was unpacked
kernel_dir()
{
	echo "$CACHE/kernel/$1"
}

# kernel_build NAME: where modules for it are built
kernel_build()
{
	echo "$CACHE/kernel/$1/lib/modules/$(kernel_release "$1")/build"
}
