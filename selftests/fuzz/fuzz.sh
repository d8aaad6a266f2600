#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# fuzz.sh - run libFuzzer on the functions by which the tool reads files, command lines and
# recordings
#
# usage: [TIME=SECONDS] fuzz.sh [TARGET...]
#
#   TIME	for each target; 600
#   TARGET	files, command_line, texts, recording, samples; all without any
#
# Targets run one after the other, at the lowest priority.  They begin with the inputs of
# seeds.sh, of corpus/, and of earlier runs in build/fuzz.  An input that fails is put
# into build/fuzz/found/: fix the error, and add the input to corpus/TARGET/, which "make
# -C userspace check" tests.  Prints how much of the code each target covers.  Status: 1
# if an input fails.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"

TIME=${TIME:-600}
here=$TOP/selftests/fuzz
out=$TOP/build/fuzz
targets=("$@")
[ $# -gt 0 ] || targets=(files command_line texts recording samples)

"$TOP/selftests/setup/setup.sh" tool fuzz || exit
clang=$(compgen -c clang- | grep -x 'clang-[0-9]*' | sort -V | tail -n 1)
make -s -j"$(nproc)" -C "$TOP/userspace" fuzz CLANG="${CLANG:-$clang}" CFLAGS=-O1 || exit
ASAN_SYMBOLIZER_PATH=$(compgen -c llvm-symbolizer- | sort -V | tail -n 1)
ASAN_SYMBOLIZER_PATH=$(command -v "$ASAN_SYMBOLIZER_PATH")
export ASAN_SYMBOLIZER_PATH ASAN_OPTIONS=max_malloc_fill_size=1000000
export UBSAN_OPTIONS=print_stacktrace=1 LC_ALL=C.UTF-8 TZ=UTC

work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm)")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/dir" "$out/found"
# Copies, as the tool may be built again meanwhile.
cp "$TOP"/userspace/build/fuzz/fuzz-* "$work"
# gnuplot is not what is tested.
ln -s /bin/true "$work/bin/gnuplot"
"$here/seeds.sh" "$work/seeds" || die 1 "there are no seeds"
# Names that are compared are hard to come by.
grep -ohE '"[a-z_-]{3,}"|X\([a-z_]+' "$TOP"/module/uapi/pagestat.h "$TOP"/userspace/{model/columns,cli/commands,cli/option_values,recording/header,latency/arm}.c |
	sed 's/^X(//; s/"//g; s/.*/"&"/' | sort -u >"$work/dictionary"

# run TARGET: status 1 if something was found
run()
{
	local target=$1 kept=

	mkdir -p "$out/$target"
	[ ! -d "$here/corpus/$target" ] || kept=$here/corpus/$target
	say "$target: fuzzing for $TIME s"
	(cd "$work/dir" && PATH=$work/bin:$PATH nice -n 19 "$work/fuzz-$target" \
		-max_total_time="$TIME" -dict="$work/dictionary" -timeout=20 -rss_limit_mb=3000 \
		-max_len=4096 -print_final_stats=1 -artifact_prefix="$out/found/$target-" \
		"$out/$target" "$work/seeds/$target" ${kept:+"$kept"}) \
		>"$out/$target.log" 2>&1
}

failed=0
for target in "${targets[@]}"; do
	run "$target" || {
		failed=1
		echo "$target: found something; see $out/$target.log"
		grep -E 'ERROR|SUMMARY|runtime error|Test unit written' "$out/$target.log"
	}
	echo "$target: $(grep -aE 'cov: [0-9]+' "$out/$target.log" | tail -n 1 | tr -s '\t ' ' ')"
done
exit $failed
