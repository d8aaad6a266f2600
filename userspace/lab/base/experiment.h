/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Experiments that show paging at work and check themselves
 *
 * An experiment is done by a worker (experiment/worker.c), which waits after each of
 * its steps; then its memory and its counters are read, and what changed is printed.
 * At the end the numbers are compared with those that were expected.
 */
#ifndef PAGESTAT_LAB_EXPERIMENT_H
#define PAGESTAT_LAB_EXPERIMENT_H

#include "base/clock.h"
#include "base/gettext.h"
#include "base/json.h"
#include "experiment/worker.h"
#include "lab/base/reading.h"
#include "lab/base/request.h"
#include "model/finding.h"
#include "model/reader.h"

struct lab;

/* A step: a word for the table, and a sentence to print when it has been done. */
struct lab_step {
	const char *label;
	const char *sentence;
};

#define LAB_ROLES	2	/* the worker, and a child of it */
#define LAB_COLUMNS_MAX	12

/**
 * struct experiment - one of them; the texts are to be translated
 * @name: as the command line has it
 * @title: for the list
 * @intro: what will be seen, and why
 * @broken: what --break does
 * @size: without --size, in bytes; 0 if there is none to choose
 * @sized: works it out where it depends on the machine; NULL
 * @columns: of the table, ended by NR_LAB
 * @number: what LAB_number is called
 * @steps: by number; the worker says which has come
 * @roles: what the worker and its child are called, NULL if there is no child
 * @warm_up: the work is done twice, at first with a few pages, so that what
 *	     happens once to every process has happened
 * @killed: the worker is not to survive
 * @takes_string: a reference string: --string and the like are for it
 * @ready: can it be done here? An exit status, after a message; NULL if it always can
 * @work: what the worker does, for so many pages
 * @between: does something to a worker that stands still; NULL
 * @check: adds what was expected and what was counted to the findings
 * @run: is called instead of having a worker do it; NULL
 * @report: prints more than the table; NULL
 * @document: the same as JSON; NULL
 * @plot: tells gnuplot what to draw; NULL for the timeline of its steps
 * @clean: removes at the end what @ready made; NULL
 */
struct experiment {
	const char *name;
	const char *title;
	const char *intro[3];
	const char *broken;
	uint64_t size;
	uint64_t (*sized)(void);
	enum lab_column columns[LAB_COLUMNS_MAX];
	const char *number;
	const struct lab_step *steps;
	const char *roles[LAB_ROLES];
	bool warm_up;
	bool killed;
	bool takes_string;
	int (*ready)(struct lab *lab);
	void (*work)(const struct lab *lab, size_t pages);
	int (*between)(struct lab *lab, int step);
	void (*check)(struct lab *lab);
	int (*run)(struct lab *lab);
	int (*report)(struct lab *lab);
	void (*document)(struct lab *lab, struct json *json);
	void (*plot)(const struct lab *lab, FILE *in);
	void (*clean)(struct lab *lab);
};

/**
 * struct lab_moment - what was read when a step had been done
 * @step: its number
 * @ns: since the experiment began
 * @who: did it: 0 the worker, 1 its child
 * @reading: of each, by role; nothing is known of one that is not there
 */
struct lab_moment {
	int step;
	uint64_t ns;
	int who;
	struct reading reading[LAB_ROLES];
};

/**
 * struct lab - an experiment that is being done
 * @request: which experiment, and how
 * @experiment: which
 * @reader: where counters are read, NULL without the module
 * @size: bytes
 * @pages: as many
 * @begin_ns: when it began, by clock_boot_ns()
 * @moments: what came so far; owned
 * @nr: how many
 * @findings: the verdicts
 * @ended: how the worker did, as waitpid() has it
 */
struct lab {
	const struct lab_request *request;
	const struct experiment *experiment;
	struct reader *reader;
	uint64_t size;
	size_t pages;
	uint64_t begin_ns;
	struct lab_moment *moments;
	size_t nr;
	struct findings findings;
	int ended;
};

/* moments.c: numbers as they were after each step */

/**
 * struct amount - a number, if it is known
 * @known: it is
 * @n: the number
 */
struct amount {
	bool known;
	int64_t n;
};

struct amount lab_at(const struct lab *lab, int role, int step, enum lab_column column);
struct amount lab_grew(const struct lab *lab, int role, int from, int to,
		       enum lab_column column);
struct amount lab_shrank(const struct lab *lab, int role, int from, int to,
			 enum lab_column column);
struct amount lab_faults(const struct lab *lab, int role, int from, int to);
struct amount lab_shown(const struct lab *lab, const struct lab_moment *moment, int role,
			enum lab_column column);
const char *lab_heading(const struct experiment *experiment, enum lab_column column);

/* expect.c: what was expected, compared with what was counted */

/* What a number is expected to be: from min to max. */
struct range {
	uint64_t min;
	uint64_t max;
};

#define EXACTLY(n)	((struct range){ (n), (n) })
#define AT_LEAST(n)	((struct range){ (n), UINT64_MAX })
#define AT_MOST(n)	((struct range){ 0, (n) })
#define BETWEEN(a, b)	((struct range){ (a), (b) })

void lab_expect(struct lab *lab, const char *what, const char *counter,
		struct range expected, struct amount counted, const char *why);
void lab_expect_used(struct lab *lab, const char *what, int from, int to, uint64_t kib,
		     uint64_t noise, const char *why);

/* progress.c: what is printed meanwhile */

void lab_watch_reader(void);
bool lab_reader_gone(void);
void lab_print_intro(const struct lab *lab);
void lab_print_step(const struct lab *lab, const struct lab_moment *moment);
__printf(2, 3) void lab_print(const struct lab *lab, const char *format, ...);
int lab_pause(const struct lab *lab);

/* work.c: in the worker */

void lab_work(const void *lab, int cpu);
void lab_step(int step);
void lab_step_number(int step, uint64_t number);
void lab_step_area(int step, const void *area);
void lab_step_error(int step, int error);
void lab_step_area_number(int step, const void *area, uint64_t number);
void lab_child(pid_t pid);
bool lab_warming_up(void);
char *lab_memory(const struct lab *lab, size_t pages);
void lab_allow_huge(bool allowed);
void lab_settle(void);
void lab_touch(char *start, size_t pages);
void lab_read(const char *start, size_t pages);

#endif /* PAGESTAT_LAB_EXPERIMENT_H */
