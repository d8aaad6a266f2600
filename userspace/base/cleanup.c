// SPDX-License-Identifier: GPL-2.0
/*
 * Undo what was changed for a while before a signal ends the process
 */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/*
 * All signals that end a process by default, but SIGKILL, which cannot be caught.
 * stop.c may handle the first ones; those from SIGSEGV on come from a bug of ours.
 */
static const int fatal[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ,
	SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT,
	SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP,
};

#define NR_FATAL	(sizeof(fatal) / sizeof(*fatal))

static struct sigaction handler_before[NR_FATAL];
static void (*volatile cleanup)(void);

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE ||
	       signal == SIGABRT || signal == SIGSYS || signal == SIGTRAP;
}

/* Context: a signal handler. */
static void on_fatal(int signal, siginfo_t *info, void *context)
{
	(void)context;
	if (cleanup)
		cleanup();
	for (size_t i = 0; i < NR_FATAL; i++)
		if (fatal[i] == signal)
			sigaction(signal, &handler_before[i], NULL);
	/* After a crash the same instruction crashes again; a signal has to be sent again. */
	if (!is_crash(signal) || info->si_code <= 0)
		raise(signal);
}

/**
 * cleanup_on_signal() - have something done before a signal ends the process
 * @task: replaces the task so far; may call async-signal-safe functions only; NULL for none
 *
 * Signals that are ignored or handled stay so; but for crashes, @task runs before the
 * handler of a sanitizer.
 */
void cleanup_on_signal(void (*task)(void))
{
	struct sigaction action = { .sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO }, now;

	cleanup = task;
	for (size_t i = 0; task && i < NR_FATAL; i++) {
		sigaction(fatal[i], NULL, &now);
		if (now.sa_sigaction == on_fatal ||
		    (!is_crash(fatal[i]) && now.sa_handler != SIG_DFL))
			continue;
		handler_before[i] = now;
		sigaction(fatal[i], &action, NULL);
	}
}
