// SPDX-License-Identifier: GPL-2.0
/*
 * replacement.c - tests of the library of page replacement
 *
 * usage: replacement NAME
 *
 * Status: 0 if that test passed; 1 after saying what did not hold.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/replacement/replacement.h"

#define LENGTH(array)	(sizeof(array) / sizeof(*(array)))

#define must(what, ...)							\
	do {								\
		if (!(what)) {						\
			fprintf(stderr, "%s:%d: not so: %s: ", __FILE__, __LINE__, #what); \
			fprintf(stderr, __VA_ARGS__);			\
			fputc('\n', stderr);				\
			exit(1);					\
		}							\
	} while (0)

static const char belady[] = "1 2 3 4 1 2 5 1 2 3 4 5";
static const char textbook[] = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

static uint32_t play(const struct algorithm *algorithm, const struct references *r,
		     uint32_t frames)
{
	uint32_t faults;
	int rc = replacement_simulate(algorithm, r, frames, NULL, NULL, &faults);

	must(rc == 0, "%s: %s", algorithm->name, strerror(-rc));
	return faults;
}

static void parse(struct references *r, const char *text)
{
	const char *bad;
	int rc = references_parse(r, text, &bad);

	must(rc == 0, "%s: %s", text, strerror(-rc));
}

static void random_string(struct references *r, uint64_t seed, uint32_t length,
			  uint32_t pages)
{
	const struct locality locality = {
		.length = length,
		.pages = pages,
		.set = 1 + seed % pages,
		.phase = 1 + seed % 17,
		.stray = seed % 40,
		.seed = seed,
	};
	int rc = references_generate(r, &locality);

	must(rc == 0, "%s", strerror(-rc));
}

/* Figures that textbooks have. */
static void known(void)
{
	static const struct {
		const char *string;
		int algorithm;
		uint32_t frames;
		uint32_t faults;
	} figures[] = {
		{ belady, ALGORITHM_FIFO, 3, 9 },
		{ belady, ALGORITHM_FIFO, 4, 10 },
		{ belady, ALGORITHM_LRU, 3, 10 },
		{ belady, ALGORITHM_LRU, 4, 8 },
		{ belady, ALGORITHM_OPT, 3, 7 },
		{ belady, ALGORITHM_OPT, 4, 6 },
		{ textbook, ALGORITHM_FIFO, 3, 15 },
		{ textbook, ALGORITHM_LRU, 3, 12 },
		{ textbook, ALGORITHM_OPT, 3, 9 },
		/* Frequently used 1 stays, also when it is no longer used. */
		{ "1 1 1 2 3 2 3 2 3", ALGORITHM_LFU, 2, 7 },
		{ "1 1 1 2 3 2 3 2 3", ALGORITHM_LRU, 2, 3 },
		/* The count goes with the page: 1 is as rare as 3 when it comes back. */
		{ "1 1 2 2 2 3 1 3", ALGORITHM_LFU, 2, 5 },
		/* 2 is spared for its bit, which the use after 4's coming has set. */
		{ "1 2 3 4 2 5 2", ALGORITHM_CLOCK, 3, 5 },
		{ "1 2 3 4 2 5 2", ALGORITHM_FIFO, 3, 6 },
	};

	for (size_t i = 0; i < LENGTH(figures); i++) {
		const struct algorithm *algorithm = algorithms[figures[i].algorithm];
		struct references r;
		uint32_t faults;

		parse(&r, figures[i].string);
		faults = play(algorithm, &r, figures[i].frames);
		must(faults == figures[i].faults, "%s of %s with %u frames: %u, expected %u",
		     algorithm->name, figures[i].string, figures[i].frames, faults,
		     figures[i].faults);
		references_free(&r);
	}
}

/* What memory holds after each reference, in the order of the frames. */
struct picture {
	char text[256];
	size_t length;
};

static void draw(const struct memory *memory, bool fault, void *data)
{
	struct picture *picture = data;

	for (uint32_t frame = 0; frame < memory->full; frame++) {
		uint64_t name = memory->references->name[memory->page[frame]];

		picture->text[picture->length++] = (char)('0' + name);
	}
	picture->text[picture->length++] = fault ? '!' : ' ';
	must(picture->length < sizeof(picture->text), "picture too small");
}

