// SPDX-License-Identifier: GPL-2.0
/*
 * How long faults took, in the form asked for, and notes on what the numbers lack
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/errors.h"
#include "latency/arm.h"
#include "latency/latency.h"
#include "model/select.h"
#include "report/bars.h"
#include "report/document.h"
#include "report/report.h"
#include "report/notices.h"

/* Drops rows that were not asked for; the sum of ended processes has no pid and no name. */
static void drop_unasked(const struct query *query, struct latencies *latencies)
{
	size_t left = 0;

	for (size_t i = 0; i < latencies->nr; i++) {
		const struct latency *row = &latencies->row[i];
		const struct process who = {
			.value[COL_pid] = row->pid,
			.comm = row->comm,
		};

		if (row->pid ? select_is_named(query, &who) :
			       !query->pids.pid && !query->names.name)
			latencies->row[left++] = *row;
	}
	latencies->nr = left;
}

static int print_bars(const struct form *form, const struct latencies *latencies,
		      const struct kinds *kinds, uint64_t elapsed_ns)
{
	const char *none = latencies->nr ? "" : ": none";
	char stamp[STAMP_MAX];
	int rc;

	if (!form->no_headings && elapsed_ns)
		printf("%s, faults of the last %.3f s%s\n", clock_stamp(stamp, clock_wall_ns()),
		       (double)elapsed_ns / 1e9, none);
	else if (!form->no_headings)
		printf("faults since latency was turned on%s\n", none);
	if (!latencies->nr)
		return EXIT_DONE;
	rc = bars_table(kinds, !form->no_headings);
	if (rc)
		return rc;
	bars_draw(kinds);
	putchar('\n');
	return EXIT_DONE;
}

static void document_kinds(struct json *json, const struct kinds *kinds)
{
	json_open(json, "kinds", '[');
	for (int kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		if (!histogram_count(&kinds->of[kind]))
			continue;
		json_open(json, NULL, '{');
		json_text(json, "kind", latency_kind_names[kind]);
		bars_json(json, &kinds->of[kind]);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void document_latencies(struct json *json, const struct latencies *latencies)
{
	json_open(json, "processes", '[');
	for (size_t i = 0; i < latencies->nr; i++) {
		const struct latency *row = &latencies->row[i];

		json_open(json, NULL, '{');
		json_number(json, "pid", row->pid, row->pid);
		json_number(json, "start_ns", row->pid, row->start_ns);
		json_text(json, "comm", row->comm);
		json_text(json, "kind", latency_kind_names[row->kind]);
		bars_json(json, &row->histogram);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* The growth of a count; all of it if it was reset. */
static uint64_t growth(uint64_t before, uint64_t now)
{
	return now >= before ? now - before : now;
}

/**
 * latency_report() - report how long faults took between two moments
 * @request: says of which processes, and how
 * @reader: where it was read from
 * @before: the first moment; NULL: when latency was turned on
 * @now: the second moment
 * @rows: the faults between them; rows that were not asked for are removed
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int latency_report(const struct latency_request *request, const struct reader *reader,
		   const struct moment *before, const struct moment *now,
		   struct latencies *rows)
{
	static const struct moment never;
	const struct moment *then = before ? before : &never;
	uint64_t unfollowed = growth(then->unfollowed, now->unfollowed);
	uint64_t disputed = growth(then->system.value[SYS_disputed],
				   now->system.value[SYS_disputed]);
	uint64_t elapsed_ns = before ? now->ns - before->ns : now->system.value[SYS_latency_ns];
	struct kinds kinds = { 0 };
	struct json json;
	char limit[16];
	int rc = EXIT_DONE;

	drop_unasked(&request->query, rows);
	for (size_t i = 0; i < rows->nr; i++)
		histogram_add(&kinds.of[rows->row[i].kind], &rows->row[i].histogram);

	if (request->form.format == FORMAT_TABLE) {
		rc = print_bars(&request->form, rows, &kinds, elapsed_ns);
	} else {
		document_begin(&json, stdout, reader, &now->system);
		if (elapsed_ns)
			document_interval(&json, elapsed_ns, clock_wall_ns());
		json_open(&json, "latency", '{');
		json_number(&json, "unfollowed", now->unfollowed_known, unfollowed);
		json_number(&json, "disputed", is_known(now->system.known, SYS_disputed), disputed);
		bars_json_bounds(&json);
		document_kinds(&json, &kinds);
		document_latencies(&json, rows);
		json_close(&json, '}');
		document_end(&json);
	}
	if (!rc)
		rc = report_flush();

	if (now->unfollowed_known && unfollowed)
		notice("%" PRIu64 " faults could not be followed%s: too many at one time; raise the module's parameter max_faults (now %s)",
		       unfollowed, before ? "" : " since the module was loaded",
		       arm_max_faults(limit));
	if (is_known(now->system.known, SYS_disputed) && disputed)
		notice("%" PRIu64 " faults were taken for minor where the kernel accounted major ones, or the other way round",
		       disputed);
	notices_losses(before ? &before->system : NULL, &now->system);
	return rc;
}
