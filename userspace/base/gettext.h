/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Texts in the user's language, by gettext: the English texts are the keys
 */
#ifndef PAGESTAT_BASE_GETTEXT_H
#define PAGESTAT_BASE_GETTEXT_H

#include <libintl.h>

#define _(text)		gettext(text)
#define N_(text)	(text)		/* is translated where it is printed */

#endif /* PAGESTAT_BASE_GETTEXT_H */
