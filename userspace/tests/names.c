// SPDX-License-Identifier: GPL-2.0
/*
 * names.c - names that come and go do not fill the memory, and no record is too large
 *
 * Each sample has other names, as on a machine with short-lived control groups.  Status: 0
 * if so.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/intern.h"
#include "recording/read.h"
#include "recording/write.h"

#define ROWS	500
#define SAMPLES	40

static struct process rows[ROWS];
static char names[ROWS][64];

static struct sample sample_of(unsigned int n, size_t nr)
{
	struct sample sample = { .processes = { .process = rows, .nr = nr } };

	sample.begin_ns = (n + 1) * UINT64_C(1000000000);
	sample.end_ns = sample.begin_ns + 1;
	sample.system.known = UINT64_MAX;
	for (unsigned int i = 0; i < nr; i++) {
		snprintf(names[i], sizeof(names[i]), "/batch/job-%u-%u", n, i);
		rows[i] = (struct process){ .known = UINT64_MAX, .comm = "job", .user = "root" };
		rows[i].value[COL_pid] = 10 + i;
		rows[i].cgroup = intern(names[i]);
	}
	return sample;
}

static int fail_test(const char *what, size_t n)
{
	fprintf(stderr, "%s: %zu\n", what, n);
	return 1;
}

/* Of texts: who is asked for stays, at the same place; who is not goes. */
static int check_texts(void)
{
	const char *old = intern("old"), *used = intern("used"), *ever = intern_forever("ever");

	if (intern("old") != old || intern_count() != 3)
		return fail_test("texts", intern_count());
	intern_sweep();
	if (intern_count() != 3)
		return fail_test("asked for in this round", intern_count());
	if (intern("used") != used)
		return fail_test("another place", 0);
	intern_sweep();
	if (intern_count() != 2 || intern("used") != used || intern_forever("ever") != ever)
		return fail_test("left", intern_count());
	intern_sweep();
	intern_sweep();
	return intern_count() == 1 ? 0 : fail_test("at last", intern_count());
}

static int check_recording(const char *path)
{
	const struct sampling what = { .file = "processes" };
	struct recording_writer writer;
	struct recording recording;
	struct sample sample;
	bool end = false;
	size_t nr = 0;

	if (recording_writer_open(&writer, path))
		return 1;
	for (unsigned int n = 0; n < SAMPLES; n++) {
		sample = sample_of(n, ROWS);
		if ((!n && recording_writer_begin(&writer, &what, &sample, 1, 1)) ||
		    recording_writer_add(&writer, &sample))
			return 1;
		intern_sweep();
		if (intern_count() > 2 * ROWS + 10)
			return fail_test("names after a sample", intern_count());
	}
	/* Too large a sample is told, and what is there before it stays whole. */
	sample = sample_of(SAMPLES, ROWS);
	writer.most = 100;
	if (recording_writer_add(&writer, &sample) != EXIT_OUTPUT)
		return fail_test("too large a record was written", 0);
	writer.most = RECORDING_MAX;
	writer.most_plain = 100;
	sample = sample_of(SAMPLES + 1, ROWS);
	if (recording_writer_add(&writer, &sample) != EXIT_OUTPUT)
		return fail_test("too large a sample was written", 0);
	if (recording_writer_close(&writer) || recording_open(&recording, path))
		return 1;
	while (!recording_next(&recording, NULL, &end) && !end)
		nr++;
	recording_close(&recording);
	return nr == SAMPLES && !recording.damaged ? 0 : fail_test("samples read", nr);
}

int main(int argc, char **argv)
{
	return argc != 2 || check_texts() || check_recording(argv[1]);
}
