/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A process that works, and stands still whenever it is to be looked at
 */
#ifndef PAGESTAT_EXPERIMENT_WORKER_H
#define PAGESTAT_EXPERIMENT_WORKER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/* What a worker has to say. */
enum worker_message_kind {
	MESSAGE_STEP,		/* it stands still until worker_go() */
	MESSAGE_SEEN,		/* so does it, and this is what the page table shows */
	MESSAGE_GAVE_UP,	/* it ends, and this is why */
	MESSAGE_SILENCE,	/* it has ended, or is too slow */
};

/**
 * struct worker_message - what a worker says
 * @kind: as above
 * @pid: who says it: the worker, or its child
 * @known: @seen is a number
 * @seen: as many pages became what the workload says
 * @why: it gave up
 * @step: of an experiment, its number; negative while it is rehearsed
 * @child: of the worker, 0 if there is none
 * @area: in the mapping to be looked at, NULL if none is
 * @number: what the experiment is to be told
 * @error: of errno, likewise; -1 for none
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
 * struct worker - as seen by who started it
 * @pid: of the process that was started
 * @go: to it
 * @said: from it
 * @patience_ms: for how long it may be silent
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
pid_t worker_fork(void);
int worker_other_cpu(int cpu);
void worker_settle(int cpu);

#endif /* PAGESTAT_EXPERIMENT_WORKER_H */
