/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small pieces of work with a known number of faults
 */
#ifndef PAGESTAT_EXPERIMENT_WORKLOAD_H
#define PAGESTAT_EXPERIMENT_WORKLOAD_H

#include "experiment/pagemap.h"
#include "model/columns.h"

/* The memory of a piece of work. */
struct area {
	char *start;
	size_t pages;
};

/* Who works: a process alone, or one that shares its memory after fork(). */
enum workload_role { ROLE_ALONE, ROLE_CHILD, ROLE_PARENT, ROLE_PARENT_ALONE };

/**
 * struct workload - a piece of work
 * @name: for the report
 * @counter: counts each page once
 * @seen: the change of each page in the page table
 * @role: of the process that does it
 * @prepare: sets up @area->start; before the fork, if any
 * @act: the work
 * @faults: each page is a fault
 * @race: two threads do it at the same time
 * @swap: needs swap
 */
struct workload {
	const char *name;
	enum column_id counter;
	enum seen seen;
	enum workload_role role;
	void (*prepare)(struct area *area);
	void (*act)(const struct area *area);
	bool faults;
	bool race;
	bool swap;
};

extern const struct workload workloads[];
extern const size_t nr_workloads;

void workload_page_out(const struct area *area);

#endif /* PAGESTAT_EXPERIMENT_WORKLOAD_H */
