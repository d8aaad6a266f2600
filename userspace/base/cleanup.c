// SPDX-License-Identifier: GPL-2.0
/*
 * What is done before a signal ends us: what we changed for a while is put back
 */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/*
 * All signals that end a process that does not care, but SIGKILL, which cannot be caught.
 * stop.c may have the first ones; those from SIGSEGV on come from a fault of our own.
 */
static const int deadly[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ,
	SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT,
};

#define NR_DEADLY	(sizeof(deadly) / sizeof(*deadly))

static struct sigaction handler_before[NR_DEADLY];
static void (*volatile last_task)(void);

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE ||
	       signal == SIGABRT;
}

/* Context: a signal handler. */
static void on_deadly(int signal, siginfo_t *info, void *context)
{
	(void)context;
	if (last_task)
		last_task();
	for (size_t i = 0; i < NR_DEADLY; i++)
		if (deadly[i] == signal)
			sigaction(signal, &handler_before[i], NULL);
	/* What crashed crashes again when this returns; what was sent is sent again. */
	if (!is_crash(signal) || info->si_code <= 0)
		raise(signal);
}

/**
 * cleanup_on_signal() - have something done when a signal ends us
 * @task: does it, by what may be called in a signal handler; instead of what was to be
 *        done so far.  NULL: nothing is
 *
 * Signals that are ignored, or that have a handler, keep that; but a sanitizer's handler
 * of crashes is called after @task.
 */
void cleanup_on_signal(void (*task)(void))
{
	struct sigaction action = { .sa_sigaction = on_deadly, .sa_flags = SA_SIGINFO }, now;

	last_task = task;
	for (size_t i = 0; task && i < NR_DEADLY; i++) {
		sigaction(deadly[i], NULL, &now);
		if (now.sa_sigaction == on_deadly ||
		    (!is_crash(deadly[i]) && now.sa_handler != SIG_DFL))
			continue;
		handler_before[i] = now;
		sigaction(deadly[i], &action, NULL);
	}
}
