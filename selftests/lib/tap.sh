# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# tap.sh - print the results of a test written in shell, as TAP
#
# To be sourced by bash.  A script that has a trap on EXIT of its own ends that with
# end_results.

number=0
not_ok=0

# end_results: with a result that is bad, the script ends with status 1; else with its own
end_results()
{
	[ $not_ok -eq 0 ] || exit 1
}
trap end_results EXIT

# result STATUS NAME
result()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number $2"
	else
		echo "not ok $number $2"
		not_ok=1
	fi
}

# skip WHY NAME: a result that this machine cannot give
skip()
{
	number=$((number + 1))
	echo "ok $number $2 # SKIP $1"
}
