/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A process that works step by step, and waits while it is being measured
 */
#ifndef PAGESTAT_EXPERIMENT_WORKER_H
#define PAGESTAT_EXPERIMENT_WORKER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "base/errors.h"

enum worker_message_kind {
	MESSAGE_STEP,		/* waits for worker_go() */
	MESSAGE_SEEN,		/* waits too, and sends what the page table shows */
	MESSAGE_GAVE_UP,	/* ends, and says why */
	MESSAGE_SILENCE,	/* has ended, or is too slow */
};

/**
 * struct worker_message - from a worker
 * @pid: of the sender: the worker, or its child
 * @known: @seen is a number
 * @seen: how many pages changed as the workload says
 * @why: it gave up
 * @step: of an experiment; negative in a rehearsal
 * @child: of the worker, 0 if there is none
 * @area: in the mapping to be inspected, NULL for none
 * @number: for the experiment
 * @error: errno, for the experiment; -1 for none
 */
struct worker_message {
	enum worker_message_kind kind;
	pid_t pid;
	bool known;
	uint64_t seen;
	char why[128];
	int step;
	pid_t child;
	const void *area;
	uint64_t number;
	int error;
};

/**
 * struct worker - as the parent sees it
 * @go: pipe to it
 * @said: pipe from it
 * @patience_ms: how long to wait for a message
 */
struct worker {
	pid_t pid;
	int go;
	int said;
	int patience_ms;
};

int worker_start(struct worker *worker, void (*work)(const void *arg, int cpu),
		 const void *arg);
void worker_go(struct worker *worker);
enum worker_message_kind worker_listen(struct worker *worker, struct worker_message *message);
void worker_end(struct worker *worker, struct rusage *usage);

void worker_stand(struct worker_message *message);
_Noreturn void worker_give_up(const char *what);
__printf(1, 2) _Noreturn void worker_cannot(const char *format, ...);
pid_t worker_fork(void);
int worker_other_cpu(int cpu);
void worker_settle(int cpu);

#endif /* PAGESTAT_EXPERIMENT_WORKER_H */
