/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small pieces of work whose faults are known beforehand
 */
#ifndef PAGESTAT_EXPERIMENT_WORKLOAD_H
#define PAGESTAT_EXPERIMENT_WORKLOAD_H

#include "experiment/pagemap.h"
#include "model/columns.h"

/* What is touched: memory of its own for each piece of work. */
struct area {
	char *start;
	size_t pages;
};

/* Who works: a process by itself, or one that shares its memory since a fork. */
enum workload_role { ROLE_ALONE, ROLE_CHILD, ROLE_PARENT, ROLE_PARENT_ALONE };

/**
 * struct workload - a piece of work
 * @name: for the report
 * @counter: what it is to count, once a page
 * @seen: what becomes of a page, as the kernel itself shows it
 * @role: who does it
 * @prepare: sets @area->start up; before the fork, if there is one
 * @act: the work itself
 * @faults: each page is a fault
 * @race: two threads do it at the same moment
 * @swap: it needs some
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
