#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vm.sh - boot a kernel with this machine's userland, or that of its own Debian
# suite where that is another, load the module, and run a command or a shell in it
#
# usage: [NAME=VALUE...] vm.sh
#
#   KERNEL	which kernel of the list "kernels" beside this file (6.1)
#   CMD		a command for bash; without it, a root shell on the terminal
#   LOAD	no: do not load the module; its path is in $PAGESTAT_KO
#   PARAMS	parameters for the module
#   TIMEOUT	seconds until the VM is ended (900; a shell: 14400)
#   MEM, CPUS	the VM's memory in MiB and its processors (2048, 2)
#   SWAP	the size of the zram swap; 0: none (512M)
#   APPEND	more for the kernel's command line
#   ACCEL	QEMU's accelerator (tcg,thread=single); kvm is never tried unless
#		named here
#   QEMU	more arguments for QEMU, separated by blanks
#   LOGDIR	where to keep the logs (a new folder under build/vm)
#
# Everything needed has been built and installed (make vm does that).  The
# project's folder is at its own place in the VM, and can be written; the rest of
# this machine's files can be read, and what is written to them is lost.
#
# stdout, stderr and the status are those of CMD, but these:
#
#   251		the VM did not come up (with a thread a processor: in three tries),
#		or the module did not load
#   252		the VM died before CMD ended
#   253		the VM was ended because its time was up
#   254		the kernel log has a fault in it, whatever CMD's status was
#
# In LOGDIR: console.log, the kernel's log, and those of tries before the last;
# qemu.log; stdout and stderr.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

KERNEL=${KERNEL:-6.1}
LOAD=${LOAD:-yes}
# Seconds until it has come up, or never will.
readonly BOOT_TIMEOUT=600
VM=$TOP/selftests/vm

kernel_row "$KERNEL"
release=$(kernel_release "$KERNEL") ||
	die "$EXIT_BOOT" "kernel $KERNEL is not set up: run make vm, or" \
	    "selftests/setup/setup.sh vm kernel=$KERNEL"
kernel=$(kernel_dir "$KERNEL")
root=$(suite_root "$suite")
module=$TOP/build/$release/pagestat.ko
[ -e "$module" ] || module=
[ -n "$module" ] || [ "$LOAD" = no ] ||
	die "$EXIT_BOOT" "the module is not built for $release: run make module KERNEL=$KERNEL"

# Keep the logs of the last runs only.
if [ -z "${LOGDIR:-}" ]; then
	mkdir -p "$TOP/build/vm"
	LOGDIR=$(mktemp -d "$TOP/build/vm/$KERNEL-XXXXXX")
	ln -sfnT "${LOGDIR##*/}" "$TOP/build/vm/last"
	find "$TOP/build/vm" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' |
		sort -rn | sed -n '21,$s/^[^ ]* //p' | xargs -rd '\n' rm -rf
fi
mkdir -p "$LOGDIR"
LOGDIR=$(cd "$LOGDIR" && pwd)
for log in console.log qemu.log stdout stderr status; do
	: >"$LOGDIR/$log"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The initramfs is two archives, one after the other: busybox and the kernel's
# modules, made once a kernel, then what is of this run.
"$VM/initramfs.sh" "$KERNEL" || exit "$EXIT_BOOT"
image=$("$VM/vmlinux.sh" "$KERNEL") || exit "$EXIT_BOOT"
mkdir -p "$work/vm"
cp "$VM/init" "$work/init"
cp "$VM/guest.sh" "$work/vm/guest.sh"
chmod 755 "$work/init"
[ -z "${CMD:-}" ] || printf '%s\n' "$CMD" >"$work/vm/command"
for setting in "PROJECT=$TOP" "BUILT=$(built_in "$suite")" "MODULE=$module" "KERNEL=$KERNEL" "LOAD=$LOAD" \
	       "PARAMS=${PARAMS:-}" "SWAP=${SWAP:-512M}" "TERM=${TERM:-linux}" \
	       "WINDOW=$LOGDIR/window"; do
	printf '%s=%q\n' "${setting%%=*}" "${setting#*=}"
done >"$work/vm/settings"
{
	cat "$kernel/initramfs.cpio"
	(cd "$work" && find init vm | cpio -o -H newc -R 0:0 --quiet)
} >"$work/initramfs"

# The processors take turns on one thread.  With a thread each, QEMU (7.2 at
# least) can go on running what was translated of an instruction that another
# processor has changed since.  Arming a kprobe changes instructions: under a load
# of faults, the kernel's own kprobe events bring such a machine down in seconds.
accel=${ACCEL:-tcg,thread=single}
read -ra more <<<"${QEMU:-}"

# Emulated, a processor of x86 that says that it is fast at "rep movsb" copies and
# clears pages byte by byte.
# shellcheck disable=SC2054	# the commas are QEMU's
# shellcheck disable=SC2154	# kernel_row sets arch
case $arch in
arm64)	machine=(qemu-system-aarch64 -machine virt,gic-version=3 -cpu max,pauth-impdef=on,sve=off)
	console=ttyAMA0 ;;
*)	machine=("qemu-system-$arch" -cpu max,erms=off,fsrm=off,monitor=off)
	console=ttyS0 ;;
esac

