// SPDX-License-Identifier: GPL-2.0
/*
 * language.c - texts in the user's language, also where its locale was never generated
 *
 * A translation may be a format of printf(), so a catalogue is as trusted as the
 * code: it is read from one folder only, which is compiled in (LOCALEDIR of the
 * Makefile).  That is the folder of make install for what is installed, and the one
 * beside the sources for what is run there.
 */
#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "lab/language.h"

#define DOMAIN	"pagestat-lab"

/*
 * What to do where the C library takes no catalogue without a locale.  It is here and not
 * in the catalogues, as those are what cannot be read then.
 */
static const struct {
	const char *language;
	const char *hint;
} no_locale[] = {
	{ "zh_CN", "pagestat-lab：本机没有生成 zh_CN.UTF-8 locale，因此以下为英文。生成方法：localedef -i zh_CN -f UTF-8 zh_CN.UTF-8（需要软件包 locales）" },
};

/* The locale of messages by the environment; "" if that says nothing. */
static const char *wanted_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "";
}

/* Whether @locale says that the terminal's characters are those of UTF-8. */
static bool is_utf8(const char *locale)
{
	const char *codeset = strchr(locale, '.');

	return codeset && ((ascii_same(codeset, ".UTF-8", 6) && !codeset[6]) ||
			   (ascii_same(codeset, ".UTF8", 5) && !codeset[5]));
}

/* Whether the C library finds texts of @language. */
static bool translated(const char *language)
{
	const char *of = gettext("");
	char line[64];

	/* A catalogue's text of "" is its header. */
	snprintf(line, sizeof(line), "Language: %s\n", language);
	return strstr(of, line);
}

/*
 * The locale @wanted does not exist.  Until 2.40, the GNU C library takes catalogues in
 * C.UTF-8, which it has built in, if LANGUAGE names them.
 */
static void without_locale(const char *wanted, bool knows_characters)
{
	char language[32];

	if (!is_utf8(wanted) ||
	    (knows_characters ? MB_CUR_MAX == 1 : !setlocale(LC_CTYPE, "C.UTF-8")) ||
	    !setlocale(LC_MESSAGES, "C.UTF-8"))
		return;
	snprintf(language, sizeof(language), "%.*s", (int)strcspn(wanted, "."), wanted);
	/* Who set LANGUAGE has chosen. */
	if (getenv("LANGUAGE") && *getenv("LANGUAGE"))
		snprintf(language, sizeof(language), "%s", getenv("LANGUAGE"));
	setenv("LANGUAGE", language, true);
	bindtextdomain(DOMAIN, LOCALEDIR);
	textdomain(DOMAIN);
	for (size_t i = 0; i < sizeof(no_locale) / sizeof(*no_locale); i++)
		if (!strcmp(language, no_locale[i].language) && !translated(language))
			fprintf(stderr, "%s\n", no_locale[i].hint);
}

/**
 * choose_language() - let gettext() give texts in the user's language
 *
 * Texts stay English if the language is C or POSIX or has no catalogue, or if the
 * terminal's characters are one byte each: all else would be question marks.
 */
void choose_language(void)
{
	const char *language = getenv("LANGUAGE");
	bool knows_characters;

	/* gettext would take ../.. for a language. */
	if (language && strchr(language, '/'))
		unsetenv("LANGUAGE");
	/* The characters of the user's terminal, but not the user's decimal comma. */
	knows_characters = setlocale(LC_CTYPE, "");
	if (!setlocale(LC_MESSAGES, "")) {
		without_locale(wanted_locale(), knows_characters);
		return;
	}
	if (MB_CUR_MAX == 1)
		return;
	bindtextdomain(DOMAIN, LOCALEDIR);
	textdomain(DOMAIN);
}
