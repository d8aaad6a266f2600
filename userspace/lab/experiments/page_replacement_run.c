// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: get the string, and count the faults of each algorithm
 */
#include <stdlib.h>

#include "lab/experiments/page_replacement.h"

#define BELADY		"1 2 3 4 1 2 5 1 2 3 4 5"
#define EVERY		20	/* as many frames are tried one by one */
#define DRAWN_LENGTH	24	/* longer strings do not fit a screen */
#define DRAWN_FRAMES	3

struct page_replacement page_replacement;	/* is reported at the end */

static const char *const rules[NR_ALGORITHMS] = {
	[ALGORITHM_OPT] = N_("OPT: the page goes whose next use is farthest in the future."),
	[ALGORITHM_FIFO] = N_("FIFO: the page goes that came first."),
	[ALGORITHM_LRU] = N_("LRU: the page goes that was not used for longest."),
	[ALGORITHM_CLOCK] = N_("Clock: as FIFO, but a page that was used since the hand passed it is spared once."),
	[ALGORITHM_LFU] = N_("LFU: the page goes that was used least often since it came."),
};

/* OPT then takes the page that is used again soonest. */
static void reverse_future(struct references *r)
{
	for (uint32_t i = 0; i < r->length; i++)
		r->next[i] = r->length - r->next[i];
}

static int get_string(struct lab *lab)
{
	const struct lab_request *request = lab->request;
	struct references *r = &page_replacement.references;

	if (request->string) {
		page_replacement.source = N_("as given");
		return string_given(r, request->string);
	}
	if (request->seed) {
		page_replacement.source = N_("generated, with a working set of 5 pages that changes every 200 references");
		return string_generated(r, request->seed);
	}
	if (request->record) {
		page_replacement.source = N_("recorded from a program that sorts, by pagestat:fault");
		return string_recorded(r, lab, &page_replacement.recorded);
	}
	if (request->pids.nr) {
		page_replacement.source = N_("the faults of a process, by pagestat:fault; uses of pages that stayed mapped are not among them");
		return string_of_process(r, lab, (pid_t)request->pids.pid[0]);
	}
	page_replacement.source = N_("Belady's, by which he showed that more memory may mean more faults");
	page_replacement.belady = true;
	return string_given(r, BELADY);
}

/* One by one at first; then each power of two, and halfway to the next. */
static uint32_t next_count(uint32_t frames, uint32_t most)
{
	uint32_t power = 1;

	if (most <= EVERY)
		return frames + 1;
	while (2 * power <= frames)
		power *= 2;
	frames = frames == power && power > 1 ? power + power / 2 : 2 * power;
	return frames < most ? frames : most;
}

static int count_faults(struct frames_result *result, int i)
{
	if (replacement_simulate(algorithms[i], &page_replacement.references, result->frames, NULL,
				 NULL, &result->faults[i]))
		return fail_memory();
	return EXIT_DONE;
}

static int run_algorithm(struct lab *lab, int i)
{
	const struct references *r = &page_replacement.references;
	uint32_t drawn = r->pages < DRAWN_FRAMES ? r->pages : DRAWN_FRAMES;
	int rc = EXIT_DONE;

	lab_print(lab, "%s", _(rules[i]));
	if (r->length <= DRAWN_LENGTH && !lab->request->json)
		rc = page_replacement_draw(r, algorithms[i], drawn);
	for (size_t j = 0; j < page_replacement.nr && !rc; j++)
		rc = count_faults(&page_replacement.results[j], i);
	return rc ? rc : lab_pause(lab);
}

/* Which numbers of frames there are to be. */
static int choose_frames(const struct lab_request *request)
{
	uint32_t pages = page_replacement.references.pages;
	uint32_t most = request->frames ? (uint32_t)request->frames : pages;

	for (uint32_t frames = 1;; frames = next_count(frames, most)) {
		struct frames_result *more = reallocarray(page_replacement.results,
							  page_replacement.nr + 1, sizeof(*more));

		if (!more)
			return fail_memory();
		page_replacement.results = more;
		more[page_replacement.nr++] = (struct frames_result){ .frames = frames };
		if (frames >= most)
			return EXIT_DONE;
	}
}

/**
 * page_replacement_run() - count the faults of each algorithm
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int page_replacement_run(struct lab *lab)
{
	struct references *r = &page_replacement.references;
	int rc;

	rc = get_string(lab);
	if (rc)
		return rc;
	lab_print(lab, _("The string: %s."), _(page_replacement.source));
	lab_print(lab, _("It is %u references to %u pages."), r->length, r->pages);
	if (lab->request->broken)
		reverse_future(r);
	rc = choose_frames(lab->request);
	for (int i = 0; i < NR_ALGORITHMS && !rc; i++)
		rc = run_algorithm(lab, i);
	return rc;
}
