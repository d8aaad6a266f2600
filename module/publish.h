/* SPDX-License-Identifier: GPL-2.0 */
/* publish.h - the files in debugfs */
#ifndef PAGESTAT_PUBLISH_H
#define PAGESTAT_PUBLISH_H

int pagestat_publish_init(void);
void pagestat_publish_exit(void);

#endif /* PAGESTAT_PUBLISH_H */
