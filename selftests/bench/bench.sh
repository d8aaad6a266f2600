#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# bench.sh - measure how many instructions pagestat and other tools add to one fault, by
# kind of fault
#
# usage: [KERNEL=NAME | KERNEL=all] bench.sh [--write | --guard | --reading | --programs |
#	--bounds]
#
#   KERNEL	of vm/kernels, or "all"; without it, 6.1 and 6.12
#   --write	put the figures into the file "figures", which is committed, and
#		the tables of it into README.md and module/Documentation
#   --guard	measure pagestat alone, and fail if a figure is more than 5 % above
#		the one in "figures"
#   --reading	what it costs to read the counters of many processes: reading.sh
#   --programs	what real programs cost with and without pagestat: programs.sh
#   --bounds	how long births and deaths have to wait at most: bounds.sh, with THREADS and
#		ENDED (131072, 65536); and that none is lost: births.sh, with BIRTHS (50000)
#
# The VM has one processor and a clock that counts instructions (QEMU's -icount), so
# that figures do not depend on the machine.  Without any tool, it measures first and
# last in the same boot, which must agree within 0.5 % (swap-in: 1 %).  Prints a Markdown
# table for each kernel, which is kept in build/bench, with all figures as cost.csv.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

readonly OUT=$TOP/build/bench BENCH=$TOP/selftests/bench
mode=${1:-}
case ${KERNEL:-} in
'')	kernels=(6.1 6.12) ;;
all)	mapfile -t kernels < <(kernel_names "") ;;
*)	kernels=("$KERNEL") ;;
esac

# build_programs KERNEL: what runs in the VM, for the root that it has
build_programs()
{
	local to source program

	kernel_row "$1"
	# shellcheck disable=SC2154	# kernel_row sets it
	to=$(built_in "$suite")/build/bench
	mkdir -p "$to"
	for source in "$BENCH"/{faults,cost}.c "$TOP"/selftests/programs/{crowd,ended,threads}.c; do
		program=${source##*/}
		program=${program%.c}
		# shellcheck disable=SC2016	# for the other shell
		"$TOP/selftests/setup/in-root.sh" "$1" sh -c '${CC:-gcc} ${CFLAGS:--O2} "$@"' sh \
			-static -pthread -Wall -Wextra -Werror -D_GNU_SOURCE -o "$to/$program" \
			"$source" || return
	done
}

# build_module KERNEL FOLDER: a module that is in the folder of its name
build_module()
{
	local to

	to=$OUT/$(kernel_release "$1")/${2##*/}
	mkdir -p "$to"
	ln -sf "$2"/* "$to"
	"$TOP/selftests/setup/in-root.sh" "$1" \
		make -s -C "$(kernel_build "$1")" M="$to" modules >"$to/log" 2>&1 ||
		die 1 "the module ${2##*/} does not build for $1:" "$(cat "$to/log")"
}

# counting KERNEL COMMAND: run it in a VM whose clock counts instructions
counting()
{
	say "kernel $1: counting instructions"
	KERNEL=$1 CMD=$2 CPUS=${CPUS:-1} LOAD=${LOAD:-no} MEM=${MEM:-4096} TIMEOUT=3600 \
		QEMU='-icount shift=0,sleep=off' "$TOP/selftests/vm/vm.sh"
}

# measure KERNEL WORD...: print the figures of measure.sh WORD..., as "figures" has them
measure()
{
	local kernel=$1 lines

	shift
	lines=$(MEM=2048 counting "$kernel" "selftests/bench/measure.sh $*") || return
	awk -v of="$kernel\t$(kernel_release "$kernel")\t$(date +%F)" \
		'{ print of "\t" $0 }' <<<"$lines"
}

# second_starts KERNEL: before 6.5, a VM with two processors whose clock counts
# instructions hangs in the boot, where the first waits for the second
second_starts()
{
	[ "$(printf '%s\n' 6.5 "$1" | sort -V | head -n 1)" = 6.5 ]
}

# repeats FILE: whether the figures that were measured twice in a boot agree, and those
# with a reader and without
repeats()
{
	awk -F '\t' '
		$4 == "nothing" { first[$5] = $6 }
		$4 == "two-pagestat" { first[$5] = $6 }
		$4 == "nothing-again" || $4 == "two-reader" {
			# The time to store a page in zram depends on what is there.
			percent = $5 ~ /^swap/ ? 1 : 0.5
			off = $6 - first[$5]
			if (off < 0)
				off = -off
			# The clock of arm64 has a tick for 16 instructions.
			if (off * 100 > percent * first[$5] && !($1 ~ /arm64/ && off <= 16)) {
				print $1 ": " $4 ": " $5 ": " first[$5] " before, " $6 \
				      " now: not within " percent " %"
				bad = 1
			}
		}
		END { exit bad }' "$1" >&2
}

case $mode in
--guard)	parts=(tool) ;;
*)		parts=(tool bench) ;;
esac
[ "$mode" = "" ] || [ "$mode" = --write ] || kernels=("${kernels[0]}")
"$TOP/selftests/setup/setup.sh" "${parts[@]}" &&
	"$TOP/selftests/setup/build.sh" "${kernels[@]}" || exit
