// SPDX-License-Identifier: GPL-2.0
/*
 * Samples from the module, or from a recording
 *
 * From both they come at deadlines: multiples of the interval after the first sample,
 * so that intervals do not drift.  Missed deadlines, for example after ^Z, are skipped.
 * A recording is read without waiting.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/stop.h"
#include "model/since.h"
#include "recording/source.h"

/**
 * source_live() - take samples from the module, every @interval_ns
 */
void source_live(struct source *source, struct reader *reader,
		 const struct sampling *what, uint64_t interval_ns)
{
	*source = (struct source){
		.reader = reader,
		.what = *what,
		.interval_ns = interval_ns,
	};
}

/**
 * source_since() - the moment of --since, counted from when a recording began
 * @boot_ns: gets it, by CLOCK_BOOTTIME
 */
int source_since(const char *path, const char *since, uint64_t *boot_ns)
{
	struct recording recording;
	struct sample first;
	bool end;
	int rc;

	rc = recording_open(&recording, path);
	if (!rc)
		rc = recording_next(&recording, &first, &end);
	if (!rc && !end) {
		rc = since_recorded(since, &first, boot_ns);
		sample_free(&first);
	}
	recording_close(&recording);
	return rc;
}

/**
 * source_recorded() - take samples from a recording
 * @source: to be closed with source_close() in any case
 * @reader: is set up as that of the module that was recorded
 * @interval_ns: between two samples, at least
 */
int source_recorded(struct source *source, struct reader *reader, const char *path,
		    const struct sampling *what, uint64_t interval_ns)
{
	bool threads = strcmp(what->file, "threads") == 0;
	int rc;

	source_live(source, reader, what, interval_ns);
	source->recording = calloc(1, sizeof(*source->recording));
	if (!source->recording)
		return fail_memory();
	rc = recording_open(source->recording, path);
	if (rc)
		return rc;
	*reader = (struct reader){ .abi = source->recording->abi };
	if (source->recording->threads != threads)
		return fail(EXIT_BAD_DATA, source->recording->threads ?
			    "%s: has threads, not processes: add --by thread" :
			    "%s: has processes, not threads: pagestat record --by thread", path);
	return EXIT_DONE;
}

static int next_live(struct source *source, struct sample *sample, bool *end)
{
	if (source->deadline_ns) {
		source->deadline_ns = clock_deadline_after(source->deadline_ns, source->interval_ns,
							   clock_boot_ns());
		stop_wait_until(source->deadline_ns);
	}
	/* What was counted so far is an interval, too, if a shorter one. */
	if (stop_asked()) {
		*end = source->ended;
		source->ended = true;
		if (*end)
			return EXIT_DONE;
	}
	return sample_take(sample, source->reader, &source->what);
}

/* Drops what a report of the module would not have looked up. */
static void drop_texts(struct snapshot *snapshot, bool users, bool cgroups)
{
	for (size_t i = 0; i < snapshot->nr; i++) {
		if (!users)
			snapshot->process[i].user = NULL;
		if (!cgroups)
			snapshot->process[i].cgroup = NULL;
	}
}

static int next_recorded(struct source *source, struct sample *sample, bool *end)
{
	struct sample next;
	bool skipped = false;
	int rc;

	if (source->deadline_ns)
		source->deadline_ns = clock_deadline_after(source->deadline_ns, source->interval_ns,
							   source->last_ns);
	for (;;) {
		rc = recording_next(source->recording, &next, end);
		if (rc || *end)
			break;
		sample_free(sample);
		*sample = next;
		*end = stop_asked();
		skipped = !*end && sample->begin_ns < source->deadline_ns;
		if (!skipped)
			break;
	}
	/* The end of the recording is the end of a last, shorter interval. */
	if (!rc && *end && skipped)
		*end = false;
	if (rc || *end) {
		sample_free(sample);
		return rc;
	}
	drop_texts(&sample->processes, source->what.users, source->what.cgroups);
	drop_texts(&sample->exited, source->what.users, source->what.cgroups);
	if (!source->what.exited)
		snapshot_free(&sample->exited);
	return EXIT_DONE;
}

/**
 * source_next() - the next sample, when it is due
 * @sample: to be freed with sample_free() if there is one
 * @end: gets whether there is no more; SIGINT and SIGTERM have one more sample taken at once
 */
int source_next(struct source *source, struct sample *sample, bool *end)
{
	int rc;

	*end = false;
	*sample = (struct sample){ 0 };
	rc = source->recording ? next_recorded(source, sample, end) :
				 next_live(source, sample, end);
	if (rc || *end)
		return rc;
	if (!source->deadline_ns)
		source->deadline_ns = sample->begin_ns;
	source->last_ns = sample->begin_ns;
	return EXIT_DONE;
}

/**
 * source_check_end() - has a recording that was read to its end two samples, for an interval?
 */
int source_check_end(const struct source *source)
{
	uint64_t samples = source->recording->samples;

	if (samples > 1)
		return EXIT_DONE;
	return fail(EXIT_BAD_DATA, "%s: has %s, and an interval needs two",
		    source->recording->path,
		    samples ? "one complete sample only" : "no complete sample");
}

/**
 * source_close() - end taking samples, if begun
 *
 * Return: EXIT_DONE, or EXIT_BAD_DATA if the recording was damaged, which was printed.
 */
int source_close(struct source *source)
{
	int rc = EXIT_DONE;

	if (!source->recording)
		return rc;
	if (source->recording->damaged)
		rc = EXIT_BAD_DATA;
	recording_close(source->recording);
	free(source->recording);
	source->recording = NULL;
	return rc;
}
