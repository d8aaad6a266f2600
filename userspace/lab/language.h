/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The user's language
 */
#ifndef PAGESTAT_LAB_LANGUAGE_H
#define PAGESTAT_LAB_LANGUAGE_H

void language_begin(void);

#endif /* PAGESTAT_LAB_LANGUAGE_H */
