// SPDX-License-Identifier: GPL-2.0
/*
 * A report every interval
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "errors.h"
#include "report.h"
#include "select.h"
#include "trust.h"
#include "watch.h"

static atomic_bool stopped;	/* set by the signal handler */

static void stop(int signal)
{
	(void)signal;
	stopped = true;
}

/* No SA_RESTART: a signal is to end a wait, and a write that blocks. */
static void catch(int signal)
{
	struct sigaction action = { .sa_handler = stop }, before;

	/* Who started us in the background wants ^C to pass us by. */
	sigaction(signal, NULL, &before);
	if (before.sa_handler != SIG_IGN)
		sigaction(signal, &action, NULL);
}

/*
 * Waits for a moment of now_ns(), or for a signal.  The signals are
 * blocked from before the flag is looked at until ppoll() sleeps, so that none
 * comes in between and is slept over.
 */
static void wait_until(uint64_t deadline_ns)
{
	sigset_t block, before;

	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, &before);
	while (!stopped) {
		uint64_t now = now_ns();
		struct timespec left;

		if (now >= deadline_ns)
			break;
		left.tv_sec = (time_t)((deadline_ns - now) / UINT64_C(1000000000));
		left.tv_nsec = (long)((deadline_ns - now) % UINT64_C(1000000000));
		ppoll(NULL, 0, &left, &before);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* The -p processes that are left; says which of them ended since @before. */
static size_t still_there(const struct options *options,
			  const struct sample *before, const struct sample *now)
{
	size_t left = 0;

	for (size_t i = 0; i < options->nr_pids; i++) {
		uint64_t pid = options->pid[i];

		if (snapshot_find(&now->processes, pid))
			left++;
		else if (snapshot_find(&before->processes, pid))
			notice("process %llu has ended", (unsigned long long)pid);
	}
	return left;
}

/**
 * watch() - report what happens, an interval after the other
 * @options: say which processes, how long, how often
 * @reader: from reader_open()
 *
 * Deadlines are multiples of the interval after the first sample, so reports do
 * not drift; those that were missed, stopped by ^Z for one, are not made up for.
 * Ends after the last interval, on SIGINT or SIGTERM, or when none of the
 * processes of -p is left.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int watch(const struct options *options, struct reader *reader)
{
	const struct sampling what = report_sampling(options);
	struct sample before, now;
	uint64_t deadline_ns;
	int rc, asked;

	rc = sample_take(&before, reader, &what);
	if (rc)
		return rc;
	note_absent(&before.processes);
	asked = options->pid ? check_asked(options, &before.processes) : EXIT_DONE;
	if (asked && !still_there(options, &before, &before)) {
		sample_free(&before);
		return asked;
	}

	report_begin(options);
	catch(SIGINT);
	catch(SIGTERM);
	deadline_ns = before.begin_ns;
	for (uint64_t n = 0; n < options->count && !rc; n++) {
		do {
			deadline_ns += options->interval_ns;
		} while (deadline_ns <= now_ns());
		wait_until(deadline_ns);
		if (stopped)
			break;

		rc = sample_take(&now, reader, &what);
		if (rc)
			break;
		rc = report_interval(options, reader, &before, &now);
		if (stopped)
			rc = EXIT_DONE;
		if (options->pid && !still_there(options, &before, &now))
			n = options->count - 1;
		sample_free(&before);
		before = now;
	}
	sample_free(&before);
	return rc ? rc : asked;
}
