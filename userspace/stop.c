// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting, until a moment or until the user has had enough
 */
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "interval.h"
#include "stop.h"

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

/**
 * stop_by_signals() - from now on, SIGINT and SIGTERM ask to stop
 */
void stop_by_signals(void)
{
	catch(SIGINT);
	catch(SIGTERM);
}

/**
 * stop_asked() - has one of them come?
 *
 * Return: whether it has.
 */
bool stop_asked(void)
{
	return stopped;
}

/**
 * wait_until() - wait for a moment, or for such a signal
 * @deadline_ns: the moment, by now_ns()
 *
 * The signals are blocked from before the flag is looked at until ppoll()
 * sleeps, so that none comes in between and is slept over.
 */
void wait_until(uint64_t deadline_ns)
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
