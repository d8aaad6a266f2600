# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Texts in other languages: complete, found where they are meant to be and nowhere
# else, and no wider than their columns

readonly PO=$TESTS/../po

# chinese: LC_ALL is a Chinese locale, which is made here, in the encoding $1: UTF-8 or
# GBK (to make one of GB18030, which has that, takes ten times as long)
chinese()
{
	[ -e /usr/share/i18n/locales/zh_CN ] || { echo 'locales is not installed'; exit "$SKIP"; }
	mkdir -p "$WORK/locale"
	[ -e "$WORK/locale/zh_CN.$1" ] || localedef -i zh_CN -f "$1" "$WORK/locale/zh_CN.$1"
	# This shell has it too late, and says so.
	export LOCPATH=$WORK/locale
	export LC_ALL=zh_CN.$1 2>/dev/null
}

# messages FILE: of a catalogue, in an order of their own
messages()
{
	msgcat --no-location --no-wrap --sort-output "$1" | grep -vE '^#|^"'
}

test_translation_template_is_of_the_code()
{
	wants xgettext
	make -s -C "$TESTS/.." build/pagestat-lab.pot
	diff <(messages "$PO/pagestat-lab.pot") <(messages "$TESTS/../build/pagestat-lab.pot") ||
		{ echo 'make -C userspace translations'; return 1; }
}

test_translation_is_complete()
{
	local file

	wants msgfmt
	for file in "$PO"/*.po; do
		msgfmt -c -o /dev/null --statistics "$file" 2>said
		cat said
		lacks 'fuzzy|untranslated|warning' said
		msgcmp "$file" "$PO/pagestat-lab.pot"
	done
}

test_translation_to_chinese()
{
	wants msgfmt
	tree
	tool 0 lab
	lacks '页面置换' out
	(
		chinese UTF-8
		tool 0 lab
		grep -q '^replacement .*页面置换' out
		chinese GBK
		tool 0 lab
		iconv -f GBK -t UTF-8 out | grep -q '^replacement .*页面置换'
	)
}

# figures: what is printed that has no language
figures()
{
	awk '/^(PASS|FAIL|SKIP) / { print $1, $2, $3, $4 } /^ *[0-9][ 0-9.]*$/ { $1 = $1; print }' out
}

test_translation_of_experiments()
{
	wants msgfmt
	tree
	tool 0 lab replacement
	figures >english
	(chinese UTF-8; tool 0 lab replacement)
	grep -q '^通过 9 项，失败 0 项' out
	# Numbers and names stay.
	figures | diff english -
	(chinese UTF-8; tool 2 lab none)
	says '没有名为“none”的实验'
}

# What programs read is the same in every language, and so is all but the lab.
test_translation_not_for_programs()
{
	wants msgfmt
	tree
	tool 0 lab --json replacement
	mv out english
	(chinese UTF-8; tool 0 lab --json replacement)
	diff english out
	tool 0 --help
	mv out english
	(chinese UTF-8; tool 0 --help)
	diff english out
}

# A character of Chinese is two columns wide.
test_translation_keeps_columns()
{
	local line

	wants msgfmt
	tree
	(chinese UTF-8; tool 0 lab --size 1M demand-paging)
	sed -n '/ VSZ /,/^$/p' out | grep . >table
	grep -q '再访问' table
	while IFS= read -r line; do
		wc -L <<<"$line"
	done <table | sort -u | tee widths
	[ "$(wc -l <widths)" -eq 1 ]
}

# Who can set the environment cannot choose the catalogue, which has formats in it.
test_translation_from_its_folder_only()
{
	local evil=LC_MESSAGES/pagestat-lab.mo up

	wants msgfmt
	tree
	mkdir -p evil/LC_MESSAGES
	printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "%s"\nmsgstr "evil"\n' \
		'which page goes when one comes and no frame is free' >evil.po
	msgfmt -o "evil/$evil" evil.po
	up=$(realpath -m --relative-to="$TESTS/../build/locale" "$PWD/evil")
	[ -e "$TESTS/../build/locale/$up/$evil" ]
	(chinese UTF-8; LANGUAGE=$up tool 0 lab)
	grep -q '^replacement' out
	lacks evil out
}

# Question marks are no translation.
test_translation_not_without_characters()
{
	wants msgfmt
	tree
	(chinese UTF-8; LC_ALL='' LC_CTYPE=C LC_MESSAGES=zh_CN.UTF-8 tool 0 lab)
	grep -q '^replacement .*which page' out
	(chinese UTF-8; LC_ALL=C LANGUAGE=zh_CN tool 0 lab)
	grep -q '^replacement .*which page' out
}

# Where the locale was never generated: in Chinese, or how to have it, in Chinese.
test_translation_without_a_locale()
{
	wants msgfmt
	tree
	LOCPATH=$PWD LANG=zh_CN.UTF-8 LC_ALL='' LANGUAGE='' tool 0 lab
	if grep -q '^replacement .*页面置换' out; then
		[ ! -s err ]
	else
		grep -q '^replacement .*which page' out
		grep -q '本机没有生成 zh_CN.UTF-8 locale' err
	fi
	# The terminal's encoding is another one.
	LOCPATH=$PWD LANG=zh_CN.GBK LC_ALL='' LANGUAGE='' tool 0 lab
	grep -q '^replacement .*which page' out
	LOCPATH=$PWD LANG=zh_CN.UTF-8 LC_CTYPE=C LC_ALL='' LANGUAGE='' tool 0 lab
	grep -q '^replacement .*which page' out
	LOCPATH=$PWD LANG=xx_XX.UTF-8 LC_ALL='' LANGUAGE='' tool 0 lab
	grep -q '^replacement .*which page' out
	[ ! -s err ]
}

# What is installed reads what is installed.
test_translation_installed()
{
	local mo

	wants msgfmt
	make -s -C "$TESTS/.." install PREFIX="$PWD/there"
	mo=$PWD/there/share/locale/zh_CN/LC_MESSAGES/pagestat-lab.mo
	tree
	# shellcheck disable=SC2034	# tool() takes it
	TOOL=$PWD/there/sbin/pagestat
	(chinese UTF-8; tool 0 lab)
	grep -q '^replacement .*页面置换' out
	rm "$mo"
	(chinese UTF-8; tool 0 lab)
	grep -q '^replacement .*which page' out
	make -s -C "$TESTS/.." install uninstall PREFIX="$PWD/there"
	[ -z "$(find there ! -type d)" ]
}
