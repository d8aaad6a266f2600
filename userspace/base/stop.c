// SPDX-License-Identifier: GPL-2.0
/*
 * Wait for a moment, or until a signal asks to stop
 */
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/stop.h"

static atomic_bool stopped;

static void on_stop(int signal)
{
	(void)signal;
	stopped = true;
}

/**
 * stop_by() - from now on, a signal asks to stop
 *
 * No SA_RESTART: the signal interrupts a wait, and a write that blocks.
 */
void stop_by(int signal)
{
	struct sigaction action = { .sa_handler = on_stop }, before;

	/* A shell starts background jobs with SIGINT ignored: keep that. */
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
 * stop_asked() - has one of these signals come?
 */
bool stop_asked(void)
{
	return stopped;
}

static void block_signals(sigset_t *before)
{
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGHUP);
	sigaddset(&block, SIGQUIT);
	sigprocmask(SIG_BLOCK, &block, before);
}

/*
 * Only ppoll() unblocks the signals, so that none is lost between the check of the flag
 * and the sleep.
 */
static void sleep_until(struct pollfd *fds, nfds_t nr, uint64_t deadline_ns,
			const sigset_t *signals)
{
	uint64_t now = clock_boot_ns(), left = now < deadline_ns ? deadline_ns - now : 0;

	ppoll(fds, nr, &(struct timespec){ .tv_sec = (time_t)(left / UINT64_C(1000000000)),
					   .tv_nsec = (long)(left % UINT64_C(1000000000)) },
	      signals);
}

/**
 * stop_wait_until() - wait for a moment, or for a signal that asks to stop
 * @deadline_ns: the moment, by clock_boot_ns()
 */
void stop_wait_until(uint64_t deadline_ns)
{
	sigset_t before;

	block_signals(&before);
	while (!stopped && clock_boot_ns() < deadline_ns)
		sleep_until(NULL, 0, deadline_ns, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/**
 * stop_wait_input() - wait for input, for a moment, or for any signal
 * @deadline_ns: the moment, by clock_boot_ns()
 *
 * Return: false if @fd will have no input any more.
 */
bool stop_wait_input(int fd, uint64_t deadline_ns)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	sigset_t before;

	block_signals(&before);
	if (!stopped)
		sleep_until(&in, 1, deadline_ns, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !(in.revents & (POLLHUP | POLLERR | POLLNVAL));
}
