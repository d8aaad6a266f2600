#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_trust.sh - who may see what, and that names cannot pass for numbers
#
# Runs in the VM, as root, with the tool in PATH and the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

# As somebody else: nobody, in the group that has the number $1.
readonly NOBODY=65534 READERS=4242
as_nobody()
{
	setpriv --reuid=$NOBODY --regid="$1" --clear-groups -- "${@:2}"
}

# The status of a command, which says something on stderr and nothing on stdout.
refused()
{
	local status=$1

	shift
	"$@" >/tmp/trust.out 2>/tmp/trust.err
	[ $? -eq "$status" ] && [ ! -s /tmp/trust.out ] && [ -s /tmp/trust.err ]
}

echo "TAP version 13"
echo "1..16"

reload

# ---- only root, until root says otherwise

refused 4 as_nobody $NOBODY pagestat && grep -q 'for root' /tmp/trust.err
result $? "who is not root is refused, and told so"

share=/run/pagestat
mkdir -p $share
mount --bind $dir $share && chgrp $READERS $share/* && chmod g+r $share/[!r]*
result $? "root can bind the directory elsewhere, and give the files to a group"

as_nobody $READERS pagestat --csv -o pid,minor,comm >/tmp/trust.out &&
	grep -q ',test_trust.sh$' /tmp/trust.out
result $? "who is in the group can read them"

refused 4 as_nobody $NOBODY pagestat
result $? "who is not cannot"

! as_nobody $READERS sh -c "echo 1 >$share/reset" 2>/dev/null &&
	! as_nobody $READERS ls /sys/kernel/debug >/dev/null 2>&1
result $? "nor can the group reset, or see the rest of debugfs"

umount $share
reload

# ---- what is written to files that take something

# refuses FILE TEXT: in one write
refuses()
{
	! printf '%s' "$2" | dd bs=1M iflag=fullblock of="$1" 2>/dev/null ||
		{ echo "# ${1##*/} took \"${2:0:20}\""; bad=1; }
}

bad=0
since=$(column system since_ns)
for text in 0 2 -1 x "1 1" 1x 0x1 99999999999999999999 $'1\n1' \
	    "$(printf '%01000000d' 1)" "$(printf '1%01000000d' 0)"; do
	refuses $dir/reset "$text"
done
! dd if=/dev/zero of=$dir/reset bs=1M count=1 2>/dev/null || bad=1
[ $bad = 0 ] && [ "$(column system since_ns)" -gt "$since" ]
result $? "reset takes nothing but 1"

since=$(column system since_ns)
printf 1 >$dir/reset && echo 1 >$dir/reset && [ "$(column system since_ns)" -lt "$since" ]
result $? "with or without a newline"

latency=/sys/module/pagestat/parameters/latency
bad=0
for text in 2 maybe -1 x; do
	refuses $latency "$text"
done
[ $bad = 0 ] && [ "$(cat $latency)" = N ]
result $? "latency takes nothing but yes and no"

# ---- names

names=($'a\nb' $'1\t999999\t9' $'\e[2J\e]0;x\a' $'\xff\xfe\x80' 'q"u,o\te' '{"pid":1}' $'\r\x9b31m'
       '<b>&amp;' "'; rm" '%s%n%s%n')
for i in "${!names[@]}"; do
	"$OUTPUT/named" "${names[i]}" &
	pids+=($!)
done
sleep 0.5

cat $dir/processes >/tmp/trust.out
[ "$(awk -F '\t' 'NR == 1 { n = NF } NF != n' /tmp/trust.out | wc -l)" = 0 ] &&
	! LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' /tmp/trust.out
result $? "in the files a name cannot begin a row or a column, or hold a control character"

list=$(IFS=,; echo "${pids[*]}")
for locale in C C.UTF-8; do
	LC_ALL=$locale pagestat -p "$list" -o pid,minor,comm >/tmp/trust.out 2>&1
	[ "$(wc -l </tmp/trust.out)" -eq $((${#names[@]} + 1)) ] &&
		! LC_ALL=C grep -q $'[\x01-\x09\x0b-\x1f\x7f]' /tmp/trust.out &&
		! LC_ALL=C.UTF-8 grep -qP '[\x{80}-\x{9f}]' /tmp/trust.out
	result $? "nor in a table, in the locale $locale"
done

pagestat --json -p "$list" | python3 -c '
import json, sys
rows = json.load(sys.stdin)["processes"]
assert len(rows) == '"${#names[@]}"' and all(isinstance(r["minor"], int) for r in rows)'
result $? "nor in JSON, which is read as it was meant"

pagestat --csv -o pid,minor,comm -p "$list" | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
assert len(rows) == 1 + '"${#names[@]}"' and all(len(r) == 3 and r[1].isdigit() for r in rows[1:])'
result $? "nor in CSV"

pagestat --openmetrics -p "$list" | python3 -c '
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
names = {s.labels.get("comm") for f in parse(sys.stdin.read()) for s in f.samples if "pid" in s.labels}
assert len(names) == '"${#names[@]}"', names'
result $? "nor in OpenMetrics"
kill "${pids[@]}"
wait 2>/dev/null

! grep -E '(^|[^0-9a-f])(0x)?ffff[0-9a-f]{12}' $dir/{version,processes,threads,children,exited,latency,system,probes}
result $? "no file holds an address of the kernel"

# ---- another PID namespace

unshare --pid --fork --mount-proc bash -c '
	pagestat --csv -o pid,cgroup,comm >/tmp/trust.out 2>/tmp/trust.err
	pagestat run -- true 2>/tmp/trust.run
	echo $? >>/tmp/trust.run'
grep -q 'initial PID namespace' /tmp/trust.err && ! cut -d, -f2 /tmp/trust.out | grep -q / &&
	[ "$(tail -n 1 /tmp/trust.run)" = 125 ]
result $? "in another PID namespace it says whose process ids it shows, and looks none up"
