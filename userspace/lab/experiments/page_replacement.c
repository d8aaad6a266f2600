// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: which page goes when one comes and no frame is free
 */
#include "lab/experiments/experiments.h"
#include "lab/experiments/page_replacement.h"

static struct amount faults_of(int algorithm, uint32_t frames)
{
	for (size_t j = 0; j < page_replacement.nr; j++)
		if (page_replacement.results[j].frames == frames)
			return (struct amount){ true, page_replacement.results[j].faults[algorithm] };
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

	for (size_t j = 0; j < page_replacement.nr; j++)
		for (int i = 0; i < NR_ALGORITHMS; i++)
			times += page_replacement.results[j].faults[i] <
				 page_replacement.results[j].faults[ALGORITHM_OPT];
	return times;
}

static uint64_t times_more_frames_were_worse(int algorithm)
{
	uint64_t times = 0;

	for (size_t j = 1; j < page_replacement.nr; j++)
		times += page_replacement.results[j].faults[algorithm] >
			 page_replacement.results[j - 1].faults[algorithm];
	return times;
}

static void check(struct lab *lab)
{
	const struct recorded *recorded = &page_replacement.recorded;

	if (page_replacement.belady)
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
		   N_("no algorithm is better than one that knows the future"));
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
	.broken = N_("OPT is given the future in reverse, and the recorded program keeps its pages mapped"),
	.columns = { NR_LAB },
	.takes_string = true,
	.run = page_replacement_run,
	.check = check,
	.report = page_replacement_report,
	.document = page_replacement_document,
	.plot = page_replacement_plot,
};
