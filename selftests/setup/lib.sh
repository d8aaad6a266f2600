# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what all scripts that run on the host share: the paths of the project and of
# its cache, the list of kernels, messages, and statuses
#
# To be sourced by bash.

# Statuses.  They are high, as the status of a command in a VM is passed on unchanged.
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

# If ccache is installed, its links are found before the compilers: what was compiled
# once is not compiled again, also in another clone.
readonly CCACHED_COMPILERS=/usr/lib/ccache
export CCACHE_DIR=$CACHE/ccache CCACHE_BASEDIR=$TOP CCACHE_NOHASHDIR=yes
case :$PATH: in
*:$CCACHED_COMPILERS:*)	;;
*)			PATH=$CCACHED_COMPILERS:$PATH ;;
esac

# For QEMU: a NUMA node for each processor.  Each is a socket of its own: the kernel warns
# about a socket whose cores are on two nodes.
# shellcheck disable=SC2034
readonly NODES=(
	-object "memory-backend-ram,id=m0,size=1024M"
	-object "memory-backend-ram,id=m1,size=1024M"
	-numa "node,cpus=0,memdev=m0" -numa "node,cpus=1,memdev=m1"
)

# say TEXT: print a line with the seconds since the script began, to stderr: stdout is
# for the output of the user's command
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
# and $headers.  For another architecture, $suite ends with its name, as in
# "bookworm-arm64", so that it has a root and builds of its own.
kernel_row()
{
	local name

	while read -r name suite arch image headers _; do
		[ "$arch" = "$HOST_ARCH" ] || [ "$HOST_ARCH" = x86_64 ] || continue
		[ "$arch" = "$HOST_ARCH" ] || name+=-$arch suite+=-$arch
		[ "$name" = "${1%"-$HOST_ARCH"}" ] && return 0
	done < <(grep -v '^#' "$TOP/selftests/vm/kernels")
	die "$EXIT_SETUP" "no kernel \"$1\" in selftests/vm/kernels: KERNEL is one of" \
	    "$({ kernel_names all; kernel_names asked; kernel_names made; kernel_names debug; } | paste -sd' ')"
}

# kernel_names [ARCH]: print the names of the kernels of this machine's architecture, of
# ARCH, or, with "all", of all that it can build for: x86-64 can for arm64, arm64 cannot
# for x86-64.  Those of another architecture end with its name.  Instead, "debug", "made"
# and "asked" are for kernels with that word in the list, which are in no other.
kernel_names()
{
	awk -v arch="${1:-$HOST_ARCH}" -v here="$HOST_ARCH" -v suite="$HOST_SUITE" '
		/^#/ || !NF || (here != $3 && here != "x86_64") { next }
		$6 == "asked" && $2 == suite { $6 = "" }
		arch == $6 || $6 == "" && (arch == $3 || arch == "all") {
			print $1 ($3 == here ? "" : "-" $3)
		}' "$TOP/selftests/vm/kernels"
}

# kernel_default: print the name of the kernel to use where none is named: the first of
# this machine's suite, for which no root is needed, or else of its architecture
kernel_default()
{
	awk -v here="$HOST_ARCH" -v suite="$HOST_SUITE" '
		$3 != here || $6 ~ /debug|made/	{ next }
		first == ""			{ first = $1 }
		$2 == suite			{ first = $1; exit }
		END				{ print first }' "$TOP/selftests/vm/kernels"
}

# kernel_says WORD: for a kernel that is built here, print what the files of its
# configuration say after "# WORD: "; nothing for others
kernel_says()
{
	local file

	[[ $headers == *.config ]] || return 0
	for file in ${headers//,/ }; do
		sed -n "s/^# $1: //p" "$TOP/selftests/vm/config/$file"
	done
}

# cross: whether the kernel of kernel_row is of another architecture.  Programs for it are
# built on this machine, by a cross compiler and with the libraries of its root.
cross()
{
	[ "$arch" != "$HOST_ARCH" ]
}

# suite_root SUITE: print the path of its root; that of this machine's suite is /
suite_root()
{
	if [ "$1" = "$HOST_SUITE" ]; then
		echo /
	else
		echo "$CACHE/root/$1"
	fi
}

# built_in SUITE: print where the tool and the tests are built for its root
built_in()
{
	if [ "$1" = "$HOST_SUITE" ]; then
		echo "$TOP"
	else
		echo "$TOP/build/root/$1"
	fi
}

# kernel_release NAME: print its release.  The name is a link to it, so that a newer
# release replaces the older one in one step.
kernel_release()
{
	readlink "$CACHE/kernel/$1"
}

# kernel_dir NAME: print where the kernel was unpacked
kernel_dir()
{
	echo "$CACHE/kernel/$1"
}

# kernel_build NAME: print the path of its headers, where modules are built
kernel_build()
{
	echo "$CACHE/kernel/$1/lib/modules/$(kernel_release "$1")/build"
}
