#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# guest.sh - process 1 of the VM once it has its root: load the module, run the
# command, say how that went, power off
#
# vm.sh puts it into the initramfs together with "settings" (the variables that
# are in capitals below) and "command".

# shellcheck source=/dev/null
. /run/vm/settings
export PATH=$BUILT/userspace:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LANG=C.UTF-8 TERM=$TERM PAGESTAT_KO=$MODULE
export OUTPUT=$BUILT/build/selftests

# The port's device by the name that vm.sh gave it.
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

# What every program opens, and programs that scripts start all the time, are copied
# into this machine's memory, which is done by touching them: of the host's files each
# open, each link in a path, and each name that a locale is looked for by is a message
# to the host, and scripts take half as long again.  What is not there is left out.
near()
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

# A line a step: vm.sh goes by the last one.
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

# End what the command left running, which holds its output open.  What has no
# /proc/PID/exe is a kernel thread.
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

# The command writes to pipes, as it would on the host: a port can only be opened
# once, and a script may well open /dev/stderr again.
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

# A shell on the terminal that make was started on.  The host writes the size of
# its window into a file; the shell looks there before each prompt.
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

near
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
