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
 */
enum amount {
	AMOUNT_PAGES,
	AMOUNT_MINOR,
	AMOUNT_MAJOR,
	AMOUNT_REST,
};

/**
 * struct expected - what one counter shows of a workload
 * @counter: which; 0 ends a list
 * @vmstat: what the kernel calls it in /proc/vmstat, for the whole machine; NULL if it
 *	    does not count it
 */
struct expected {
	enum column_id counter;
	enum amount amount;
	const char *vmstat;
};

#define EXPECTED_MAX	5

/* The faults of the work, by the kernel's own count: one for each touch, or any number. */
enum work_faults { FAULTS_NONE, FAULTS_EACH, FAULTS_ANY };

/**
 * struct workload - a piece of work
 * @name: for the report
 * @expected: a line of the report each; the first counts each page once
 * @seen: the change of each page in the page table
 * @role: of the process that does it
 * @prepare: sets up @area->start; before the fork, if any
 * @act: the work
 * @race: two threads do it at the same time
 * @swap: needs swap
 */
struct workload {
	const char *name;
	struct expected expected[EXPECTED_MAX];
	enum seen seen;
	enum workload_role role;
	enum work_faults faults;
	bool race;
	bool swap;
	void (*prepare)(struct area *area);
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

#endif /* PAGESTAT_CHECK_WORKLOAD_H */
