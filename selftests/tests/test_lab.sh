#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lab.sh - each experiment of pagestat lab has the results that it expects, fails if
# it is done wrongly (--break), and leaves nothing behind
#
# Runs in the VM, as root, with the tool in PATH.

. lib/lib.sh
. lib/experiments.sh

# A real-time kernel (PREEMPT_RT) has none.
huge_pages()
{
	[ -e /sys/kernel/mm/transparent_hugepage/enabled ]
}

mapfile -t names < <(pagestat lab | awk 'NR > 1 { print $1 }')
echo "TAP version 13"
echo "1..$((${#names[@]} * 2 + 2))"

disk "$disk"
export TMPDIR=$disk
for name in "${names[@]}"; do
	experiment 0 "$name" && [ "$passed" -gt 2 ] && [ "$skipped" -eq 0 ]
	result $? "$name: $passed results as expected"
	if [ "$name" = demand-paging ] && ! huge_pages; then
		skip "no huge pages" "$name done wrongly"
		continue
	fi
	experiment 8 "$name" --break && [ "$failed" -gt 0 ]
	result $? "$name done wrongly: $failed results are not as expected"
done

if huge_pages; then
	experiment 0 demand-paging --thp on && says '"of": "minor", "least": 2, "most": 2, "counted": 2' &&
		experiment 0 cow --thp on && says '"counted": 1024'
	result $? "with huge pages other results are expected, and come"
else
	skip "no huge pages" "with huge pages other results are expected, and come"
fi

no_groups && [ -z "$(pgrep -x "pagestat(-lab)?")" ] && [ "$(ls -A "$disk")" = lost+found ]
result $? "no control group, no process and no file is left behind"
