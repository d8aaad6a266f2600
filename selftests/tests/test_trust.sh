#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test_trust.sh - who may read and write what; and names of processes cannot be taken for
# anything else
#
# Runs in the VM, as root, with the tool in PATH and the programs in $OUTPUT.

# shellcheck disable=SC2119	# the arguments of reload() are optional

. lib/lib.sh

# as_nobody GID COMMAND...: as the user nobody, in that group
readonly NOBODY=65534 READERS=4242
as_nobody()
{
	setpriv --reuid=$NOBODY --regid="$1" --clear-groups -- "${@:2}"
}

# refused STATUS COMMAND...: whether it ends so, with a message and without output
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

# ---- only root can read, unless root gives others access

refused 4 as_nobody $NOBODY pagestat && grep -q 'for root' /tmp/trust.err
result $? "a user other than root is refused, with a message"

share=/run/pagestat
mkdir -p $share
mount --bind $dir $share && chgrp $READERS $share/* && chmod g+r $share/[!r]*
result $? "root can bind-mount the directory, and give the files to a group"

as_nobody $READERS pagestat --csv -o pid,minor,comm >/tmp/trust.out &&
	grep -q ',test_trust.sh$' /tmp/trust.out
result $? "a member of the group can read them"

refused 4 as_nobody $NOBODY pagestat
result $? "a user who is not in the group cannot"

! as_nobody $READERS sh -c "echo 1 >$share/reset" 2>/dev/null &&
	! as_nobody $READERS ls /sys/kernel/debug >/dev/null 2>&1
result $? "the group cannot reset, nor read the rest of debugfs"

umount $share
reload

# ---- writes

# refuses FILE TEXT: TEXT is refused, in one write; else $bad is set
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
result $? "reset refuses all but 1"

since=$(column system since_ns)
printf 1 >$dir/reset && echo 1 >$dir/reset && [ "$(column system since_ns)" -lt "$since" ]
result $? "reset takes 1 with or without a newline"

latency=/sys/module/pagestat/parameters/latency
bad=0
for text in 2 maybe -1 x; do
	refuses $latency "$text"
done
[ $bad = 0 ] && [ "$(cat $latency)" = N ]
result $? "latency refuses all but yes and no"

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
result $? "in the files, a name cannot begin a row or a column, or have control characters"

list=$(IFS=,; echo "${pids[*]}")
for locale in C C.UTF-8; do
	LC_ALL=$locale pagestat -p "$list" -o pid,minor,comm >/tmp/trust.out 2>&1
	[ "$(wc -l </tmp/trust.out)" -eq $((${#names[@]} + 1)) ] &&
		! LC_ALL=C grep -q $'[\x01-\x09\x0b-\x1f\x7f]' /tmp/trust.out &&
		! LC_ALL=C.UTF-8 grep -qP '[\x{80}-\x{9f}]' /tmp/trust.out
	result $? "neither can it in a table, in the locale $locale"
done

pagestat --json -p "$list" | python3 -c '
import json, sys
rows = json.load(sys.stdin)["processes"]
assert len(rows) == '"${#names[@]}"' and all(isinstance(r["minor"], int) for r in rows)'
result $? "JSON with such names is valid"

pagestat --csv -o pid,minor,comm -p "$list" | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
assert len(rows) == 1 + '"${#names[@]}"' and all(len(r) == 3 and r[1].isdigit() for r in rows[1:])'
result $? "CSV with such names is valid"

pagestat --openmetrics -p "$list" | python3 -c '
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
names = {s.labels.get("comm") for f in parse(sys.stdin.read()) for s in f.samples if "pid" in s.labels}
assert len(names) == '"${#names[@]}"', names'
result $? "OpenMetrics with such names are valid"
kill "${pids[@]}"
wait 2>/dev/null

! grep -E '(^|[^0-9a-f])(0x)?ffff[0-9a-f]{12}' $dir/{version,processes,threads,children,exited,latency,system,probes}
result $? "no file has an address of the kernel"

# ---- another PID namespace

unshare --pid --fork --mount-proc bash -c '
	pagestat --csv -o pid,cgroup,comm >/tmp/trust.out 2>/tmp/trust.err
	pagestat run -- true 2>/tmp/trust.run
	echo $? >>/tmp/trust.run'
grep -q 'initial PID namespace' /tmp/trust.err && ! cut -d, -f2 /tmp/trust.out | grep -q / &&
	[ "$(tail -n 1 /tmp/trust.run)" = 125 ]
result $? "in another PID namespace, the tool says so, and looks no pid up in /proc"
