#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# load.sh - the module is loaded, publishes its files, and can be unloaded

dir=/sys/kernel/debug/pagestat
number=0

echo "TAP version 13"
echo "1..4"

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

abi=$(sed -n 's/^#define PAGESTAT_ABI[[:space:]]*//p' ../module/uapi/pagestat.h)
[ "$(cat $dir/version)" = "$abi" ]
result $? "version is the header's PAGESTAT_ABI"

[ "$(stat -c %a $dir/version)" = 400 ]
result $? "files are readable by root only"

rmmod pagestat && [ ! -e $dir ]
result $? "nothing is left after rmmod"

insmod "$PAGESTAT_KO" && [ -e $dir/version ]
result $? "it can be loaded again"
