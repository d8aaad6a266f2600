// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: which page goes when one comes and no frame is free
 */
#include <stdlib.h>

#include "lab/experiments/experiments.h"
#include "lab/experiments/page_replacement.h"

#define BELADY		"1 2 3 4 1 2 5 1 2 3 4 5"
#define EVERY		20	/* as many frames are tried one by one */
#define DRAWN_LENGTH	24	/* longer strings do not fit a screen */
#define DRAWN_FRAMES	3

struct replacement replacement;	/* is reported at the end */

static const char *const rules[NR_ALGORITHMS] = {
	[ALGORITHM_OPT] = N_("OPT: the page goes whose next use is farthest in the future."),
	[ALGORITHM_FIFO] = N_("FIFO: the page goes that came first."),
	[ALGORITHM_LRU] = N_("LRU: the page goes that was not used for longest."),
	[ALGORITHM_CLOCK] = N_("Clock: as FIFO, but who was used since the hand came by is spared once."),
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
	struct references *r = &replacement.references;

	if (request->string) {
		replacement.source = N_("as given");
		return string_given(r, request->string);
	}
	if (request->seed) {
		replacement.source = N_("generated, with a working set of 5 pages that changes every 200 references");
		return string_generated(r, request->seed);
	}
	if (request->record) {
		replacement.source = N_("recorded from a program that sorts, by pagestat:fault");
		return string_recorded(r, lab, &replacement.recorded);
	}
	if (request->pid) {
		replacement.source = N_("the faults of a process, by pagestat:fault; uses of pages that stayed mapped are not among them");
		return string_of_process(r, lab, request->pid);
	}
	replacement.source = N_("Belady's, by which he showed that more memory may mean more faults");
	replacement.belady = true;
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
	if (replacement_simulate(algorithms[i], &replacement.references, result->frames, NULL,
				 NULL, &result->faults[i]))
		return fail_memory();
	return EXIT_DONE;
}

static int run_algorithm(struct lab *lab, int i)
{
	const struct references *r = &replacement.references;
	uint32_t drawn = r->pages < DRAWN_FRAMES ? r->pages : DRAWN_FRAMES;
	int rc = EXIT_DONE;

	lab_print(lab, "%s", _(rules[i]));
	if (r->length <= DRAWN_LENGTH && !lab->request->json)
		rc = replacement_draw(r, algorithms[i], drawn);
	for (size_t j = 0; j < replacement.nr && !rc; j++)
		rc = count_faults(&replacement.results[j], i);
	return rc ? rc : lab_pause(lab);
}

/* Which numbers of frames there are to be. */
static int choose_frames(const struct lab_request *request)
{
	uint32_t pages = replacement.references.pages;
	uint32_t most = request->frames ? (uint32_t)request->frames : pages;

	for (uint32_t frames = 1;; frames = next_count(frames, most)) {
		struct frames_result *more = reallocarray(replacement.results,
							  replacement.nr + 1, sizeof(*more));

		if (!more)
			return fail_memory();
		replacement.results = more;
		more[replacement.nr++] = (struct frames_result){ .frames = frames };
		if (frames >= most)
			return EXIT_DONE;
	}
}

static int run(struct lab *lab)
{
	struct references *r = &replacement.references;
	int rc;

	rc = get_string(lab);
	if (rc)
		return rc;
	lab_print(lab, _("The string: %s."), _(replacement.source));
	lab_print(lab, _("It is %u references to %u pages."), r->length, r->pages);
	if (lab->request->broken)
		reverse_future(r);
	rc = choose_frames(lab->request);
	for (int i = 0; i < NR_ALGORITHMS && !rc; i++)
		rc = run_algorithm(lab, i);
	return rc;
}

static struct amount faults_of(int algorithm, uint32_t frames)
{
	for (size_t j = 0; j < replacement.nr; j++)
		if (replacement.results[j].frames == frames)
			return (struct amount){ true, replacement.results[j].faults[algorithm] };
	return (struct amount){ 0 };
}

