// SPDX-License-Identifier: GPL-2.0
/*
 * What is printed while an experiment is being done
 */
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "lab/base/experiment.h"
#include "report/report.h"

static volatile sig_atomic_t pipe_broken;

static void on_pipe(int signal)
{
	(void)signal;
	pipe_broken = true;
}

/**
 * lab_watch_reader() - note it when nobody reads the report any more
 *
 * A closed pipe is to end this process, but not before what was made for the
 * experiment has been removed: lab_reader_gone() says when.
 */
void lab_watch_reader(void)
{
	signal(SIGPIPE, on_pipe);
}

/**
 * lab_reader_gone() - has the reader of the report closed the pipe?
 *
 * Return: whether it has.
 */
bool lab_reader_gone(void)
{
	return pipe_broken && ferror(stdout);
}

/**
 * lab_print_intro() - say what will be seen, and why
 * @lab: the experiment
 */
void lab_print_intro(const struct lab *lab)
{
	const struct experiment *e = lab->experiment;

	if (lab->request->json)
		return;
	printf(_("%s: %s\n\n"), e->name, _(e->title));
	for (int i = 0; i < 3; i++)
		if (e->intro[i])
			printf("  %s\n", _(e->intro[i]));
	if (lab->request->broken)
		printf(_("  Done wrongly on purpose (--break): %s\n"), _(e->broken));
	putchar('\n');
	fflush(stdout);
}

/* The reading of the same role before that moment; NULL if there is none. */
static const struct reading *reading_before(const struct lab *lab,
					    const struct lab_moment *moment, int role)
{
	while (moment-- > lab->moments)
		if (moment->reading[role].known)
			return &moment->reading[role];
	return NULL;
}

static bool said_by_worker(enum lab_column column)
{
	return column == LAB_number || column == LAB_errno;
}

/* "vsz +102400 KiB, minor +25600, blocks 15": what changed, and what the worker reports. */
static void print_changes(const struct lab *lab, const struct reading *before,
			  const struct reading *now)
{
	const struct experiment *e = lab->experiment;
	const char *between = "           ";

	for (const enum lab_column *c = e->columns; *c != NR_LAB; c++) {
		int64_t by = (int64_t)(now->value[*c] - before->value[*c]);

		if (said_by_worker(*c)) {
			if (!is_known(now->known, *c))
				continue;
			printf("%s%s %" PRIu64, between, lab_heading(e, *c), now->value[*c]);
		} else {
			if (!by || !is_known(before->known & now->known, *c))
				continue;
			printf("%s%s %+" PRId64, between, lab_column_name(*c), by);
			if (!lab_is_counter(*c))
				printf(" %s", lab_column_unit(*c));
		}
		between = ", ";
	}
	puts(*between == ',' ? "" : _("           nothing changed"));
}

/**
 * lab_print_step() - print what changed in a step
 * @lab: the experiment
 * @moment: when the step was done
 */
void lab_print_step(const struct lab *lab, const struct lab_moment *moment)
{
	const struct lab_step *step = &lab->experiment->steps[moment->step];
	const char *role = lab->experiment->roles[moment->who];
	const struct reading *before = reading_before(lab, moment, moment->who);

	if (lab->request->json)
		return;
	printf("[%8.3f] ", (double)moment->ns / 1e9);
	if (role)
		printf(_("%s: "), _(role));
	puts(_(step->sentence));
	if (before)
		print_changes(lab, before, &moment->reading[moment->who]);
	fflush(stdout);
}

/**
 * lab_print() - print what happens, with the time; with --json, nothing
 * @lab: the experiment
 * @format: as printf(3)
 */
void lab_print(const struct lab *lab, const char *format, ...)
{
	va_list args;

	if (lab->request->json)
		return;
	printf("[%8.3f] ", (double)(clock_boot_ns() - lab->begin_ns) / 1e9);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

/**
 * lab_pause() - with --interactive, wait for Enter
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status, after a message, if it is to end: nobody
 * can read it, or it was told to stop.
 */
int lab_pause(const struct lab *lab)
{
	char c = '\0';

	if (ferror(stdout))
		return lab_reader_gone() ? EXIT_OUTPUT : report_flush();
	if (lab->request->interactive && !lab->request->json) {
		fputs(_("           Enter goes on "), stdout);
		fflush(stdout);
		while (c != '\n' && !stop_asked() && read(STDIN_FILENO, &c, 1) == 1)
			;
		if (c != '\n')
			putchar('\n');
	}
	return stop_asked() ? fail(EXIT_SYSTEM, _("lab: was told to stop")) : EXIT_DONE;
}
