// SPDX-License-Identifier: GPL-2.0
/*
 * A process that does a workload, and stands still before and after it
 *
 * Whoever measures is another process, since measuring faults, too.  And so does
 * everything that is done for the first time, after a fork above all: the stack,
 * the C library's data, what the kernel writes to a thread when it has slept or
 * changed CPUs (rseq).  So the whole piece of work is done twice, first with a few
 * other pages, as a rehearsal; what the second adds are the faults of its pages.
 *
 *	who measures			worker
 *	worker_start()			prepare, fork, settle
 *	   for the rehearsal, then for the real thing:
 *	worker_listen(): STEP		step
 *	  ... reads counters ...
 *	worker_go()			act
 *	worker_listen(): STEP		step
 *	  ... reads counters ...
 *	worker_go()
 *	worker_listen(): SEEN		look at the page table, step
 *	worker_go()
 *	worker_end()			end
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "errors.h"
#include "worker.h"
#include "workload.h"

#define REHEARSAL_PAGES	3
#define PATIENCE_MS	20000

/* ---- in the worker */

static int go_fd, say_fd;
static cpu_set_t allowed;
static int home;	/* the CPU to work on */

/* Who measures has gone if nobody listens; then so do we. */
static void say(const struct message *message)
{
	if (write(say_fd, message, sizeof(*message)) != sizeof(*message))
		_exit(0);
}

static void step(struct message *message)
{
	char c;

	message->pid = getpid();
	say(message);
	if (read(go_fd, &c, 1) != 1)
		_exit(0);
}

_Noreturn void give_up(const char *what)
{
	struct message message = { .kind = MESSAGE_GAVE_UP, .pid = getpid() };

	snprintf(message.why, sizeof(message.why), "%s: %s", what, strerror(errno));
	say(&message);
	_exit(1);
}

static void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* A CPU that is allowed and not @cpu, else @cpu itself. */
static int another_than(int cpu)
{
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (i != cpu && CPU_ISSET(i, &allowed))
			return i;
	return cpu;
}

/*
 * Sleep until it really was a sleep, and change CPUs and back, so that what the
 * kernel writes into this thread at such moments is written.
 */
static void settle(int cpu)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct rusage before, after;

	getrusage(RUSAGE_THREAD, &before);
	do {
		nanosleep(&pause, NULL);
		getrusage(RUSAGE_THREAD, &after);
	} while (after.ru_nvcsw == before.ru_nvcsw);
	run_on(another_than(cpu));
	run_on(cpu);
}

static const struct workload *work;
static const struct area *stage;
static atomic_int called, here, done;

/* Does the same at the same moment, on another CPU if there is one. */
static void *second_thread(void *unused)
{
	settle(another_than(home));
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
	struct message message = { .kind = MESSAGE_STEP };

	message.known = pagemap_read(area->start, area->pages, before);
	step(&message);
	act(area);
	step(&message);
	message.known = message.known &&
			pagemap_read(area->start, area->pages, after) &&
			pagemap_count(work->seen, before, after, area->pages, &message.seen);
	message.kind = MESSAGE_SEEN;
	step(&message);
}

static pid_t fork_or_give_up(void)
{
	pid_t pid = fork();

	if (pid < 0)
		give_up("fork");
	if (!pid)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
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
static pid_t share(enum family family)
{
	pid_t pid;

	if (family == ALONE)
		return 0;
	pid = fork_or_give_up();
	if (family == AS_CHILD) {
		if (pid) {
			waitpid(pid, NULL, 0);
			_exit(0);
		}
		return 0;
	}
	while (!pid)
		pause();
	if (family == AS_PARENT)
		return pid;
	end(pid);
	return 0;
}

static _Noreturn void be_worker(void)
{
	struct area rehearsal = { .pages = REHEARSAL_PAGES };
	struct area real = { .pages = WORK_PAGES };
	pthread_t thread;
	pid_t child;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	/* All on one CPU: new pages wait in a batch of the CPU they were made on. */
	sched_getaffinity(0, sizeof(allowed), &allowed);
	home = sched_getcpu();
	run_on(home);

	work->prepare(&rehearsal);
	work->prepare(&real);
	child = share(work->family);
	if (work->race) {
		errno = pthread_create(&thread, NULL, second_thread, NULL);
		if (errno)
			give_up("pthread_create");
		wait_until_done();
	}
	settle(home);
	measure(&rehearsal);
	measure(&real);
	if (child)
		end(child);
	_exit(0);
}

/* ---- by who measures */

/**
 * worker_start() - start a worker
 * @worker: to be set up; to be ended with worker_end() if this succeeds
 * @workload: what it is to do
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int worker_start(struct worker *worker, const struct workload *workload)
{
	int go[2], said[2];

	if (pipe(go))
		return fail(EXIT_SYSTEM, "pipe: %s", strerror(errno));
	if (pipe(said)) {
		close(go[0]);
		close(go[1]);
		return fail(EXIT_SYSTEM, "pipe: %s", strerror(errno));
	}
	worker->pid = fork();
	if (!worker->pid) {
		close(go[1]);
		close(said[0]);
		go_fd = go[0];
		say_fd = said[1];
		work = workload;
		be_worker();
	}
	close(go[0]);
	close(said[1]);
	worker->go = go[1];
	worker->said = said[0];
	if (worker->pid > 0)
		return EXIT_DONE;
	close(worker->go);
	close(worker->said);
	return fail(EXIT_SYSTEM, "fork: %s", strerror(errno));
}

/**
 * worker_go() - let a worker go on that stands still
 * @worker: which
 */
void worker_go(struct worker *worker)
{
	/* One that is gone is found out by who listens to it. */
	while (write(worker->go, "", 1) < 0 && errno == EINTR)
		;
}

/**
 * worker_listen() - wait for what a worker says next
 * @worker: which
 * @message: gets it
 *
 * Return: its kind, MESSAGE_SILENCE if nothing came.
 */
enum message_kind worker_listen(struct worker *worker, struct message *message)
{
	struct pollfd said = { .fd = worker->said, .events = POLLIN };

	if (poll(&said, 1, PATIENCE_MS) != 1 ||
	    read(worker->said, message, sizeof(*message)) != sizeof(*message))
		message->kind = MESSAGE_SILENCE;
	return message->kind;
}

/**
 * worker_end() - end a worker, and wait for it
 * @worker: which
 * @usage: gets what the kernel says it used, its children included
 */
void worker_end(struct worker *worker, struct rusage *usage)
{
	struct pollfd said = { .fd = worker->said };

	/* It ends by itself, and with it the last one that could say something. */
	close(worker->go);
	if (poll(&said, 1, PATIENCE_MS) != 1)
		kill(worker->pid, SIGKILL);
	close(worker->said);
	while (wait4(worker->pid, NULL, 0, usage) < 0 && errno == EINTR)
		;
}
