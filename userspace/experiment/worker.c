// SPDX-License-Identifier: GPL-2.0
/*
 * A process that works, and stands still whenever it is to be looked at
 *
 * Whoever measures is another process, since measuring faults, too.
 *
 *	who measures			worker
 *	worker_start()			begins
 *	worker_listen(): STEP		worker_stand()
 *	  ... reads counters ...
 *	worker_go()			works
 *	worker_listen(): STEP		worker_stand()
 *	  ... reads counters ...
 *	worker_go()			... and so on, to its end
 *	worker_end()
 */
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/errors.h"
#include "experiment/worker.h"

#define PATIENCE_MS	20000

/* ---- in the worker */

static int go_fd, say_fd;
static cpu_set_t allowed;

/* Who measures has gone if nobody listens; then so do we. */
static void say(const struct worker_message *message)
{
	if (write(say_fd, message, sizeof(*message)) != sizeof(*message))
		_exit(0);
}

/**
 * worker_stand() - in the worker: say something, and stand still until told to go on
 * @message: what, but for the pid
 */
void worker_stand(struct worker_message *message)
{
	char c;

	message->pid = getpid();
	say(message);
	if (read(go_fd, &c, 1) != 1)
		_exit(0);
}

/**
 * worker_give_up() - in the worker: end, because of what errno says
 * @what: could not be done
 */
_Noreturn void worker_give_up(const char *what)
{
	struct worker_message message = { .kind = MESSAGE_GAVE_UP, .pid = getpid() };

	snprintf(message.why, sizeof(message.why), "%s: %s", what, strerror(errno));
	say(&message);
	_exit(1);
}

/**
 * worker_fork() - in the worker: fork, and let no child outlive us
 *
 * Return: as fork() does, but for an error.
 */
pid_t worker_fork(void)
{
	pid_t pid = fork();

	if (pid < 0)
		worker_give_up("fork");
	if (!pid)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

static void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/**
 * worker_other_cpu() - in the worker: where a second thread may work
 * @cpu: where the first does
 *
 * Return: a CPU that is allowed and not @cpu, else @cpu itself.
 */
int worker_other_cpu(int cpu)
{
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (i != cpu && CPU_ISSET(i, &allowed))
			return i;
	return cpu;
}

/**
 * worker_settle() - in the worker: let pass what happens to any thread once
 * @cpu: where it is to work from now on
 *
 * Sleep until it really was a sleep, and change CPUs and back, so that what the
 * kernel writes into this thread at such moments (rseq) is written.
 */
void worker_settle(int cpu)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct rusage before, after;

	getrusage(RUSAGE_THREAD, &before);
	do {
		nanosleep(&pause, NULL);
		getrusage(RUSAGE_THREAD, &after);
	} while (after.ru_nvcsw == before.ru_nvcsw);
	run_on(worker_other_cpu(cpu));
	run_on(cpu);
}

/* All on one CPU: new pages wait in a batch of the CPU they were made on. */
static _Noreturn void be_worker(void (*work)(const void *arg, int cpu), const void *arg)
{
	int home;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sched_getaffinity(0, sizeof(allowed), &allowed);
	home = sched_getcpu();
	run_on(home);
	work(arg, home);
	_exit(0);
}

/* ---- by who measures */

/**
 * worker_start() - start a worker
 * @worker: to be set up; to be ended with worker_end() if this succeeds
 * @work: what it is to do, on that CPU; it ends when this returns
 * @arg: for that
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int worker_start(struct worker *worker, void (*work)(const void *arg, int cpu),
		 const void *arg)
{
	int go[2], said[2];

	if (pipe(go))
		return fail(EXIT_SYSTEM, "pipe: %s", strerror(errno));
	if (pipe(said)) {
		close(go[0]);
		close(go[1]);
		return fail(EXIT_SYSTEM, "pipe: %s", strerror(errno));
	}
	worker->patience_ms = PATIENCE_MS;
	worker->pid = fork();
	if (!worker->pid) {
		close(go[1]);
		close(said[0]);
		go_fd = go[0];
		say_fd = said[1];
		be_worker(work, arg);
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
enum worker_message_kind worker_listen(struct worker *worker, struct worker_message *message)
{
	struct pollfd said = { .fd = worker->said, .events = POLLIN };

	if (poll(&said, 1, worker->patience_ms) != 1 ||
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
	if (poll(&said, 1, worker->patience_ms) != 1)
		kill(worker->pid, SIGKILL);
	close(worker->said);
	while (wait4(worker->pid, NULL, 0, usage) < 0 && errno == EINTR)
		;
}
