// SPDX-License-Identifier: GPL-2.0
/*
 * Count what a worker does, by the module and by the kernel
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "experiment/measure.h"
#include "model/meminfo.h"
#include "model/sample.h"

/* The counters of a process and of the machine at one moment. */
struct reading {
	struct process process;
	struct system system;
	uint64_t minflt;
	uint64_t majflt;
	uint64_t said[WITNESSES_MAX];
	unsigned int known;
};

/**
 * measure_stat() - read the kernel's own count of a process's faults; false if it cannot be read
 */
bool measure_stat(pid_t pid, uint64_t *minflt, uint64_t *majflt)
{
	char path[64], text[1024];
	const char *p;
	size_t len;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	p = strrchr(text, ')');	/* a name may have any bytes */
	return p && sscanf(p, ") %*c %*d %*d %*d %*d %*d %*u %" SCNu64 " %*u %" SCNu64,
			   minflt, majflt) == 2;
}

/**
 * measure_row() - read the row of a process
 * @file: of rows
 * @found: gets whether there is a row
 */
int measure_row(struct process *row, struct reader *reader, const char *file, pid_t pid,
		bool *found)
{
	const struct process *p;
	struct snapshot all;
	int rc;

	rc = snapshot_read(&all, reader, file);
	if (rc)
		return rc;
	p = snapshot_find(&all, (uint64_t)pid);
	*found = p;
	if (p) {
		*row = *p;
		row->comm = "";
	}
	snapshot_free(&all);
	return EXIT_DONE;
}

static void hear(struct reading *r, const struct witness *witnesses, size_t nr)
{
	bool known;

	r->known = 0;
	for (size_t i = 0; i < nr; i++) {
		r->said[i] = meminfo_line(witnesses[i].file, witnesses[i].key, &known);
		r->known |= (unsigned int)known << i;
	}
}

/*
 * The worker waits meanwhile, but the rest of the machine does not.  So what the kernel
 * counts for all is read first before the work and last after it: its difference is at
 * least that of our totals.
 */
static int take_reading(struct reading *r, struct reader *reader, pid_t pid,
			const struct witness *witnesses, size_t nr, bool first, bool *found)
{
	int rc;

	if (first)
		hear(r, witnesses, nr);
	rc = system_read(&r->system, reader);
	if (!rc)
		rc = measure_row(&r->process, reader, "processes", pid, found);
	if (!first)
		hear(r, witnesses, nr);
	if (!rc && *found && !measure_stat(pid, &r->minflt, &r->majflt))
		*found = false;
	return rc;
}

/**
 * measure() - let a worker do its work, and measure it
 * @worker: is to send MESSAGE_STEP next
 * @witnesses: what else to read of the kernel
 * @nr: how many, WITNESSES_MAX at most
 */
int measure(struct outcome *o, struct worker *worker, struct reader *reader,
	    const struct witness *witnesses, size_t nr)
{
	struct reading before = { 0 }, after = { 0 };
	bool found = true;
	int rc;

	*o = (struct outcome){ 0 };
	if (worker_listen(worker, &o->last) != MESSAGE_STEP)
		return EXIT_DONE;
	rc = take_reading(&before, reader, o->last.pid, witnesses, nr,
			  true, &found);
	worker_go(worker);
	if (rc || worker_listen(worker, &o->last) != MESSAGE_STEP)
		return rc;
	if (found)
		rc = take_reading(&after, reader, o->last.pid, witnesses, nr,
				  false, &found);
	worker_go(worker);
	worker_listen(worker, &o->last);
	worker_go(worker);
	if (rc || !found)
		return rc;

	o->has_record = process_delta(&o->delta, &before.process, &after.process);
	o->minflt = after.minflt - before.minflt;
	o->majflt = after.majflt - before.majflt;
	o->faults = o->minflt + o->majflt;
	o->totals[0] = before.system;
	o->totals[1] = after.system;
	for (size_t i = 0; i < nr; i++)
		o->grew[i] = after.said[i] - before.said[i];
	o->grew_known = before.known & after.known;
	return EXIT_DONE;
}
