/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One copy of each text
 */
#ifndef PAGESTAT_BASE_INTERN_H
#define PAGESTAT_BASE_INTERN_H

const char *intern(const char *text);

#endif /* PAGESTAT_BASE_INTERN_H */