mkdir -p "$OUT"
for kernel in "${kernels[@]}"; do
	build_programs "$kernel" || exit
done

case $mode in
--guard)
	build_module "${kernels[0]}" "$TOP/selftests/programs/stall"
	measure "${kernels[0]}" quick >"$OUT/guard" || exit
	"$BENCH/table.sh" above "$OUT/guard"
	exit
	;;
--reading)
	LOAD=yes counting "${kernels[0]}" "selftests/bench/reading.sh 1000 10000"
	exit
	;;
--bounds)
	# shellcheck disable=SC2046	# two variables
	"$TOP/selftests/setup/in-root.sh" "${kernels[0]}" make -s -C "$TOP" module KERNEL= PAGESTAT_HOLD=y \
		$("$TOP/selftests/setup/kbuild.sh" "${kernels[0]}") || exit
	build_module "${kernels[0]}" "$BENCH/reader"
	release=$(kernel_release "${kernels[0]}")
	{
		say "kernel ${kernels[0]}: births while grace periods are long"
		KERNEL=${kernels[0]} CPUS=4 TIMEOUT=1800 \
			CMD="selftests/bench/births.sh $OUT/$release/reader/reader.ko ${BIRTHS:-50000}" \
			"$TOP/selftests/vm/vm.sh"
		MEM=12288 counting "${kernels[0]}" "selftests/bench/bounds.sh \
			$TOP/build/$release-hold/pagestat.ko ${THREADS:-131072} ${ENDED:-65536}"
	} | awk '{ print } /^not ok/ { bad = 1 } /^ok/ { good++ } END { exit bad || good < 12 }'
	exit
	;;
--programs)
	settings=
	for name in PAIRS DATA WRITES CFILES FORKS; do
		[ -z "${!name:-}" ] || settings+="$name=${!name} "
	done
	counting "${kernels[0]}" "${settings}selftests/bench/programs.sh"
	exit
	;;
esac

for kernel in "${kernels[@]}"; do
	figures=$OUT/$kernel.figures
	build_module "$kernel" "$BENCH/bare"
	build_module "$kernel" "$TOP/selftests/programs/stall"
	measure "$kernel" >"$figures" || exit
	! second_starts "$kernel" || CPUS=2 measure "$kernel" readers >>"$figures" || exit
	repeats "$figures" || exit
	all+=("$figures")
done
cat "${all[@]}" >"$OUT/figures"
"$BENCH/table.sh" markdown "$OUT/figures" | tee "$OUT/cost.md"
"$BENCH/table.sh" csv "$OUT/figures" >"$OUT/cost.csv"
say "the tables are in $OUT: cost.md and cost.csv"
if [ "$mode" = --write ]; then
	# Figures of kernels that were not measured now are kept.
	new=$(awk -F '\t' 'NR == FNR { now[$1] = 1 }
			   $4 != "nothing-again" && (NR == FNR || !($1 in now))' \
		"$OUT/figures" "$BENCH/figures")
	sort -s -t$'\t' -k1,1V <<<"$new" >"$BENCH/figures"
	"$BENCH/table.sh" --write
fi
