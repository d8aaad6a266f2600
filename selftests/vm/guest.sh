#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# guest.sh - process 1 of the VM after init: load the module, run the command, report its
# status, power off
#
# vm.sh puts it into the initramfs, with "settings" (variables in capitals) and
# "command".

# shellcheck source=/dev/null
. /run/vm/settings
export PATH=$BUILT/userspace:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LANG=C.UTF-8 TERM=$TERM PAGESTAT_KO=$MODULE
export OUTPUT=$BUILT/build/selftests

# port NAME: print the device of the virtio port that vm.sh gave that name
port()
{
	local file name

	for file in /sys/class/virtio-ports/*/name; do
		read -r name <"$file"
		[ "$name" = "$1" ] || continue
		file=${file%/name}
		echo "/dev/${file##*/}"
	done
}

# Copy the files that all programs open, and the programs that scripts start most, into
# the VM's memory, by touch(1), which makes overlayfs copy them.  Each open and each link
# in a path of a file of the host takes a message to the host: scripts would take half as
# long again.  Files that are not there are ignored.
copy_up()
{
	local libraries
	local -a touch=(/run/vm/busybox touch -c)

	libraries=/lib/$(uname -m)-linux-gnu
	[ ! -d /usr/lib/locale/C.utf8 ] || ln -sn C.utf8 /usr/lib/locale/C.UTF-8
	"${touch[@]}" -h /bin /sbin /lib /lib64 /usr/bin/awk /etc/alternatives/awk \
		"$libraries"/lib{smartcols.so.1,{c,m,tinfo,ncursesw}.so.6,pcre2-8.so.0,pcre.so.3,z.so.1}
	"${touch[@]}" /etc/ld.so.cache /lib*/ld-linux-*.so.* \
		/usr/lib/locale/C.*/LC_* /usr/lib/locale/C.*/LC_MESSAGES/* \
		/usr/share/locale/locale.alias "/usr$libraries/gconv/gconv-modules.cache" \
		"$libraries"/lib{selinux.so.1,smartcols.so.1,{c,m,tinfo,ncursesw}.so.6,pcre2-8.so.0,pcre.so.3,z.so.1} \
		/{,usr/}bin/{awk,bash,cat,cut,grep,mkfifo,paste,sed,sleep,timeout,true,wc}
}

# report TEXT: vm.sh reads the last line
report()
{
	echo "$*" >"$STATUS_PORT"
}

power_off()
{
	cd /
	sync
	/run/vm/busybox poweroff -f
	sleep 60
}

# Kill what the command left running, which has its output open.  Kernel threads have no
# /proc/PID/exe.
end_others()
{
	local dir pid

	for dir in /proc/[0-9]*; do
		pid=${dir#/proc/}
		case " 1 $* " in
		*" $pid "*)	;;
		*)		[ ! -e "$dir/exe" ] || kill -9 "$pid" ;;
		esac
	done 2>/dev/null
}

# The command writes to pipes: a port can be opened only once, and a script may open
# /dev/stderr again.
run_command()
{
	local out err status

	mkfifo /run/vm/stdout /run/vm/stderr
	cat /run/vm/stdout >"$(port stdout)" &
	out=$!
	cat /run/vm/stderr >"$(port stderr)" &
	err=$!
	setsid -w bash /run/vm/command </dev/null >/run/vm/stdout 2>/run/vm/stderr
	status=$?
	end_others $out $err
	wait $out $err
	return $status
}

# A shell on the terminal that make was started on.  The host writes the size of the
# window to a file, which the shell reads before each prompt.
run_shell()
{
	cat >/run/vm/bashrc <<-'END'
		[ -r ~/.bashrc ] && . ~/.bashrc
		PS1='[\h] \w# '
		PROMPT_COMMAND='read -r rows cols <"$VM_WINDOW" && stty rows $rows cols $cols'
	END
	export VM_WINDOW=$WINDOW
	setsid -w -c bash --rcfile /run/vm/bashrc -i <>/dev/hvc0 >&0 2>&0
	return 0
}

STATUS_PORT=$(port status)
echo "pagestat-${KERNEL//[^0-9a-z]/-}" >/proc/sys/kernel/hostname

copy_up
report booted
if [ -n "$MODULE" ] && [ "$LOAD" != no ]; then
	# shellcheck disable=SC2086	# PARAMS is a list
	if ! error=$(insmod "$MODULE" $PARAMS 2>&1); then
		report "failed: the module did not load: $error"
		power_off
	fi
fi
report ready

cd "$PROJECT" || power_off
if [ -e /run/vm/command ]; then
	run_command
else
	run_shell
fi
report "exit $?"
power_off
