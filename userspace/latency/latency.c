// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat latency: how long faults take
 *
 * The module measures only on demand, as that slows down every fault of the machine.  If
 * it measures already, it is left on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/stop.h"
#include "base/text.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "cli/hint.h"
#include "cli/values.h"
#include "latency/arm.h"
#include "latency/latency.h"
#include "model/asked.h"
#include "model/sample.h"
#include "report/report.h"

#define SECOND		UINT64_C(1000000000)
#define MANY_CPUS	16	/* for more, one list for all of them is a bottleneck */

/* What the file "probes" says of the return probe. */
static int read_return_probe(struct moment *moment, struct reader *reader)
{
	struct probes probes;
	int rc;

	rc = probes_read(&probes, reader);
	if (rc)
		return rc;
	for (size_t row = 0; row < probes.tsv.nr_rows; row++) {
		if (strcmp(probe_text(&probes, row, PROBE_hook), "return") != 0)
			continue;
		moment->unfollowed_known = !text_to_u64(probe_text(&probes, row, PROBE_missed),
							&moment->unfollowed);
		moment->shared = strcmp(probe_text(&probes, row, PROBE_type),
					"return-shared") == 0;
	}
	tsv_free(&probes.tsv);
	return EXIT_DONE;
}

static void moment_free(struct moment *moment)
{
	latencies_free(&moment->latencies);
}

static int take_moment(struct moment *moment, struct reader *reader)
{
	int rc;

	*moment = (struct moment){ .ns = clock_boot_ns() };
	rc = latencies_read(&moment->latencies, reader);
	if (!rc)
		rc = system_read(&moment->system, reader);
	if (!rc)
		rc = read_return_probe(moment, reader);
	if (rc)
		moment_free(moment);
	return rc;
}

/* Reports what was measured since @before; NULL: since latency was turned on. */
static int report_since(const struct latency_request *request, struct reader *reader,
			const struct moment *before, const struct moment *now)
{
	static const struct latencies none;
	struct latencies rows;
	bool on;
	int rc;

	rc = arm_state(&on);
	if (!rc && !on)
		rc = fail(EXIT_SYSTEM, "latency was turned off while it was measured: what was measured is lost");
	if (!rc)
		rc = latencies_since(&rows, before ? &before->latencies : &none,
				     &now->latencies);
	if (rc)
		return rc;
	if (rows.row)
		rc = latency_report(request, reader, before, now, &rows);
	else
		notice("the counters were reset, or latency turned off and on: this interval is skipped");
	latencies_free(&rows);
	return rc;
}

/* Is any of the processes of -p left?  Reports those that have ended. */
static int still_there(const struct latency_request *request, struct reader *reader,
		       bool *there, bool *any)
{
	struct snapshot snapshot;
	int rc;

	*any = true;
	if (!request->query.pids.pid)
		return EXIT_DONE;
	rc = snapshot_read(&snapshot, reader, "processes");
	if (rc)
		return rc;
	*any = false;
	for (size_t i = 0; i < request->query.pids.nr; i++) {
		bool was = there[i];

		there[i] = was && snapshot_find(&snapshot, request->query.pids.pid[i]);
		*any |= there[i];
		if (was && !there[i])
			notice("process %llu has ended; its faults are now in the sum of ended processes, which is not shown with -p",
			       (unsigned long long)request->query.pids.pid[i]);
	}
	snapshot_free(&snapshot);
	return EXIT_DONE;
}

/* One report, when interrupted or when no process of -p is left. */
static int measure_once(const struct latency_request *request, struct reader *reader,
			const struct moment *before, bool *there)
{
	struct moment now;
	bool any = true;
	int rc = EXIT_DONE;

	notice("measuring; Ctrl-C ends it and shows what was measured");
	/* Seconds that were missed, as in suspend, are not caught up. */
	for (uint64_t next = before->ns; !rc && any && !stop_asked();) {
		next = clock_deadline_after(next, SECOND, clock_boot_ns());
		stop_wait_until(next);
		rc = still_there(request, reader, there, &any);
	}
	if (!rc)
		rc = take_moment(&now, reader);
	if (rc)
		return rc;
	rc = report_since(request, reader, before, &now);
	moment_free(&now);
	return rc;
}

/* A report for each interval; @before becomes the last moment. */
static int measure_intervals(const struct latency_request *request, struct reader *reader,
			     struct moment *before, bool *there)
{
	uint64_t deadline_ns = before->ns;
	bool any = true;
	int rc = EXIT_DONE;

	for (uint64_t n = 0; n < request->period.count && !rc && any; n++) {
		struct moment now;

		deadline_ns = clock_deadline_after(deadline_ns, request->period.interval_ns,
						   clock_boot_ns());
		stop_wait_until(deadline_ns);
		/* Interrupted, it reports the shorter interval until now. */
		rc = still_there(request, reader, there, &any);
		if (!rc)
			rc = take_moment(&now, reader);
		if (rc)
			break;
		rc = report_since(request, reader, before, &now);
		if (stop_asked()) {	/* the signal may have interrupted a write */
			rc = EXIT_DONE;
			any = false;
		}
		moment_free(before);
		*before = now;
	}
	return rc;
}