# What is mapped at another address in each process (norandmaps) is translated anew
# for each.
# shellcheck disable=SC2054	# the commas are QEMU's
qemu=(
	"${machine[@]}" -nodefaults -no-user-config -no-reboot -display none
	-accel "$accel" -smp "${CPUS:-2}" -m "${MEM:-2048}"
	-kernel "$image" -initrd "$work/initramfs"
	# The whole log goes to the console, whatever its level; dead is dead.  On a
	# busy machine the timer may seem not to tick when the kernel looks, nor the
	# clock to be right.  To ask ACPI for the interrupts of PCI devices takes an
	# emulated processor a second.
	-append "console=$console ignore_loglevel printk.devkmsg=on oops=panic panic=-1 no_timer_check tsc=reliable acpi=noirq norandmaps ${APPEND:-}"
	-serial "file:$LOGDIR/console.log"
	-device virtio-rng-pci
	-virtfs "local,path=$root,mount_tag=root,security_model=none,readonly=on,multidevs=remap"
	-virtfs "local,path=$TOP,mount_tag=project,security_model=none,multidevs=remap"
	-virtfs "local,path=$kernel/lib/modules/$release,mount_tag=modules,security_model=none,readonly=on,multidevs=remap"
	-device virtio-serial-pci
	-chardev "file,id=status,path=$LOGDIR/status"
	-device virtserialport,chardev=status,name=status
	"${more[@]}"
)

# CMD's output goes through files.  A pipe whose reader is slow would stop the
# VM in the middle of a write, with interrupts off.
boot_command()
{
	local begin=$SECONDS pid status

	timeout --foreground -k 10 "${TIMEOUT:-900}" "${qemu[@]}" \
		-chardev "file,id=stdout,path=$LOGDIR/stdout" \
		-device virtserialport,chardev=stdout,name=stdout \
		-chardev "file,id=stderr,path=$LOGDIR/stderr" \
		-device virtserialport,chardev=stderr,name=stderr \
		</dev/null >"$LOGDIR/qemu.log" 2>&1 &
	pid=$!
	trap 'kill $pid 2>/dev/null; exit 130' INT TERM
	tail -c +1 -f -s 0.1 --pid=$pid "$LOGDIR/stdout" &
	tail -c +1 -f -s 0.1 --pid=$pid "$LOGDIR/stderr" >&2 &
	while kill -0 $pid 2>/dev/null && [ ! -s "$LOGDIR/status" ]; do
		[ $((SECONDS - begin)) -lt $BOOT_TIMEOUT ] || kill $pid
		sleep 1
	done &
	wait $pid
	status=$?
	wait
	return "$status"
}

# The terminal is the VM's: Ctrl-C too.  The window's size is not: it goes by a
# file, now and when it changes.
boot_shell()
{
	local pid saved status

	if [ ! -t 0 ] || [ ! -t 1 ]; then
		die "$EXIT_BOOT" "a shell needs a terminal; for one command, give CMD='...'"
	fi
	echo "pagestat: kernel $release; exit or Ctrl-D ends the VM" >&2
	saved=$(stty -g)
	stty size >"$LOGDIR/window"
	timeout --foreground -k 10 "${TIMEOUT:-14400}" "${qemu[@]}" \
		-chardev stdio,id=tty,signal=off \
		-device virtconsole,chardev=tty \
		<&0 2>"$LOGDIR/qemu.log" &
	pid=$!
	trap 'stty size >"$LOGDIR/window"' WINCH
	trap 'kill $pid 2>/dev/null' INT TERM
	# A trapped signal ends the wait, not the VM.
	while kill -0 $pid 2>/dev/null; do
		wait $pid
		status=$?
	done
	stty "$saved"
	return "$status"
}

# show LOG [LINES]: the end of it, on stderr
show()
{
	echo "--- the end of $1 ---" >&2
	tail -n "${2:-80}" "$1" | tr -d '\r' >&2
	echo "---" >&2
}

# With a thread a processor (above) the kernel's changes to itself can end it while it
# boots, too, and sooner or later do.  So there are three tries to come up; from when
# the module is loaded, whatever happens is a result.
comes_up()
{
	local try

	for try in 1 2 3; do
		boot_command
		vm_status=$?
		[[ ! -s $LOGDIR/status && $accel == *thread=multi* && $vm_status -eq 0 ]] || return 0
		[ $try -lt 3 ] || return 0
		say "the VM (kernel $release) did not come up: once more" >&2
		cp "$LOGDIR/console.log" "$LOGDIR/console.log.$try"
	done
}

if [ -n "${CMD:-}" ]; then
	comes_up
else
	boot_shell
	vm_status=$?
fi

last=$(tail -n 1 "$LOGDIR/status" | tr -d '\r')
faults=$("$VM/klog.sh" "$LOGDIR/console.log")
case $vm_status,$last in
124,* | 137,*)
	show "$LOGDIR/console.log"
	die "$EXIT_TIMEOUT" "the VM was ended after ${TIMEOUT:-900} s (TIMEOUT)" ;;
*,failed:*)
	show "$LOGDIR/console.log" 20
	die "$EXIT_BOOT" "${last#failed: }" ;;
*,ready)
	show "$LOGDIR/console.log"
	die "$EXIT_DIED" "the VM (kernel $release) died before the command ended" ;;
0,exit\ *)
	;;
*)
	show "$LOGDIR/qemu.log"
	show "$LOGDIR/console.log"
	die "$EXIT_BOOT" "the VM (kernel $release) did not come up" ;;
esac
if [ -n "$faults" ]; then
	echo "$faults" | head -n 20 >&2
	die "$EXIT_KLOG" "the kernel log of this run has a fault in it (above;" \
	    "the command's status was ${last#exit }): $LOGDIR/console.log"
fi
exit "${last#exit }"