/* The frames themselves, worked out by hand. */
static void frames(void)
{
	static const char *const picture_of[NR_ALGORITHMS] = {
		[ALGORITHM_OPT] = "1!12!123!124!124 124 125!125 125 325!345!345 ",
		[ALGORITHM_FIFO] = "1!12!123!423!413!412!512!512 512 532!534!534 ",
		[ALGORITHM_LRU] = "1!12!123!423!413!412!512!512 512 312!342!345!",
		[ALGORITHM_CLOCK] = "1!12!123!423!413!412!512!512 512 532!534!534 ",
		[ALGORITHM_LFU] = "1!12!123!423!413!412!512!512 512 312!412!512!",
	};

	for (int i = 0; i < NR_ALGORITHMS; i++) {
		struct picture picture = { .length = 0 };
		struct references r;
		uint32_t faults;

		parse(&r, belady);
		must(!replacement_simulate(algorithms[i], &r, 3, draw, &picture, &faults),
		     "%s", algorithms[i]->name);
		picture.text[picture.length] = 0;
		must(strcmp(picture.text, picture_of[i]) == 0, "%s:\n%s, expected\n%s",
		     algorithms[i]->name, picture.text, picture_of[i]);
		references_free(&r);
	}
}

/* The frame to go, as the definition of the algorithm has it, by looking at all. */
static uint32_t plain_victim(int algorithm, const uint32_t *came, const uint32_t *used,
			     const uint32_t *uses, uint32_t nr)
{
	uint32_t victim = 0;

	for (uint32_t i = 1; i < nr; i++) {
		bool better = used[i] < used[victim];

		if (algorithm == ALGORITHM_FIFO)
			better = came[i] < came[victim];
		if (algorithm == ALGORITHM_LFU && uses[i] != uses[victim])
			better = uses[i] < uses[victim];
		if (better)
			victim = i;
	}
	return victim;
}

static uint32_t plain_play(int algorithm, const struct references *r, uint32_t nr_frames)
{
	uint32_t page[64], came[64], used[64], uses[64], nr = 0, faults = 0, at;

	for (uint32_t now = 0; now < r->length; now++) {
		for (at = 0; at < nr && page[at] != r->page[now]; at++)
			;
		if (at == nr) {
			faults++;
			if (nr < nr_frames)
				nr++;
			else
				at = plain_victim(algorithm, came, used, uses, nr);
			page[at] = r->page[now];
			came[at] = now;
			uses[at] = 0;
		}
		used[at] = now;
		uses[at]++;
	}
	return faults;
}

/* FIFO, LRU and LFU count as a simple search through all frames does. */
static void plain(void)
{
	static const int simple[] = { ALGORITHM_FIFO, ALGORITHM_LRU, ALGORITHM_LFU };

	for (uint64_t seed = 1; seed <= 200; seed++) {
		uint32_t nr = 1 + seed % 20;
		struct references r;

		random_string(&r, seed, 300, 2 + seed % 40);
		for (size_t i = 0; i < LENGTH(simple); i++) {
			uint32_t faults = play(algorithms[simple[i]], &r, nr);
			uint32_t plainly = plain_play(simple[i], &r, nr);

			must(faults == plainly, "%s, seed %llu: %u, expected %u",
			     algorithms[simple[i]]->name, (unsigned long long)seed,
			     faults, plainly);
		}
		references_free(&r);
	}
}

/* The fewest faults that any choice of pages to go leads to; @held is a set of bits. */
static uint32_t fewest(const struct references *r, uint32_t now, unsigned int held,
		       uint32_t nr_frames)
{
	uint32_t best = UINT32_MAX;
	unsigned int page;

	if (now == r->length)
		return 0;
	page = 1u << r->page[now];
	if (held & page)
		return fewest(r, now + 1, held, nr_frames);
	if ((uint32_t)__builtin_popcount(held) < nr_frames)
		return 1 + fewest(r, now + 1, held | page, nr_frames);
	for (unsigned int rest = held; rest; rest &= rest - 1) {
		unsigned int out = rest & -rest;
		uint32_t faults = 1 + fewest(r, now + 1, (held & ~out) | page, nr_frames);

		if (faults < best)
			best = faults;
	}
	return best;
}

static void optimal(void)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct references r;

		random_string(&r, seed, 12, 3 + seed % 4);
		for (uint32_t nr = 1; nr <= 4; nr++) {
			uint32_t faults = play(&algorithm_opt, &r, nr);
			uint32_t best = fewest(&r, 0, 0, nr);

			must(faults == best, "OPT, seed %llu, %u frames: %u, possible %u",
			     (unsigned long long)seed, nr, faults, best);
		}
		references_free(&r);
	}
}

