#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# show.sh - in the VM: run the demo's workload, print pagestat's table of the parent and
# the child, and what it shows, in two lines
#
# usage: show.sh PROGRAM	which demo.sh has built from fork-write.c

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit

readonly MEBIBYTES=100 SWAPPED=40

# counter PID NAME: print one number of the table
counter()
{
	pagestat -r --no-headings -a -p "$1" -o "$2"
}

cat <<END
A process touches $MEBIBYTES MiB and forks.  Its child writes all of them, has $SWAPPED MiB
sent to swap and reads them back.  Then the parent writes its own once more.

END

exec 3< <(exec "$1" $MEBIBYTES $SWAPPED)
read -r parent child <&3 || exit

pagestat -p "$parent,$child" || exit

copied=$(counter "$child" cow_anon)
swapped=$(counter "$child" swapin)
kept=$(counter "$parent" reuse)
echo
echo "child paid for the fork: $copied pages copied, $swapped brought back from swap."
echo "parent wrote the same pages later and kept $kept of them: no longer shared."

kill "$parent"
