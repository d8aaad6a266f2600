# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the fuzzer found once, and what it begins with, read by the same functions
# (selftests/fuzz)

test_fuzz_what_is_kept()
{
	local fuzz=$TESTS/../../selftests/fuzz target
	local -a inputs

	[ "${TOOL%/san/*}" != "$TOOL" ] ||
		{ echo "what is wrong shows with the sanitizers only"; exit "$SKIP"; }
	"$fuzz/seeds.sh" seeds
	mkdir bin
	ln -s /bin/true bin/gnuplot
	shopt -s nullglob
	for target in files command_line texts recording samples; do
		inputs=(seeds/"$target"/* "$fuzz/corpus/$target"/*)
		ASAN_OPTIONS=$ASAN_OPTIONS:max_malloc_fill_size=1000000 \
			PATH=$PWD/bin:$PATH timeout 300 "${TOOL%/*}/fuzz-$target" "${inputs[@]}" \
			>/dev/null 2>err || { tail -n 40 err; return 1; }
		echo "$target: ${#inputs[@]} inputs"
	done
}
