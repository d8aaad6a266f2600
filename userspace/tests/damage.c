// SPDX-License-Identifier: GPL-2.0
/*
 * damage.c - a recording cut short at every byte, and with every bit of it flipped
 *
 * usage: damage cut|flip FILE
 *
 * What is read of it then are samples of the whole one, in their order; and where
 * anything is missing, that is said.  Status: 0 if so; 1 after saying what is not.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "recording/read.h"

#define SAMPLES	64

/**
 * struct story - what was read of a recording
 * @rc: what reading ended with
 * @damaged: something was wrong, it says
 * @header_end: where in the file the header ended
 * @nr: how many samples there were
 * @digest: of each
 * @end: where in the file it ended
 */
struct story {
	int rc;
	bool damaged;
	uint64_t header_end;
	size_t nr;
	uint64_t digest[SAMPLES];
	uint64_t end[SAMPLES];
};

static unsigned int said;	/* messages */

static void keep(const char *message)
{
	(void)message;
	said++;
}

static void mix(uint64_t *digest, const void *data, size_t len)
{
	const uint8_t *byte = data;

	while (len--)
		*digest = (*digest ^ *byte++) * UINT64_C(0x100000001b3);
}

static void mix_text(uint64_t *digest, const char *text)
{
	mix(digest, text ? text : "-", strlen(text ? text : "-") + 1);
}

static void mix_rows(uint64_t *digest, const struct snapshot *snapshot)
{
	mix(digest, &snapshot->nr, sizeof(snapshot->nr));
	for (size_t i = 0; i < snapshot->nr; i++) {
		const struct process *p = &snapshot->process[i];

		mix(digest, p->value, sizeof(p->value));
		mix(digest, &p->known, sizeof(p->known));
		mix_text(digest, p->comm);
		mix_text(digest, p->user);
		mix_text(digest, p->cgroup);
	}
}

static uint64_t digest_of(const struct sample *sample)
{
	uint64_t digest = UINT64_C(0xcbf29ce484222325);

	mix(&digest, &sample->wall_ns, sizeof(sample->wall_ns));
	mix(&digest, &sample->begin_ns, sizeof(sample->begin_ns));
	mix(&digest, &sample->end_ns, sizeof(sample->end_ns));
	mix(&digest, &sample->system, sizeof(sample->system));
	mix_rows(&digest, &sample->processes);
	mix_rows(&digest, &sample->exited);
	return digest;
}

static struct story read_story(const char *path)
{
	struct recording recording;
	struct story story = { 0 };
	struct sample sample;
	bool end = false;

	said = 0;
	story.rc = recording_open(&recording, path);
	story.header_end = recording.at;
	while (!story.rc && story.nr < SAMPLES) {
		story.rc = recording_next(&recording, &sample, &end);
		if (story.rc || end)
			break;
		story.digest[story.nr] = digest_of(&sample);
		story.end[story.nr++] = recording.at;
		sample_free(&sample);
	}
	story.damaged = recording.damaged;
	recording_close(&recording);
	return story;
}

/* All of @part are in @whole, in that order. */
static bool is_part(const struct story *part, const struct story *whole)
{
	size_t at = 0;

	for (size_t i = 0; i < part->nr; i++, at++) {
		while (at < whole->nr && whole->digest[at] != part->digest[i])
			at++;
		if (at == whole->nr)
			return false;
	}
	return true;
}

static int not_so(const char *what, const char *where, uint64_t at, const struct story *story)
{
	fprintf(stderr, "%s %s %" PRIu64 ": %zu samples, status %d, %u messages\n", what,
		where, at, story->nr, story->rc, said);
	return 1;
}

/* From the end on: what was cut off is not needed any more. */
static int cut(int fd, const char *path, const struct story *whole, uint64_t size)
{
	for (uint64_t at = size; at-- > 0;) {
		bool boundary = at == whole->header_end;
		struct story story;
		size_t nr = 0;

		if (ftruncate(fd, (off_t)at))
			return perror("ftruncate"), 1;
		story = read_story(path);
		while (nr < whole->nr && whole->end[nr] <= at)
			boundary = whole->end[nr++] == at || boundary;
		if (story.rc != (at < whole->header_end ? EXIT_BAD_DATA : EXIT_DONE))
			return not_so("wrong status", "cut at", at, &story);
		if (story.nr != nr || !is_part(&story, whole))
			return not_so("wrong samples", "cut at", at, &story);
		if (!said == !boundary)
			return not_so("wrong messages", "cut at", at, &story);
	}
	return 0;
}

static int flip(int fd, const char *path, const struct story *whole, uint64_t size,
		const uint8_t *byte)
{
	for (uint64_t bit = 0; bit < 8 * size; bit++) {
		uint8_t was = byte[bit / 8], is = (uint8_t)(was ^ 1 << bit % 8);
		struct story story;

		if (pwrite(fd, &is, 1, (off_t)(bit / 8)) != 1)
			return perror("pwrite"), 1;
		story = read_story(path);
		if (story.rc != EXIT_DONE && story.rc != EXIT_BAD_DATA)
			return not_so("wrong status", "flipped bit", bit, &story);
		if (story.nr >= whole->nr || !is_part(&story, whole))
			return not_so("wrong samples", "flipped bit", bit, &story);
		if (!said)
			return not_so("not a word", "flipped bit", bit, &story);
		if (pwrite(fd, &was, 1, (off_t)(bit / 8)) != 1)
			return perror("pwrite"), 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	bool flips = argc == 3 && !strcmp(argv[1], "flip");
	struct story whole;
	uint8_t byte[1 << 16];
	char path[64];
	FILE *in;
	size_t size;
	int fd;

	if (argc != 3 || (!flips && strcmp(argv[1], "cut") != 0)) {
		fprintf(stderr, "usage: damage cut|flip FILE\n");
		return 2;
	}
	in = fopen(argv[2], "re");
	fd = memfd_create("recording", MFD_CLOEXEC);
	if (!in || fd < 0)
		return perror(argv[2]), 1;
	size = fread(byte, 1, sizeof(byte), in);
	fclose(in);
	if (!size || size == sizeof(byte) || write(fd, byte, size) != (ssize_t)size) {
		fprintf(stderr, "%s: %zu bytes are none, or too many\n", argv[2], size);
		return 1;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	errors_to(keep);
	whole = read_story(path);
	if (whole.rc || said || whole.nr < 3 || whole.end[whole.nr - 1] != size)
		return not_so("the whole one", "of bytes", size, &whole);
	printf("%zu samples in %zu bytes\n", whole.nr, size);
	return flips ? flip(fd, path, &whole, size, byte) : cut(fd, path, &whole, size);
}
