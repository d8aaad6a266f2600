/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LANGUAGE_H
#define LAB_LANGUAGE_H

void choose_language(void);

#endif
