// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat-lab - experiments that show paging at work and check themselves
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

#include "cli/options.h"

#define DOMAIN	"pagestat-lab"

/*
 * Texts stay English if the language is C or POSIX or has no catalogue, or if the
 * terminal's characters are one byte each: all else would be question marks.
 */
static void choose_language(void)
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

int main(int argc, char **argv)
{
	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");
	choose_language();
	return command_line(&lab_command, NULL, argc, argv);
}
