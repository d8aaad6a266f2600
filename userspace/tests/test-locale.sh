# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the user's language and terminal change: characters, never numbers

# in_locale NAME CHARSET: LC_ALL is that locale, which is made here; both have a decimal comma
in_locale()
{
	[ -e "/usr/share/i18n/locales/$1" ] || { echo 'locales is not installed'; exit "$SKIP"; }
	mkdir -p locale
	localedef -i "$1" -f "$2" "locale/$1.$2"
	# This shell has it too late, and says so.
	export LOCPATH=$PWD/locale
	export LC_ALL=$1.$2 2>/dev/null
	[ "$(env printf %.1f 1,5)" = 1,5 ] || { echo 'a program does not use this locale'; return 1; }
}

# reports: what pagestat prints in each form, but for the time of day
reports()
{
	local -a form

	for form in -a --raw --csv --json --openmetrics '--by user' --system --probes --columns \
		    '--system --openmetrics' '--system --csv' --help; do
		echo "== $form"
		read -ra form <<<"$form"
		"$TOOL" "${form[@]}" 2>&1
	done
	"$TOOL" --no-headings -a -o pid,cow 0.1 1
	"$TOOL" -C 'sys*' --csv --since 1.5h 2>&1
	"$TOOL" -o PID,MiNOR,SWAPIN,Zerofill --sort -FILEMAP
	"$TOOL" 0,5 2>&1 || echo "status $?"
}

test_locale_changes_no_number()
{
	tree
	row pid=5 minor=1 reclaim_ns=1500000001 comm=$'M\xc3\xbcll' >>"$T/processes"
	reports >utf8
	grep -q 'pagestat_reclaim_seconds_total{.*} 1[.]500000001' utf8
	grep -q 'status 2' utf8
	(in_locale de_DE UTF-8 && reports >german)
	diff utf8 german
	# There "I" is no capital "i".
	(in_locale tr_TR UTF-8 && reports >turkish)
	diff utf8 turkish
	(in_locale tr_TR ISO-8859-9 && reports >one-byte)
	sed 's/M[^ "]*ll/NAME/; s/  */ /g' utf8 >names
	diff names <(LC_ALL=C sed 's/M[^ "]*ll/NAME/; s/  */ /g' one-byte)
	(export LC_ALL=C; reports >C)
	# Names may look otherwise there.
	sed -i 's/M[^ "]*ll/NAME/; s/  */ /g' utf8 C
	diff utf8 C
}

# An option that takes no value; its number is no letter.
test_locale_of_an_option_with_a_value()
{
	local option

	for option in --all=3 --system=1 --json=x --rest=; do
		usage_error "$option"
		says "option ${option%=*}"
	done
}

# Functions that go by the locale are for what users see, not for our own words.
test_locale_is_not_asked_about_our_words()
{
	cat "$TESTS"/../*/*.[ch] "$TESTS"/../*/*/*.[ch] >sources
	lacks '#include <(c|wc)type.h>|#include <strings.h>|str(n)?casecmp\(|strcasestr\(|strcoll\(|[^_]to(upp|low)er\(' sources
}

test_no_color()
{
	local escape=$'\033'

	wants script
	tree
	for NO_COLOR in '' 1; do
		export NO_COLOR
		TERM=xterm-256color script -qec "'$TOOL' -a; '$TOOL' --help; '$TOOL' --probes" log >out
		grep -q systemd out
		lacks "$escape" out
	done
}
