// SPDX-License-Identifier: GPL-2.0
/*
 * What is done before a signal ends us: what we made for a while is undone
 */
#include <signal.h>
#include <stddef.h>

#include "base/death.h"

/* Those that end who does not care.  The first ones may be stop.c's. */
static const int deadly[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ,
};

static void (*volatile last_task)(void);

/* With SA_RESETHAND, the signal kills us when this returns. */
static void die(int signal)
{
	if (last_task)
		last_task();
	raise(signal);
}

/**
 * before_death() - have something done when a signal ends us
 * @task: does it, by what may be called in a signal handler; instead of what was to be
 *        done so far.  NULL: nothing is
 *
 * Signals that are ignored, or asked to be told of, stay so.  SIGKILL cannot be caught.
 */
void before_death(void (*task)(void))
{
	struct sigaction action = { .sa_handler = die, .sa_flags = (int)SA_RESETHAND }, before;

	last_task = task;
	for (size_t i = 0; task && i < sizeof(deadly) / sizeof(*deadly); i++) {
		sigaction(deadly[i], NULL, &before);
		if (before.sa_handler == SIG_DFL)
			sigaction(deadly[i], &action, NULL);
	}
}