/* The faults that the anomaly is known by. */
static void check_belady(struct lab *lab)
{
	lab_expect(lab, N_("faults with 3 frames"), "FIFO", EXACTLY(9),
		   faults_of(ALGORITHM_FIFO, 3), N_("the oldest page goes, though it may be needed next"));
	lab_expect(lab, N_("faults with 4 frames"), "FIFO", EXACTLY(10),
		   faults_of(ALGORITHM_FIFO, 4), N_("Belady's anomaly: more memory, and more faults"));
	lab_expect(lab, N_("faults with 3 frames"), "LRU", EXACTLY(10),
		   faults_of(ALGORITHM_LRU, 3), N_("the past is taken for the future, which is not always right"));
	lab_expect(lab, N_("faults with 4 frames"), "LRU", EXACTLY(8),
		   faults_of(ALGORITHM_LRU, 4), N_("what 3 frames hold, 4 hold too: no anomaly"));
	lab_expect(lab, N_("faults with 3 frames"), "OPT", EXACTLY(7),
		   faults_of(ALGORITHM_OPT, 3), N_("the future is known: the fewest there can be"));
	lab_expect(lab, N_("faults with 4 frames"), "OPT", EXACTLY(6),
		   faults_of(ALGORITHM_OPT, 4), N_("one more than there are pages"));
}

static uint64_t times_opt_beaten(void)
{
	uint64_t times = 0;

	for (size_t j = 0; j < replacement.nr; j++)
		for (int i = 0; i < NR_ALGORITHMS; i++)
			times += replacement.results[j].faults[i] <
				 replacement.results[j].faults[ALGORITHM_OPT];
	return times;
}

static uint64_t times_more_frames_were_worse(int algorithm)
{
	uint64_t times = 0;

	for (size_t j = 1; j < replacement.nr; j++)
		times += replacement.results[j].faults[algorithm] >
			 replacement.results[j - 1].faults[algorithm];
	return times;
}

static void check(struct lab *lab)
{
	const struct recorded *recorded = &replacement.recorded;

	if (replacement.belady)
		check_belady(lab);
	if (recorded->touched) {
		lab_expect(lab, N_("references recorded"), "", EXACTLY(recorded->touched),
			   (struct amount){ true, (int64_t)recorded->recorded },
			   N_("the program unmaps each page it leaves, so that each use of another page faults"));
		lab_expect(lab, N_("recorded, but not what was touched"), "", EXACTLY(0),
			   (struct amount){ true, (int64_t)recorded->elsewhere },
			   N_("the trace has the faults in their order, with their addresses"));
	}
	lab_expect(lab, N_("times another had fewer faults"), "OPT", EXACTLY(0),
		   (struct amount){ true, (int64_t)times_opt_beaten() },
		   N_("who knows the future is beaten by nobody"));
	lab_expect(lab, N_("times more frames meant more faults"), "OPT", EXACTLY(0),
		   (struct amount){ true, (int64_t)times_more_frames_were_worse(ALGORITHM_OPT) },
		   N_("a stack algorithm: with more frames it holds all that it held with fewer"));
	lab_expect(lab, N_("times more frames meant more faults"), "LRU", EXACTLY(0),
		   (struct amount){ true, (int64_t)times_more_frames_were_worse(ALGORITHM_LRU) },
		   N_("a stack algorithm: with more frames it holds all that it held with fewer"));
}

const struct experiment experiment_replacement = {
	.name = "replacement",
	.title = N_("which page goes when one comes and no frame is free"),
	.intro = {
		N_("A program's pages are used in some order; memory has fewer frames than it has pages."),
		N_("Five algorithms choose which page goes.  Their faults are counted, for 1 frame up:"),
		N_("OPT, which knows the future, has the fewest; FIFO may have more faults with more frames."),
	},
	.broken = N_("OPT is told the future the wrong way round, and a program that is recorded keeps its pages mapped"),
	.columns = { NR_LAB },
	.takes_string = true,
	.run = run,
	.check = check,
	.report = replacement_report,
	.document = replacement_document,
	.plot = replacement_plot,
};
