# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the user's language and terminal change: characters, never numbers

# german: LC_ALL is a locale with a decimal comma, which is made here
german()
{
	[ -e /usr/share/i18n/locales/de_DE ] || { echo 'locales is not installed'; exit "$SKIP"; }
	mkdir locale
	localedef -i de_DE -f UTF-8 locale/de_DE.UTF-8
	# This shell has it too late, and says so.
	export LOCPATH=$PWD/locale
	export LC_ALL=de_DE.UTF-8 2>/dev/null
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
	"$TOOL" 0,5 2>&1 || echo "status $?"
}

test_locale_changes_no_number()
{
	tree
	row pid=5 minor=1 reclaim_ns=1500000001 comm=$'M\xc3\xbcll' >>"$T/processes"
	reports >utf8
	grep -q 'pagestat_reclaim_seconds_total{.*} 1[.]500000001' utf8
	grep -q 'status 2' utf8
	(german && reports >german)
	diff utf8 german
	(export LC_ALL=C; reports >C)
	# Names may look otherwise there.
	sed -i 's/M[^ "]*ll/NAME/; s/  */ /g' utf8 C
	diff utf8 C
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
