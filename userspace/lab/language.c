// SPDX-License-Identifier: GPL-2.0
/*
 * The user's language: which catalogue of translations, if any
 *
 * A translation may be a format of printf(), so a catalogue is as trusted as the
 * code: it is read from one folder only, which is compiled in (LOCALEDIR of the
 * Makefile).  That is the folder of make install for what is installed, and the one
 * beside the sources for what is run there.
 */
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "lab/language.h"

#define DOMAIN	"pagestat-lab"

/**
 * language_begin() - from here on, gettext() speaks the user's language
 *
 * It speaks English if that is C or POSIX, has no catalogue, or if the characters of
 * the terminal, which LC_CTYPE must have been set to, are one byte each: question
 * marks would be all that was left.
 */
void language_begin(void)
{
	const char *language = getenv("LANGUAGE");

	/* gettext would take ../.. for a language. */
	if (language && strchr(language, '/'))
		unsetenv("LANGUAGE");
	if (MB_CUR_MAX == 1 || !setlocale(LC_MESSAGES, ""))
		return;
	bindtextdomain(DOMAIN, LOCALEDIR);
	textdomain(DOMAIN);
}
