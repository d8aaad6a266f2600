// SPDX-License-Identifier: GPL-2.0
/*
 * A workload, done by a worker process
 *
 * What is done for the first time causes faults of its own, above all after a fork: on
 * the stack, on the C library's data, on what the kernel writes to a thread that has
 * slept or changed CPUs.  So the workload is done twice: first on a few pages, as a
 * rehearsal; the second time the only faults are those on its pages.
 *
 *	pagestat check			worker
 *	worker_start(perform)		prepare, fork, settle
 *	   for the rehearsal, then for the workload itself:
 *	worker_listen(): STEP		stand
 *	  ... reads counters ...
 *	worker_go()			act
 *	worker_listen(): STEP		stand
 *	  ... reads counters ...
 *	worker_go()
 *	worker_listen(): SEEN		read the page table, stand
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

#include "check/machine.h"
#include "check/perform.h"
#include "check/workload.h"
#include "experiment/worker.h"

#define REHEARSAL_PAGES	3

static int home;	/* the CPU to work on */
static const struct workload *work;
static const struct area *race_area;
static atomic_int rounds, ready, done;

/* Does the same work at the same moment, on another CPU if there is one. */
static void *second_thread(void *unused)
{
	worker_settle(worker_other_cpu(home));
	atomic_store(&done, 1);
	for (int round = 0; ; round++) {
		while (atomic_load(&rounds) == round)
			sched_yield();
		/* Both threads continue within a few instructions. */
		atomic_store(&ready, 1);
		while (atomic_load(&ready))
			;
		work->act(race_area);
		atomic_store(&done, 1);
	}
	return unused;
}

static void wait_until_done(void)
{
	while (!atomic_exchange(&done, 0))
		sched_yield();
}

static void do_work(const struct area *area)
{
	race_area = area;
	if (work->race) {
		atomic_fetch_add(&rounds, 1);
		while (!atomic_load(&ready))
			sched_yield();
		atomic_store(&ready, 0);
	}
	work->act(area);
	if (work->race)
		wait_until_done();
}

static void work_between_readings(const struct area *area)
{
	static uint64_t before[WORK_PAGES_MAX], after[WORK_PAGES_MAX];
	struct worker_message message = { .kind = MESSAGE_STEP };
	bool by_table = work->seen != SEEN_NOTHING && work->seen != SEEN_COUNTED;

	message.known = by_table && pagemap_read(area->start, area->pages, before);
	worker_stand(&message);
	do_work(area);
	worker_stand(&message);
	message.known = message.known &&
			pagemap_read(area->start, area->pages, after) &&
			pagemap_count(work->seen, before, after, area->pages, &message.seen);
	if (work->seen == SEEN_COUNTED) {
		message.known = true;
		message.seen = workload_seen;
	}
	message.kind = MESSAGE_SEEN;
	worker_stand(&message);
}

static void kill_child(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/*
 * Forks as the workload says, so that the memory is shared.
 * Return: a child to be killed after the work, 0 if there is none.
 */
static pid_t share_memory(enum workload_role role)
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
	kill_child(pid);
	return 0;
}

/**
 * perform() - in a worker: do a workload, first as a rehearsal
 * @workload: which
 * @cpu: to do it on
 */
void perform(const void *workload, int cpu)
{
	struct area rehearsal = { .pages = REHEARSAL_PAGES };
	struct area real;
	pthread_t thread;
	pid_t child;

	machine_forget();
	work = workload;
	home = cpu;
	real = (struct area){ .pages = workload_pages(work), .stride = workload_stride(work) };
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);

	if (work->rehearse)
		work->rehearse(&rehearsal);
	else
		work->prepare(&rehearsal);
	work->prepare(&real);
	child = share_memory(work->role);
	rehearsal.child = child;
	real.child = child;
	if (work->race) {
		errno = pthread_create(&thread, NULL, second_thread, NULL);
		if (errno)
			worker_give_up("pthread_create");
		wait_until_done();
	}
	worker_settle(home);
	work_between_readings(&rehearsal);
	work_between_readings(&real);
	if (child)
		kill_child(child);
}
