/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Texts in the user's language: gettext, which the C library has
 *
 * The texts in the code are English, and are the keys of the catalogues.
 */
#ifndef PAGESTAT_BASE_GETTEXT_H
#define PAGESTAT_BASE_GETTEXT_H

#include <libintl.h>

#define _(text)		gettext(text)
#define N_(text)	(text)		/* is translated where it is printed */

#endif /* PAGESTAT_BASE_GETTEXT_H */
