/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is there what was asked for?
 */
#ifndef PAGESTAT_MODEL_ASKED_H
#define PAGESTAT_MODEL_ASKED_H

#include "model/query.h"
#include "model/snapshot.h"

/**
 * struct asked - what a query asks for, and what of it was there at some time
 * @query: asks for processes, names, a user and a control group
 * @where: "" or " in the recording", for messages
 * @seen: of each process, then each name, the user, the control group, and a process that
 *        is all of these; owned
 * @said: likewise, that it is missing was printed
 * @nr: how many
 */
struct asked {
	const struct query *query;
	const char *where;
	bool *seen;
	bool *said;
	size_t nr;
};

int asked_open(struct asked *asked, const struct query *query, const char *where);
void asked_note(struct asked *asked, const struct snapshot *snapshot);
size_t asked_missing_pids(const struct asked *asked);
int asked_check(struct asked *asked);
void asked_close(struct asked *asked);
int asked_check_now(const struct query *query, const struct snapshot *snapshot);

#endif /* PAGESTAT_MODEL_ASKED_H */
