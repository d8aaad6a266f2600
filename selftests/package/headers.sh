#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# headers.sh - build the module against headers that are changed on purpose, as vendors
# change them, with versions that are wrong: what the headers have decides, and what they
# do not say ends the build or is left out; print TAP
#
# usage: headers.sh
#
# The headers are those of 6.1, for which the module has to be built.  Changed copies are
# in a folder that the compiler searches first.  The module that has something left out
# is loaded in a VM.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
. "${BASH_SOURCE[0]%/*}/../lib/tap.sh"
cd "$TOP" || exit

readonly NAME=6.1
release=$(kernel_release $NAME) || die "$EXIT_SETUP" "kernel $NAME is not set up"
kdir=$(kernel_build $NAME)
common=$(sed -n 's/^include \(.*\)\/Makefile$/\1/p' "$kdir/Makefile")
compiler=$(sed -n 's/^CONFIG_CC_VERSION_TEXT="\?\([^ ]*\) .*/\1/p' "$kdir/include/config/auto.conf")
where=("$common/include" "$common/arch/x86/include" "$kdir/include/generated/uapi")
as_it_is=build/$release/module/headers.h

[ -e "$as_it_is" ] || die "$EXIT_SETUP" "the module is not built for $NAME"
tmp=$TOP/build/headers
rm -rf "$tmp"
mkdir -p "$tmp"

# logged STATUS WHAT: a result that $log explains
logged()
{
	result "$1" "$2"
	[ "$1" -eq 0 ] || grep -v '^  [A-Z]' "$log" | sed 's/^/# /'
}

# headers NAME: from here on, what is changed is for the build of that name
headers()
{
	over=$tmp/$1
	mkdir -p "$over/include"
	log=$over/log
	: >"$log"
}

# change FILE SED...: a header, by a script of sed that has to change it
change()
{
	local file=$1 dir

	shift
	for dir in "${where[@]}"; do
		[ ! -e "$dir/$file" ] || break
	done
	mkdir -p "$(dirname "$over/include/$file")"
	[ -e "$over/include/$file" ] || cp "$dir/$file" "$over/include/$file" || exit
	cp "$over/include/$file" "$over/before"
	sed -i "$@" "$over/include/$file"
	! cmp -s "$over/before" "$over/include/$file" || die 1 "$file has nothing for: $*"
}

# rename NAME: it has another name in all headers
rename()
{
	local dir file

	for dir in "${where[@]}"; do
		while read -r file; do
			change "$file" "s/\<$1\>/another_$1/g"
		done < <(cd "$dir" && grep -rlw "$1" . | sed 's/^\.\///')
	done
}

# version A B: they say that they are those of that version
version()
{
	change linux/version.h "s/^\(#define LINUX_VERSION_CODE\).*/\1 $((($1 << 16) + ($2 << 8)))/"
}

# build [VARIABLE...]: the module; its tree is $built
build()
{
	built=$over/tree
	make -j"$(nproc)" link-module KVER="${built#"$TOP/build/"}" KDIR="$kdir" \
		CC="$compiler -I$over/include" "$@" >"$log" 2>&1
}

# has NAME=VALUE...: of the answers, these are not as without changes, and no others
has()
{
	diff <(printf '%s\n' "$@" | sort) \
		<(diff "$as_it_is" "$built/module/headers.h" |
			sed -n 's/^> #define KERNEL_HAS_\([A-Z_]*\) \(.*\)/\1=\2/p' | sort) >>"$log"
}

# builds: without a warning
builds()
{
	build && [ -e "$built/pagestat.ko" ] && ! grep -q "warning:" "$log"
}

