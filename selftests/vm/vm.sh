#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vm.sh - boot a kernel with this machine's files, or with the root of its Debian suite if
# that is another, load the module, and run a command or a shell
#
# usage: [NAME=VALUE...] vm.sh
#
#   KERNEL	which kernel of the list "kernels" in this folder (the first of this machine's
#		suite, or of all)
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
# All that is needed has to be installed and built before (make vm does that).  The
# project has its own path in the VM, and can be written to; what is written to other
# files of this machine is lost when the VM ends.
#
# stdout, stderr and the status are those of CMD, except:
#
#   251		the VM did not boot (with a thread for each processor: three times),
#		or the module did not load
#   252		the VM ended before CMD did
#   253		the VM was ended after TIMEOUT
#   254		the kernel log has a fault, whatever CMD's status was
#
# In LOGDIR: console.log, which is the kernel's log, with those of tries before the
# last; qemu.log; stdout and stderr.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

KERNEL=${KERNEL:-$(kernel_default)}
LOAD=${LOAD:-yes}
# Seconds that it may take to boot.
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

# The initramfs is two archives, one after the other: busybox and modules, which are
# made once for each kernel, and the files of this run.
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

# All processors are emulated by one thread, in turn.  With a thread for each, QEMU (7.2
# at least) may execute an old translation of an instruction that another processor has
# changed.  Arming a kprobe changes instructions: under a load of faults, kprobe events
# alone crash such a VM within seconds.
accel=${ACCEL:-tcg,thread=single}
read -ra more <<<"${QEMU:-}"

# Without erms and fsrm: with these, the kernel copies and clears pages by "rep movsb",
# which is emulated byte by byte.
# shellcheck disable=SC2054	# the commas are QEMU's
# shellcheck disable=SC2154	# kernel_row sets arch
case $arch in
arm64)	machine=(qemu-system-aarch64 -machine virt,gic-version=3 -cpu max,pauth-impdef=on,sve=off)
	console=ttyAMA0 ;;
*)	machine=("qemu-system-$arch" -cpu max,erms=off,fsrm=off,monitor=off)
	console=ttyS0 ;;
esac

# norandmaps: code that is mapped at another address in each process would be translated
# again for each.
# shellcheck disable=SC2054	# the commas are QEMU's
qemu=(
	"${machine[@]}" -nodefaults -no-user-config -no-reboot -display none
	-accel "$accel" -smp "${CPUS:-2}" -m "${MEM:-2048}"
	-kernel "$image" -initrd "$work/initramfs"
	# All levels of the log go to the console; an oops is a panic, which ends the
	# VM.  On a busy host, the kernel's checks of timer and TSC may fail.  ACPI's
	# routing of PCI interrupts takes an emulated processor a second.
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

# CMD's output goes through files: with a pipe whose reader is slow, the VM would wait in
# a write with interrupts off.
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

# The terminal is the VM's, with Ctrl-C.  The size of its window is passed in a file,
# which is written now and whenever it changes.
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
	# A trapped signal ends "wait", but not the VM.
	while kill -0 $pid 2>/dev/null; do
		wait $pid
		status=$?
	done
	stty "$saved"
	return "$status"
}

# show LOG [LINES]: print the end of it to stderr
show()
{
	echo "--- the end of $1 ---" >&2
	tail -n "${2:-80}" "$1" | tr -d '\r' >&2
	echo "---" >&2
}

# With a thread for each processor (above), the VM may crash while it boots, too, as the
# kernel changes its code then: try three times.  Once the module is loaded, a crash is a
# result.
boot_retry()
{
	local try

	for try in 1 2 3; do
		boot_command
		vm_status=$?
		[[ ! -s $LOGDIR/status && $accel == *thread=multi* && $vm_status -eq 0 ]] || return 0
		[ $try -lt 3 ] || return 0
		say "the VM (kernel $release) did not boot: it is tried again" >&2
		cp "$LOGDIR/console.log" "$LOGDIR/console.log.$try"
	done
}

if [ -n "${CMD:-}" ]; then
	boot_retry
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
	die "$EXIT_DIED" "the VM (kernel $release) ended before the command did" ;;
0,exit\ *)
	;;
*)
	show "$LOGDIR/qemu.log"
	show "$LOGDIR/console.log"
	die "$EXIT_BOOT" "the VM (kernel $release) did not boot" ;;
esac
if [ -n "$faults" ]; then
	echo "$faults" | head -n 20 >&2
	die "$EXIT_KLOG" "the kernel log of this run has a fault in it (above;" \
	    "the command's status was ${last#exit }): $LOGDIR/console.log"
fi
exit "${last#exit }"
