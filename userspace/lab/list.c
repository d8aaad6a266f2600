// SPDX-License-Identifier: GPL-2.0
/*
 * Which experiments there are
 */
#include <string.h>

#include "base/grid.h"
#include "lab/experiments/experiments.h"
#include "lab/lab.h"
#include "report/report.h"

static const struct experiment *const experiments[] = {
	&experiment_demand_paging,
	&experiment_lazy_malloc,
	&experiment_cow,
	&experiment_mmap_file,
	&experiment_overcommit,
	&experiment_virtual_limit,
	&experiment_physical_limit,
	&experiment_swap,
	&experiment_reclaim,
	&experiment_page_table,
	&experiment_replacement,
	NULL
};

/**
 * lab_find() - the experiment of a name
 * @name: of the command line
 *
 * Return: it, or NULL.
 */
const struct experiment *lab_find(const char *name)
{
	for (const struct experiment *const *e = experiments; *e; e++)
		if (strcmp((*e)->name, name) == 0)
			return *e;
	return NULL;
}

/**
 * lab_list() - list the experiments
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_list(void)
{
	struct grid t;
	int rc;

	grid_begin(&t, false, true);
	grid_heading(&t, _("NAME"), 0);
	grid_heading(&t, _("SHOWS"), 0);
	for (const struct experiment *const *e = experiments; *e; e++) {
		grid_line(&t);
		grid_cell(&t, (*e)->name);
		grid_cell(&t, _((*e)->title));
	}
	rc = grid_end(&t);
	return rc ? rc : report_flush();
}