# stops TEXT: there is one line of our own, which says that and names a log that is there
stops()
{
	local said file

	! build "${@:2}" || return
	said=$(grep '^pagestat: ' "$log")
	file=${said##*; see }
	file=${file%, and please report it}
	[ "$(wc -l <<<"$said")" -eq 1 ] && [[ $said == *"$1"* ]] && compgen -G "$file" >>"$log"
}

echo "TAP version 13"
echo "1..14"

# What came after 6.1, in what says that it is 5.14.
headers newer
version 5 14
change linux/mm_types.h 's/^\tFAULT_FLAG_ORIG_PTE_VALID =.*/&\n\tFAULT_FLAG_VMA_LOCK = 1 << 12,/'
change linux/huge_mm.h '0,/^vm_fault_t do_huge_pmd_numa_page/s//vm_fault_t do_huge_pmd_device_private(struct vm_fault *vmf);\n&/'
change linux/mmzone.h 's/^#define LRU_REFS_MASK.*/&\n#define LRU_REFS_FLAGS (LRU_REFS_MASK | BIT(PG_referenced))/'
change linux/rethook.h 's/struct freelist_head\(.*pool;\)/struct objpool_head { void *slots; }\1/'
rename in_user_fault
change trace/events/vmscan.h \
	-e 's/TP_PROTO(int order, gfp_t gfp_flags)/TP_PROTO(gfp_t gfp_flags, int order, struct mem_cgroup *memcg)/' \
	-e 's/TP_ARGS(order, gfp_flags)/TP_ARGS(gfp_flags, order, memcg)/' \
	-e 's/TP_PROTO(unsigned long nr_reclaimed)/TP_PROTO(unsigned long nr_reclaimed, struct mem_cgroup *memcg)/' \
	-e 's/TP_ARGS(nr_reclaimed)/TP_ARGS(nr_reclaimed, memcg)/'
change asm/ftrace.h -e 's/(\?fregs)\?->regs/arch_ftrace_regs(fregs)->regs/' \
	-e 's/^struct ftrace_regs {/struct ftrace_regs;\n#define arch_ftrace_regs(fregs) ((struct __arch_ftrace_regs *)(fregs))\n#define ftrace_regs_get_argument(fregs, n) regs_get_kernel_argument(\&arch_ftrace_regs(fregs)->regs, n)\nstruct __arch_ftrace_regs {/'
rename folio_test_ksm
rename is_pte_marker
change linux/page-flags.h 's/another_folio_test_ksm/folio_test_ksm/; s/PageKsm/another_PageKsm/'
printf '%s\n' '#include <linux/swapops.h>' '#define pte_is_marker(pte) another_is_pte_marker(pte)' \
	>"$over/include/linux/leafops.h"
change linux/userfaultfd_k.h 's/^extern vm_fault_t handle_userfault/struct userfaultfd_ctx { unsigned int flags, features; bool released; };\n&/'
builds
logged $? "headers of 5.14 with what is newer than 6.1: it builds"
has FAULT_FLAG_VMA_LOCK=1 HUGE_DEVICE=1 LRU_GEN_KEEPS_WORKINGSET=1 RETURNS_OF_EACH_CPU=1 \
	IN_USER_FAULT=0 RECLAIM_BEGIN=0 RECLAIM_BEGIN_MEMCG=1 RECLAIM_END=0 \
	RECLAIM_END_MEMCG=1 FTRACE_ARGUMENT=1 FTRACE_ARGUMENT_INSIDE=0 FTRACE_REGS_INSIDE=0 \
	FTRACE_ARCH_REGS_INSIDE=1 PAGES=0 LEAFOPS=1 PTE_IS_MARKER=1 IS_PTE_MARKER=0 \
	UFFD_CTX=1 UFFD_CTX_HIDDEN=0
logged $? "all of that is seen, and nothing else"

# What 6.1 had not before, in what says that it is 7.2.
headers older
version 7 2
rename FAULT_FLAG_UNSHARE
rename PG_anon_exclusive
rename VM_FAULT_COMPLETED
rename in_lru_fault
rename folio_test_ksm
rename is_pte_marker
rename PTE_MARKER_UFFD_WP
rename FTRACE_OPS_FL_RECURSION
change linux/ftrace.h -e 's/another_FTRACE_OPS_FL_RECURSION/FTRACE_OPS_FL_RECURSION_SAFE/' \
	-e '/^typedef void (\*ftrace_func_t)/{ n; s/ftrace_regs/pt_regs/ }'
builds
logged $? "headers of 7.2 with what is older than 6.1: it builds"
has FAULT_FLAG_UNSHARE=0 NO_UNSHARE=1 VM_FAULT_COMPLETED=0 IN_LRU_FAULT=0 FOLIOS=0 \
	IS_PTE_MARKER=0 NO_PTE_MARKER=1 FTRACE_RECURSION=0 FTRACE_RECURSION_SAFE=1 \
	FTRACE_REGS=0 FTRACE_PT_REGS=1
logged $? "all of that is seen, and nothing else"

# Optional, and in a form that nobody knows.
headers unknown
version 5 15
change trace/events/oom.h '/^TRACE_EVENT(mark_victim/,/TP_ARGS/{ s/TP_PROTO(.*)/TP_PROTO(int pid)/; s/TP_ARGS(.*)/TP_ARGS(pid)/ }'
change trace/events/vmscan.h -e 's/TP_PROTO(unsigned long nr_reclaimed)/TP_PROTO(unsigned char nr_reclaimed)/'
printf '%s\n' 'struct userfaultfd_ctx { unsigned long long state; };' >"$over/uffd"
change linux/userfaultfd_k.h "/^extern vm_fault_t handle_userfault/{
	r $over/uffd
	N
}"
builds
logged $? "headers of 5.15 with tracepoints that pass something else: it builds"
has OOM_VICTIM=0 RECLAIM_END=0 UFFD_CTX_HIDDEN=0
logged $? "all of that is seen, and nothing else"
# shellcheck disable=SC2016	# for the shell in the VM
KERNEL=$NAME LOAD=no SWAP=0 TIMEOUT=300 LOGDIR=$over/vm APPEND=mitigations=off CMD='
	# What reads "-" with a module.
	unknown()
	{
		insmod "$1" || exit
		awk -F "\t" '\''
			NR == 1	{ for (i = 1; i <= NF; i++) name[i] = $i; next }
				{ for (i in name) if ($i == "-") dash[name[i]] }
			END	{ for (i in dash) print i }'\'' /sys/kernel/debug/pagestat/processes | sort
	}
	unknown "$PAGESTAT_KO" >/tmp/as-it-is
	rmmod pagestat
	unknown '"$built"'/pagestat.ko | comm -13 /tmp/as-it-is -
	awk -F "\t" '\''$4 == "unfit" { print $1 ":" }'\'' /sys/kernel/debug/pagestat/probes
	rmmod pagestat' selftests/vm/vm.sh 2>>"$log" >"$over/said"
