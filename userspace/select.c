// SPDX-License-Identifier: GPL-2.0
/*
 * Which rows are shown, and in which order
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "select.h"

static bool named_by_pid(const struct options *options, const struct process *p)
{
	for (size_t i = 0; i < options->nr_pids; i++)
		if (options->pid[i] == p->value[COL_pid])
			return true;
	return false;
}

static bool named_by_comm(const struct options *options, const struct process *p)
{
	for (size_t i = 0; i < options->nr_comms; i++)
		if (strcmp(options->comm[i], p->comm) == 0 ||
		    fnmatch(options->comm[i], p->comm, 0) == 0)
			return true;
	return false;
}

/* Nothing counted; what is unknown is nothing to show either. */
static bool is_idle(const struct process *p)
{
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
		if (is_known(p->known, i) && p->value[i])
			return false;
	return true;
}

static bool is_wanted(const struct options *options, const struct process *p)
{
	bool by_pid = options->pid && named_by_pid(options, p);

	if ((options->pid || options->comm) && !by_pid &&
	    !(options->comm && named_by_comm(options, p)))
		return false;

	/* Who asks for a process by its number is told, even if it is nothing. */
	return options->all || by_pid || !is_idle(p);
}

static int compare(const struct process *a, const struct process *b,
		   const struct options *options)
{
	enum column_id column = options->sort;
	int order;

	if (column == COL_comm) {
		order = strcmp(a->comm, b->comm);
	} else {
		bool known_a = is_known(a->known, column);
		bool known_b = is_known(b->known, column);

		/* What is unknown comes last either way. */
		if (known_a != known_b)
			return known_a ? -1 : 1;
		order = (a->value[column] > b->value[column]) -
			(a->value[column] < b->value[column]);
	}
	return options->descending ? -order : order;
}

static int compare_rows(const void *left, const void *right, void *options)
{
	const struct process *a = *(const struct process *const *)left;
	const struct process *b = *(const struct process *const *)right;
	int order = compare(a, b, options);

	return order ? order : same_process(a, b);
}

/**
 * select_rows() - filter, sort and cut
 * @selection: gets the rows; to be freed with selection_free()
 * @options: say which
 * @process: rows to select from; must outlive @selection
 * @nr: how many
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int select_rows(struct selection *selection, const struct options *options,
		const struct process *process, size_t nr)
{
	selection->nr = 0;
	selection->row = calloc(nr + 1, sizeof(const struct process *));
	if (!selection->row)
		return fail_memory();

	for (size_t i = 0; i < nr; i++)
		if (is_wanted(options, &process[i]))
			selection->row[selection->nr++] = &process[i];

	qsort_r(selection->row, selection->nr, sizeof(const struct process *),
		compare_rows, (void *)options);
	if (selection->nr > options->limit)
		selection->nr = (size_t)options->limit;
	return EXIT_DONE;
}

/**
 * selection_free() - give back what select_rows() made
 * @selection: selected, or all zero
 */
void selection_free(struct selection *selection)
{
	free(selection->row);
	*selection = (struct selection){ 0 };
}

/**
 * check_asked() - are the processes there that were asked for by name?
 * @options: what was asked for
 * @snapshot: of "processes"
 *
 * Return: EXIT_DONE, or EXIT_NO_PROCESS after a message for every one missing.
 */
int check_asked(const struct options *options, const struct snapshot *snapshot)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < options->nr_pids; i++)
		if (!snapshot_find(snapshot, options->pid[i]))
			rc = fail(EXIT_NO_PROCESS, "-p %llu: no such process, or it has no record (pagestat --system: lost_tasks)",
				  (unsigned long long)options->pid[i]);

	for (size_t i = 0; i < options->nr_comms; i++) {
		const struct options one = {
			.comm = &options->comm[i],
			.nr_comms = 1,
		};
		size_t row = 0;

		while (row < snapshot->nr && !named_by_comm(&one, &snapshot->process[row]))
			row++;
		if (row == snapshot->nr)
			rc = fail(EXIT_NO_PROCESS, "-C \"%s\": no process of that name; names are cut to 15 bytes, * matches the rest",
				  options->comm[i]);
	}
	return rc;
}
