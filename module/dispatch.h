/* SPDX-License-Identifier: GPL-2.0 */
/* dispatch.h - calls at the entry of kernel functions, made by ftrace */
#ifndef PAGESTAT_DISPATCH_H
#define PAGESTAT_DISPATCH_H

#include "handlers.h"

int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler);
int pagestat_dispatch_register(void);
void pagestat_dispatch_unregister(void);

#endif /* PAGESTAT_DISPATCH_H */
