#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_lab.sh - each experiment of pagestat lab comes to what it expects, and says so
# if it does not; and leaves nothing behind
#
# Runs in the VM, as root, with the tool in PATH.

. lib/lib.sh
. lib/experiments.sh

# A kernel for real time makes none.
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
	result $? "$name: $passed as expected"
	if [ "$name" = demand-paging ] && ! huge_pages; then
		skip "no huge pages" "$name: done wrongly"
		continue
	fi
	experiment 8 "$name" --break && [ "$failed" -gt 0 ]
	result $? "$name: done wrongly, $failed are not"
done

if huge_pages; then
	experiment 0 demand-paging --thp on && says '"of": "minor", "least": 2, "most": 2, "counted": 2' &&
		experiment 0 cow --thp on && says '"counted": 1024'
	result $? "with huge pages it is other numbers, and as expected"
else
	skip "no huge pages" "with huge pages it is other numbers, and as expected"
fi

no_groups && [ -z "$(pgrep -x "pagestat(-lab)?")" ] && [ "$(ls -A "$disk")" = lost+found ]
result $? "nothing is left behind: no group, no process, no file"
