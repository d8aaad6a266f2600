/* SPDX-License-Identifier: GPL-2.0 */
/* adopt.h - records of tasks whose birth or death no hook has seen */
#ifndef PAGESTAT_ADOPT_H
#define PAGESTAT_ADOPT_H

void pagestat_adopt(void);
void pagestat_mend(void);

#endif /* PAGESTAT_ADOPT_H */
