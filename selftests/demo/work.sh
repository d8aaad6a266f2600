#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# work.sh - in the VM: run a workload with faults of all kinds, record it, and show it by
# pagestat top in a terminal
#
# usage: work.sh FOLDER
#
# Puts the recording and the screen, with its colours, into FOLDER.

set -eu
folder=$1

terminal()
{
	tmux -S /tmp/demo.tmux "$@"
}

# A compiler, and at the same time store.pl, in a control group.
work()
{
	mkdir -p /tmp/cgroup
	mount -t cgroup2 none /tmp/cgroup
	echo +memory >/tmp/cgroup/cgroup.subtree_control
	mkdir /tmp/cgroup/store
	gcc -O2 -D_GNU_SOURCE -c selftests/lib/subject.c -o /tmp/subject.o
	(
		echo $BASHPID >/tmp/cgroup/store/cgroup.procs
		exec selftests/demo/store.pl 16000 /tmp/cgroup/store
	) &
	sleep 15
	gcc -O2 -D_GNU_SOURCE -c selftests/lib/subject.c -o /tmp/subject.o
	wait
}

pagestat record -o "$folder/recording" 0.5 &
recorder=$!
terminal -f /dev/null new-session -d -x 100 -y 24 \
	'env LC_ALL=C.UTF-8 TERM=screen-256color pagestat top --sort cow,minor'
work &
worker=$!

# Keep the screen on which most is copied.
most=0
while kill -0 $worker 2>/dev/null; do
	terminal capture-pane -e -p >/tmp/screen
	copied=$(sed -n 's/^machine: .* cow \([0-9]*\) .*/\1/p' /tmp/screen)
	if [ "${copied:-0}" -ge "$most" ]; then
		most=${copied:-0}
		cp /tmp/screen "$folder/screen"
	fi
	sleep 0.5
done
terminal kill-server
kill $recorder
wait $recorder