cat "$over/said" >>"$log"
[ "$(paste -sd' ' "$over/said")" = "oom reclaim_ns uffd uffd: reclaim-end: limit-end: oom:" ]
logged $? "it is loaded, and what they feed, and nothing else, reads \"-\""

# What is required, and in no form that is known.
headers required
rename ftrace_func_t
rename FAULT_FLAG_UNSHARE
rename is_pte_marker
stops "no form that is known fits"
logged $? "something else in place of what is required ends the build"

# The other reasons to end it are seen by headers.awk in what the compiler has said.
# says TEXT WHAT: it ends and says that, and all will be asked again
says()
{
	local said

	said=$(awk -v results="$tmp/results" -f module/headers.awk module/headers.c 2>&1 >/dev/null)
	[ $? -eq 1 ] && [[ $said == *"pagestat: "*"$1"*"please report it" ]] &&
		[ ! -e "$tmp/results/ALWAYS" ]
	result $? "$2"
	# shellcheck disable=SC2154	# of tap.sh
	[ "$not_ok" -eq 0 ] || echo "# $said"
	rm -rf "$tmp/results"
}

# results: those of the kernel as it is
results()
{
	cp -r "build/$release/headers" "$tmp/results"
}

results
diff <(awk -v results="$tmp/results" -f module/headers.awk module/headers.c) "$as_it_is"
result $? "without changes the answers are those that the module was built with"
rm -rf "$tmp/results"

results
echo "does not fit" >"$tmp/results/ALWAYS"
says "the compiler cannot use this kernel's headers" "the control does not compile"

results
echo fits >"$tmp/results/NEVER_A_CALL"
says "accepts what is wrong (NEVER_A_CALL)" "the contrary control compiles"

results
echo "does not fit" >"$tmp/results/FOLIOS"
echo "gcc: internal compiler error: Segmentation fault" >"$tmp/results/FOLIOS.log"
says "what the compiler says of FOLIOS is not what was expected" "a compiler that crashes"

results
: >"$tmp/results/FOLIOS"
says "what the compiler says of FOLIOS is not what was expected" "a result that is missing"

headers broken
change linux/mm.h '1s/^/this is no C\n/'
stops "the compiler cannot use this kernel's headers: "
logged $? "a header that does not compile ends the build"
