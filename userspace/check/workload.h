/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small pieces of work with known numbers of faults
 */
#ifndef PAGESTAT_CHECK_WORKLOAD_H
#define PAGESTAT_CHECK_WORKLOAD_H

#include <stdbool.h>

#include "experiment/area.h"
#include "model/columns.h"

/* Who works: a process alone, or one that shares its memory after fork(). */
enum workload_role { ROLE_ALONE, ROLE_CHILD, ROLE_PARENT, ROLE_PARENT_ALONE };

/**
 * enum amount - by how much a counter grows
 * @AMOUNT_PAGES: by the pages of the work
 * @AMOUNT_MINOR: by the process's minor faults, as the kernel counted them
 * @AMOUNT_MAJOR: likewise
 * @AMOUNT_REST: by its faults less the pages
 * @AMOUNT_NOTHING: it does not
 * @AMOUNT_SOME: at least by one
 * @AMOUNT_WITNESS: as its witness
 * @AMOUNT_MORE: as its witness, at least, and at least by one
 */
enum amount {
	AMOUNT_PAGES,
	AMOUNT_MINOR,
	AMOUNT_MAJOR,
	AMOUNT_REST,
	AMOUNT_NOTHING,
	AMOUNT_SOME,
	AMOUNT_WITNESS,
	AMOUNT_MORE,
};

/**
 * struct expected - what one counter shows of a workload
 * @counter: which; 0 ends a list
 * @witness: what the kernel calls it; NULL if it does not count it
 * @group: the file of the control group that the work is done in; NULL: /proc/vmstat,
 *	   which is for the whole machine
 */
struct expected {
	enum column_id counter;
	enum amount amount;
	const char *witness;
	const char *group;
};

#define EXPECTED_MAX	7

/*
 * The faults of the work, by the kernel's own count: one for each touch, one for all, or
 * any number.
 */
enum work_faults { FAULTS_NONE, FAULTS_EACH, FAULTS_ONE, FAULTS_ANY };

#define WORK_PAGES	1009	/* a prime, so that no other count is likely to equal it */
#define WORK_PAGES_MAX	4096

/**
 * struct workload - a piece of work
 * @name: for the report
 * @expected: a line of the report each; the first counts each page once
 * @seen: the change of each page in the page table
 * @role: of the process that does it
 * @race: two threads do it at the same time
 * @swap: needs swap
 * @pages: where they are not WORK_PAGES
 * @other: of its faults, some are other
 * @stride: the base pages of a huge page, of which the work takes two, or one if they are
 *	    large; NULL for work on WORK_PAGES
 * @ready: in pagestat: changes the machine as it is needed; says why it cannot be done
 *	   here, or NULL; may be NULL
 * @prepare: sets up @area->start; before the fork, if any
 * @rehearse: the same for the rehearsal, if it is not @prepare
 * @act: the work
 */
struct workload {
	const char *name;
	struct expected expected[EXPECTED_MAX];
	enum seen seen;
	enum workload_role role;
	enum work_faults faults;
	bool race;
	bool swap;
	bool other;
	size_t pages;
	size_t (*stride)(void);
	const char *(*ready)(void);
	void (*prepare)(struct area *area);
	void (*rehearse)(struct area *area);
	void (*act)(const struct area *area);
};

/* The workloads of one file. */
struct workload_list {
	const struct workload *list;
	size_t nr;
};

#define WORKLOAD_LIST(array)	{ array, sizeof(array) / sizeof(*(array)) }

extern const struct workload_list plain_workloads;	/* plain.c */
extern const struct workload_list swap_workloads;	/* swapped.c */
extern const struct workload_list kernel_workloads;	/* kernel.c */
extern const struct workload_list huge_workloads;	/* huge.c */
extern const struct workload_list moved_workloads;	/* moved.c */
extern const struct workload_list limit_workloads;	/* limit.c */

void workload_map_file(struct area *area, int flags);
const char *limit_path(const char *file);

/**
 * struct unchecked - a counter that no workload shows
 * @why: not
 */
struct unchecked {
	enum column_id counter;
	const char *why;
};

/* lists.c, in the order of the report; the last one is NULL, or has the counter 0. */
extern const struct workload_list *const workload_lists[];
extern const struct unchecked workload_unchecked[];

/* How many pages changed as they should, of work that counts them itself. */
extern size_t workload_seen;

size_t workload_stride(const struct workload *w);
size_t workload_pages(const struct workload *w);

#endif /* PAGESTAT_CHECK_WORKLOAD_H */
