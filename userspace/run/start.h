/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Start the command of a run, as any user, and hand signals on to it
 */
#ifndef PAGESTAT_RUN_START_H
#define PAGESTAT_RUN_START_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * struct identity - as whom the command runs
 * @change: as another user than the one who runs pagestat
 * @uid: that user
 * @gid: the user's group
 * @group: all the user's groups; owned
 * @nr_groups: how many
 */
struct identity {
	bool change;
	uid_t uid;
	gid_t gid;
	gid_t *group;
	int nr_groups;
};

int identity_find(struct identity *identity, uint64_t uid);
void start_prepare(void);
int start_command(pid_t *pid, char **command, const struct identity *identity);
int start_wait(pid_t command, int *status);
int start_ended_by(void);

#endif /* PAGESTAT_RUN_START_H */
