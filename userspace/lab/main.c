// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat-lab - experiments that show paging at work and check themselves
 */
#include <locale.h>

#include "cli/options.h"
#include "lab/language.h"

int main(int argc, char **argv)
{
	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");
	/* Texts for classes are translated; those of pagestat, which programs read too, are not. */
	language_begin();
	return command_line(&lab_command, NULL, argc, argv);
}