/* One list for all processors makes measuring slow. */
static void note_cost(const struct moment *moment)
{
	unsigned int cpus = cpus_possible();

	if (moment->shared && cpus > MANY_CPUS)
		notice("before Linux 6.7 all %u processors share one list of the faults that are measured: with many faults at once, this makes each up to tens of microseconds slower, and the times shown include that",
		       cpus);
}

static int measure_as_asked(const struct latency_request *request, struct reader *reader,
			    bool was_on, bool *there)
{
	struct moment first;
	int rc;

	rc = take_moment(&first, reader);
	if (rc)
		return rc;
	note_cost(&first);
	if (request->period.interval_ns)
		rc = measure_intervals(request, reader, &first, there);
	else if (was_on)
		rc = report_since(request, reader, NULL, &first);
	else
		rc = measure_once(request, reader, &first, there);
	moment_free(&first);
	return rc;
}

/* Turns latency on if it is off, measures, and turns it off again. */
static int arm_and_measure(const struct latency_request *request, struct reader *reader,
			   bool *there)
{
	bool was_on;
	int rc, off;

	rc = arm_state(&was_on);
	if (rc)
		return rc;
	stop_by_signals();
	if (!was_on)
		rc = arm_until_death();
	if (!rc)
		rc = measure_as_asked(request, reader, was_on, there);
	off = disarm();
	return rc ? rc : off;
}

/* Measures if -p was not given, or any of its processes is there. */
static int check_and_measure(const struct latency_request *request, struct reader *reader)
{
	struct snapshot snapshot;
	bool *there, any = !request->query.pids.pid;
	int rc, asked;

	rc = snapshot_read(&snapshot, reader, "processes");
	if (rc)
		return rc;
	asked = asked_check_now(&request->query, &snapshot);
	there = calloc(request->query.pids.nr + 1, sizeof(*there));
	for (size_t i = 0; i < request->query.pids.nr && there; i++) {
		there[i] = snapshot_find(&snapshot, request->query.pids.pid[i]);
		any |= there[i];
	}
	snapshot_free(&snapshot);
	if (!there)
		return fail_memory();
	if (asked != EXIT_DONE && asked != EXIT_NO_PROCESS)
		any = false;

	rc = any ? arm_and_measure(request, reader, there) : EXIT_DONE;
	free(there);
	return rc ? rc : asked;
}

static int turn_to(bool on)
{
	bool was_on;
	int rc;

	rc = arm_state(&was_on);
	if (rc || was_on == on)
		return rc;
	return arm_set(on);
}

static int print_status(void)
{
	bool on;
	int rc;

	rc = arm_state(&on);
	if (rc)
		return rc;
	puts(on ? "on" : "off");
	return report_flush();
}

static int latency_finish(void *arg, int argc, char **argv)
{
	static const char *const turns[] = {
		[TURN_ON] = "on", [TURN_OFF] = "off", [TURN_STATUS] = "status",
	};
	struct latency_request *request = arg;
	int rc;

	for (int turn = TURN_ON; argc && turn <= TURN_STATUS; turn++)
		if (strcmp(argv[0], turns[turn]) == 0)
			request->turn = (enum turn)turn;
	if (request->turn) {
		if (argc == 1 && !request->query.pids.pid && !request->query.names.name &&
		    request->form.format == FORMAT_TABLE)
			return EXIT_DONE;
		return usage_error("latency %s: takes no options and nothing after it",
			    argv[0]);
	}
	rc = value_period(&request->period, argc, argv);
	return rc ? rc : check_one_object(&request->form, &request->period);
}

static int latency_start(void *arg)
{
	const struct latency_request *request = arg;
	struct reader reader;
	int rc;

	rc = reader_open(&reader);
	if (rc)
		return rc;
	switch (request->turn) {
	case TURN_ON:
		return turn_to(true);
	case TURN_OFF:
		return turn_to(false);
	case TURN_STATUS:
		return print_status();
	default:
		return check_and_measure(request, &reader);
	}
}

static const char latency_help[] =
"Usage: pagestat latency [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat latency on|off|status\n"
"\n"
"Shows how long faults take, by kind: until Ctrl-C, or in each INTERVAL.\n"
"Measuring slows down all faults: it is on only meanwhile, or from on to off.\n"
"\n"
"  -p PID,...        of these processes\n"
"  -C NAME           of those of that name (* ? [] match); may be repeated\n"
"  --json, --jsonl   for programs; --jsonl: an object an interval\n"
"  --no-headings     no headings and no time stamps\n"
"  -h, --help  -V, --version\n"
"\n"
"Root only.  More: pagestat-latency(8).\n";

static const struct option_field latency_options[] = {
	OPTION_FIELD(PIDS, struct latency_request, query.pids),
	OPTION_FIELD(COMM, struct latency_request, query.names),
	OPTION_FIELD(JSON, struct latency_request, form),
	OPTION_FIELD(JSONL, struct latency_request, form),
	OPTION_FIELD(NO_HEADINGS, struct latency_request, form),
};

const struct command latency_command = {
	.name = "latency",
	.help = latency_help,
	COMMAND_OPTIONS(latency_options),
	COMMAND_REQUEST(struct latency_request, .period.count = UINT64_MAX),
	.finish = latency_finish,
	.start = latency_start,
};