static void properties_of(const struct references *r, uint64_t seed)
{
	for (int i = 0; i < NR_ALGORITHMS; i++) {
		uint32_t before = r->length;

		for (uint32_t nr = 1; nr <= r->pages + 2; nr++) {
			uint32_t faults = play(algorithms[i], r, nr);

			must(faults >= play(&algorithm_opt, r, nr), "%s beats OPT: seed %llu, %u frames",
			     algorithms[i]->name, (unsigned long long)seed, nr);
			must(!algorithms[i]->stack || faults <= before,
			     "%s, seed %llu: more faults with %u frames than with one less",
			     algorithms[i]->name, (unsigned long long)seed, nr);
			must(nr < r->pages || faults == r->pages, "%s, seed %llu: %u faults of %u pages",
			     algorithms[i]->name, (unsigned long long)seed, faults, r->pages);
			before = faults;
		}
	}
}

static void properties(void)
{
	struct references r;

	must(algorithm_opt.stack && algorithm_lru.stack, "OPT and LRU are stack algorithms");
	for (uint64_t seed = 1; seed <= 60; seed++) {
		random_string(&r, seed, 400, 1 + seed % 20);
		properties_of(&r, seed);
		references_free(&r);
	}
}

static void strings(void)
{
	static const char *const wrong[] = { "1 2 x", "1 -2", "3;4", "1 2 99999999999999999999", "0x" };
	const struct locality locality = { .length = 5000, .pages = 100, .set = 10,
					   .phase = 1000, .seed = 7 };
	struct references r, again;
	const char *bad;

	parse(&r, "\t7, 0x10\n16 ,7");
	must(r.length == 4 && r.pages == 2 && r.name[0] == 7 && r.name[1] == 16,
	     "%u references, %u pages", r.length, r.pages);
	must(r.next[0] == 3 && r.next[1] == 2 && r.next[2] == 4 && r.next[3] == 4, "next uses");
	references_free(&r);

	for (size_t i = 0; i < LENGTH(wrong); i++)
		must(references_parse(&r, wrong[i], &bad) == -EINVAL, "%s", wrong[i]);
	must(references_parse(&r, wrong[0], &bad) == -EINVAL && strcmp(bad, "x") == 0, "%s", bad);
	must(references_parse(&r, "\n ", &bad) == -ENODATA, "nothing");

	must(!references_generate(&r, &locality) && !references_generate(&again, &locality),
	     "no string");
	must(memcmp(r.page, again.page, r.length * sizeof(*r.page)) == 0 &&
	     memcmp(r.name, again.name, r.pages * sizeof(*r.name)) == 0,
	     "the same seed, another string");
	must(r.length == 5000 && r.pages > 10 && r.pages <= 50, "%u pages", r.pages);
	must(play(&algorithm_lru, &r, 10) <= 50, "a working set that fits and yet faults");
	references_free(&r);
	references_free(&again);
}

/* As long a string as is recorded in a minute takes no more than a moment. */
static void million(void)
{
	const struct locality locality = { .length = 1000000, .pages = 50000, .set = 3000,
					   .phase = 20000, .stray = 5, .seed = 1 };
	struct references r;
	uint32_t opt, faults;

	must(!references_generate(&r, &locality), "no string");
	opt = play(&algorithm_opt, &r, 4096);
	for (int i = 0; i < NR_ALGORITHMS; i++) {
		faults = play(algorithms[i], &r, 4096);
		must(faults >= opt && faults > r.pages && faults < r.length,
		     "%s: %u faults", algorithms[i]->name, faults);
	}
	must(replacement_simulate(&algorithm_lru, &r, 0, NULL, NULL, &faults) == -EINVAL, "no frames");
	references_free(&r);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*test)(void);
	} tests[] = {
		{ "known", known }, { "frames", frames }, { "plain", plain },
		{ "optimal", optimal }, { "properties", properties },
		{ "strings", strings }, { "million", million },
	};

	for (size_t i = 0; i < LENGTH(tests) && argc == 2; i++) {
		if (strcmp(argv[1], tests[i].name) == 0) {
			tests[i].test();
			return 0;
		}
	}
	fprintf(stderr, "usage: replacement NAME\n");
	return 1;
}
