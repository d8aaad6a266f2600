# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# tap.sh - print the results of a test written in shell, as TAP
#
# To be sourced by bash.

number=0

# result STATUS NAME
result()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number $2"
	else
		echo "not ok $number $2"
	fi
}

# skip WHY NAME: a result that this machine cannot give
skip()
{
	number=$((number + 1))
	echo "ok $number $2 # SKIP $1"
}
