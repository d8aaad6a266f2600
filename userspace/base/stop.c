// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting, until a moment or until the user has had enough
 */
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/stop.h"

static atomic_bool stopped;	/* set by the signal handler */

static void stop(int signal)
{
	(void)signal;
	stopped = true;
}

/**
 * stop_by() - from now on, a signal asks to stop
 * @signal: which
 *
 * No SA_RESTART: it is to end a wait, and a write that blocks.
 */
void stop_by(int signal)
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
	stop_by(SIGINT);
	stop_by(SIGTERM);
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
 * stop_wait_until() - wait for a moment, or for such a signal
 * @deadline_ns: the moment, by clock_boot_ns()
 *
 * The signals are blocked from before the flag is looked at until ppoll()
 * sleeps, so that none comes in between and is slept over.
 */
void stop_wait_until(uint64_t deadline_ns)
{
	sigset_t block, before;

	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, &before);
	while (!stopped) {
		uint64_t now = clock_boot_ns();
		struct timespec left;

		if (now >= deadline_ns)
			break;
		left.tv_sec = (time_t)((deadline_ns - now) / UINT64_C(1000000000));
		left.tv_nsec = (long)((deadline_ns - now) % UINT64_C(1000000000));
		ppoll(NULL, 0, &left, &before);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/**
 * stop_wait_input() - wait for input, for a moment, or for any signal
 * @fd: where input comes from
 * @deadline_ns: the moment, by clock_boot_ns()
 *
 * Return: false if there will be no input any more.
 */
bool stop_wait_input(int fd, uint64_t deadline_ns)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	uint64_t now = clock_boot_ns();
	struct timespec left = { 0 };
	sigset_t block, before;

	if (now < deadline_ns) {
		left.tv_sec = (time_t)((deadline_ns - now) / UINT64_C(1000000000));
		left.tv_nsec = (long)((deadline_ns - now) % UINT64_C(1000000000));
	}
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGHUP);
	sigaddset(&block, SIGQUIT);
	sigprocmask(SIG_BLOCK, &block, &before);
	if (!stopped)
		ppoll(&in, 1, &left, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !(in.revents & (POLLHUP | POLLERR | POLLNVAL));
}
