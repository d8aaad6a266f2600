/* SPDX-License-Identifier: GPL-2.0 */
/* dispatch.h - calls at the entry of kernel functions, made by ftrace */
#ifndef PAGESTAT_DISPATCH_H
#define PAGESTAT_DISPATCH_H

#include "handlers.h"

int dispatch_add(unsigned long address, enum handler handler);
int dispatch_begin(void);
void dispatch_end(void);

#endif /* PAGESTAT_DISPATCH_H */
