/* SPDX-License-Identifier: GPL-2.0 */
/* hold.h - how long the lock of the records is held; only where that is measured */
#ifndef PAGESTAT_HOLD_H
#define PAGESTAT_HOLD_H

#ifdef PAGESTAT_HOLD
void pagestat_hold_begin(void);
void pagestat_hold_end(void);
#else
static inline void pagestat_hold_begin(void) { }
static inline void pagestat_hold_end(void) { }
#endif

#endif /* PAGESTAT_HOLD_H */
