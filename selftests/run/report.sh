#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# report.sh - print what tells whether pagestat counts right on a machine, as a block to
# send in: the system, how its kernel was built, the hooks, and what pagestat check finds
#
# usage: report.sh
#
# As root, with the module loaded and the tool in PATH.  It takes some ten seconds.  There
# is no name of a machine, user or process in it.  Status: that of pagestat check.

set -u

# Options that others than Debian set otherwise, and that make another kernel of it.
readonly OPTIONS='CC_VERSION_TEXT|CC_OPTIMIZE_FOR_[A-Z_0-9]*|LTO_CLANG_[A-Z]*|CFI_CLANG|CFI|AUTOFDO_CLANG|PROPELLER_CLANG|UNWINDER_[A-Z_]*|FRAME_POINTER|FUNCTION_TRACER|DYNAMIC_FTRACE_WITH_[A-Z_]*|KPROBES_ON_FTRACE|KRETPROBE_ON_RETHOOK|PREEMPT[A-Z_]*|MEMCG|MEMCG_V1|PSI|NUMA|NUMA_BALANCING|LRU_GEN|LRU_GEN_ENABLED|PER_VMA_LOCK|X86_5LEVEL|PGTABLE_LEVELS|ARM64_[0-9]*K_PAGES|PAGE_SIZE_[0-9]*KB|TRANSPARENT_HUGEPAGE|HUGETLB_PAGE|KSM|USERFAULTFD|ZSWAP|RANDSTRUCT_[A-Z]*|MODULE_SIG_FORCE'

# config: print the kernel's configuration, from where distributions have it
config()
{
	local file

	for file in /proc/config.gz "/boot/config-$(uname -r)" \
		    "/lib/modules/$(uname -r)/config" "/lib/modules/$(uname -r)/build/.config"; do
		[ -r "$file" ] || continue
		zcat -f "$file"
		return
	done
	echo "CONFIG_: it is not to be found" >&2
}

echo '```'
{
	echo "--- system"
	sed -n 's/^PRETTY_NAME=//p' /etc/os-release
	uname -srvm
	# What compiled it; not who, and on which machine.
	sed -E 's/^[^(]*\([^)]*\) //' /proc/version
	echo "pages of $(getconf PAGESIZE) bytes, $(nproc) CPUs"
	systemd-detect-virt 2>/dev/null
	cat /sys/kernel/security/lockdown 2>/dev/null
	awk '$1 == "pagestat"' /proc/modules
	echo "--- options"
	config | grep -E "^CONFIG_($OPTIONS)="
	echo "--- tool, state, hooks"
	pagestat --version
	pagestat --system
	pagestat --probes
	echo "--- check"
	pagestat check
	status=$?
	echo "--- log"
	dmesg | grep 'pagestat: '
} 2>&1
echo '```'
exit $status
