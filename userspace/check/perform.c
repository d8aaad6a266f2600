// SPDX-License-Identifier: GPL-2.0
/*
 * A workload, done by a worker
 *
 * Everything that is done for the first time faults, after a fork above all: the
 * stack, the C library's data, what the kernel writes to a thread when it has slept
 * or changed CPUs.  So the whole piece of work is done twice, first with a few
 * other pages, as a rehearsal; what the second adds are the faults of its pages.
 *
 *	who measures			worker
 *	worker_start(perform)		prepare, fork, settle
 *	   for the rehearsal, then for the real thing:
 *	worker_listen(): STEP		stand
 *	  ... reads counters ...
 *	worker_go()			act
 *	worker_listen(): STEP		stand
 *	  ... reads counters ...
 *	worker_go()
 *	worker_listen(): SEEN		look at the page table, stand
 *	worker_go()
 *	worker_end()			end
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check/perform.h"
#include "experiment/worker.h"
#include "experiment/workload.h"

#define REHEARSAL_PAGES	3

static int home;	/* the CPU to work on */
static const struct workload *work;
static const struct area *stage;
static atomic_int called, here, done;

/* Does the same at the same moment, on another CPU if there is one. */
static void *second_thread(void *unused)
{
	worker_settle(worker_other_cpu(home));
	atomic_store(&done, 1);
	for (int round = 0; ; round++) {
		while (atomic_load(&called) == round)
			sched_yield();
		/* Both go on within a few instructions. */
		atomic_store(&here, 1);
		while (atomic_load(&here))
			;
		work->act(stage);
		atomic_store(&done, 1);
	}
	return unused;
}

static void wait_until_done(void)
{
	while (!atomic_exchange(&done, 0))
		sched_yield();
}

static void act(const struct area *area)
{
	stage = area;
	if (work->race) {
		atomic_fetch_add(&called, 1);
		while (!atomic_load(&here))
			sched_yield();
		atomic_store(&here, 0);
	}
	work->act(area);
	if (work->race)
		wait_until_done();
}

static void measure(const struct area *area)
{
	static uint64_t before[WORK_PAGES], after[WORK_PAGES];
	struct worker_message message = { .kind = MESSAGE_STEP };

	message.known = pagemap_read(area->start, area->pages, before);
	worker_stand(&message);
	act(area);
	worker_stand(&message);
	message.known = message.known &&
			pagemap_read(area->start, area->pages, after) &&
			pagemap_count(work->seen, before, after, area->pages, &message.seen);
	message.kind = MESSAGE_SEEN;
	worker_stand(&message);
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/*
 * Shares the memory as the workload says.
 * Return: a child to be ended after the work, 0 if there is none.
 */
static pid_t share(enum workload_role role)
{
	pid_t pid;

	if (role == ROLE_ALONE)
		return 0;
	pid = worker_fork();
	if (role == ROLE_CHILD) {
		if (pid) {
			waitpid(pid, NULL, 0);
			_exit(0);
		}
		return 0;
	}
	while (!pid)
		pause();
	if (role == ROLE_PARENT)
		return pid;
	end(pid);
	return 0;
}

/**
 * perform() - in a worker: do a workload, in rehearsal and then in earnest
 * @workload: which
 * @cpu: to do it on
 */
void perform(const void *workload, int cpu)
{
	struct area rehearsal = { .pages = REHEARSAL_PAGES };
	struct area real = { .pages = WORK_PAGES };
	pthread_t thread;
	pid_t child;

	work = workload;
	home = cpu;
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);

	work->prepare(&rehearsal);
	work->prepare(&real);
	child = share(work->role);
	if (work->race) {
		errno = pthread_create(&thread, NULL, second_thread, NULL);
		if (errno)
			worker_give_up("pthread_create");
		wait_until_done();
	}
	worker_settle(home);
	measure(&rehearsal);
	measure(&real);
	if (child)
		end(child);
}
