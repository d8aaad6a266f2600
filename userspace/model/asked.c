// SPDX-License-Identifier: GPL-2.0
/*
 * Is there what was asked for?
 *
 * One rule for -p, -C, -u and --cgroup: what no process has, now or at any time of a
 * watch or a recording, is told, and the exit status is EXIT_NO_PROCESS.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/errors.h"
#include "model/asked.h"
#include "model/owner.h"
#include "model/select.h"

/* The last of @seen. */
enum { SEEN_ALL = 1, SEEN_CGROUP, SEEN_USER, NR_OTHERS = SEEN_USER };

static bool *other(const struct asked *asked, bool *flags, int which)
{
	return &flags[asked->nr - (size_t)which];
}

/* Sets what was not asked for, as it cannot be missing. */
static void skip_unasked(struct asked *asked)
{
	const struct query *query = asked->query;

	*other(asked, asked->seen, SEEN_USER) = !query->user.given;
	*other(asked, asked->seen, SEEN_CGROUP) = !query->cgroup;
	/* Otherwise one message is enough. */
	*other(asked, asked->seen, SEEN_ALL) =
		(query->pids.nr || query->names.nr) + query->user.given + !!query->cgroup < 2;
}

/**
 * asked_open() - nothing of what is asked for was there yet
 * @asked: to be set up, and to be closed with asked_close() if this succeeds
 * @query: which rows
 * @where: "" or " in the recording", for messages
 */
int asked_open(struct asked *asked, const struct query *query, const char *where)
{
	*asked = (struct asked){
		.query = query,
		.where = where,
		.nr = query->pids.nr + query->names.nr + NR_OTHERS,
	};
	asked->seen = calloc(2 * asked->nr, sizeof(*asked->seen));
	if (!asked->seen)
		return fail_memory();
	asked->said = asked->seen + asked->nr;
	skip_unasked(asked);
	return EXIT_DONE;
}

/* Notes what the process @p is of what was asked for. */
static void note_row(struct asked *asked, const struct process *p)
{
	const struct query *query = asked->query;
	bool user = !query->user.given || p->value[COL_uid] == query->user.uid;
	bool cgroup = !query->cgroup || owner_cgroup_below(p->cgroup, query->cgroup);

	for (size_t i = 0; i < query->names.nr; i++) {
		bool *seen = &asked->seen[query->pids.nr + i];

		*seen = *seen || select_name_matches(query->names.name[i], p->comm);
	}
	*other(asked, asked->seen, SEEN_USER) |= user;
	*other(asked, asked->seen, SEEN_CGROUP) |= cgroup;
	if (user && cgroup && !*other(asked, asked->seen, SEEN_ALL))
		*other(asked, asked->seen, SEEN_ALL) = select_is_named(query, p);
}

/**
 * asked_note() - note what is there
 * @snapshot: of live processes, or of those that have ended
 */
void asked_note(struct asked *asked, const struct snapshot *snapshot)
{
	size_t missing = 0, pids = asked->query->pids.nr;

	for (size_t i = 0; i < pids; i++)
		asked->seen[i] = asked->seen[i] ||
				 snapshot_find(snapshot, asked->query->pids.pid[i]);
	for (size_t i = pids; i < asked->nr; i++)
		missing += !asked->seen[i];
	for (size_t row = 0; missing && row < snapshot->nr; row++)
		note_row(asked, &snapshot->process[row]);
}

/**
 * asked_missing_pids() - how many of the processes of -p were not there yet
 */
size_t asked_missing_pids(const struct asked *asked)
{
	size_t missing = 0;

	for (size_t i = 0; i < asked->query->pids.nr; i++)
		missing += !asked->seen[i];
	return missing;
}

static void say(const struct asked *asked, size_t i)
{
	const struct query *query = asked->query;

	if (i < query->pids.nr)
		fail(EXIT_NO_PROCESS, "-p %" PRIu64 ": no such process%s", query->pids.pid[i],
		     *asked->where ? asked->where :
		     ", or it has no record (pagestat --system: lost_tasks)");
	else if (i < query->pids.nr + query->names.nr)
		fail(EXIT_NO_PROCESS, "-C \"%s\": no process of that name%s; names are cut to 15 bytes, * matches the rest",
		     query->names.name[i - query->pids.nr], asked->where);
	else if (i == asked->nr - SEEN_USER)
		fail(EXIT_NO_PROCESS, "-u %s: no process of that user%s",
		     owner_user_name(query->user.uid), asked->where);
	else if (i == asked->nr - SEEN_CGROUP)
		fail(EXIT_NO_PROCESS, "--cgroup %s: no process in it or below%s; paths are those of /proc/PID/cgroup",
		     query->cgroup, asked->where);
	else
		fail(EXIT_NO_PROCESS, "no process%s is all that was asked for", asked->where);
}

/**
 * asked_check() - was all there that was asked for?
 *
 * Return: EXIT_DONE, or EXIT_NO_PROCESS after a message for each that was not; there is no
 * second message for one.
 */
int asked_check(struct asked *asked)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < asked->nr; i++) {
		/* It follows from the others. */
		if (asked->seen[i] || (i == asked->nr - SEEN_ALL && rc))
			continue;
		rc = EXIT_NO_PROCESS;
		if (!asked->said[i])
			say(asked, i);
		asked->said[i] = true;
	}
	return rc;
}

/**
 * asked_close() - free what asked_open() allocated, if anything
 */
void asked_close(struct asked *asked)
{
	free(asked->seen);
	*asked = (struct asked){ 0 };
}

/**
 * asked_check_now() - is all in a snapshot that is asked for?
 *
 * Return: EXIT_DONE, EXIT_NO_PROCESS after a message for each that is not, or EXIT_SYSTEM.
 */
int asked_check_now(const struct query *query, const struct snapshot *snapshot)
{
	struct asked asked;
	int rc = asked_open(&asked, query, "");

	if (rc)
		return rc;
	asked_note(&asked, snapshot);
	rc = asked_check(&asked);
	asked_close(&asked);
	return rc;
}
