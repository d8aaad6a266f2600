// SPDX-License-Identifier: GPL-2.0
/*
 * A process that works step by step, and waits while it is being measured
 *
 * Measuring causes faults of its own, so it is done by the parent.
 *
 *	parent				worker
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
#include <stdarg.h>
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

/* Ends the worker if the parent is gone. */
static void send_message(const struct worker_message *message)
{
	if (write(say_fd, message, sizeof(*message)) != sizeof(*message))
		_exit(0);
}

/**
 * worker_stand() - in the worker: send a message, and wait for worker_go()
 */
void worker_stand(struct worker_message *message)
{
	char c;

	message->pid = getpid();
	send_message(message);
	if (read(go_fd, &c, 1) != 1)
		_exit(0);
}

/**
 * worker_give_up() - in the worker: end because @what failed, by errno
 */
_Noreturn void worker_give_up(const char *what)
{
	struct worker_message message = { .kind = MESSAGE_GAVE_UP, .pid = getpid() };

	snprintf(message.why, sizeof(message.why), "%s: %s", what, strerror(errno));
	send_message(&message);
	_exit(1);
}

/**
 * worker_cannot() - in the worker: end, as this machine cannot do it
 * @format: why, as printf(3)
 */
_Noreturn void worker_cannot(const char *format, ...)
{
	struct worker_message message = { .kind = MESSAGE_GAVE_UP, .pid = getpid() };
	va_list args;

	va_start(args, format);
	vsnprintf(message.why, sizeof(message.why), format, args);
	va_end(args);
	send_message(&message);
	_exit(1);
}

/**
 * worker_fork() - in the worker: fork; the child dies with its parent
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
 * worker_other_cpu() - in the worker: an allowed CPU for a second thread; @cpu if there is no other
 */
int worker_other_cpu(int cpu)
{
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (i != cpu && CPU_ISSET(i, &allowed))
			return i;
	return cpu;
}

/**
 * worker_settle() - in the worker: cause the faults that every thread has once
 * @cpu: where it works from now on
 *
 * The kernel writes into a thread (rseq) after it slept and when it changed CPUs.  So sleep
 * until it really was a sleep, change to another CPU and back.
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

/* On one CPU: pages in the batch of another one could not be paged out. */
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

/* ---- in the parent */

/**
 * worker_start() - start a worker
 * @worker: to be ended with worker_end() if this succeeds
 * @work: runs in the worker, on that CPU; the worker ends when it returns
 * @arg: for @work
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
 * worker_go() - let a worker continue
 */
void worker_go(struct worker *worker)
{
	/* If the worker is gone, worker_listen() says so. */
	while (write(worker->go, "", 1) < 0 && errno == EINTR)
		;
}

/**
 * worker_listen() - wait for the next message of a worker
 *
 * Return: its kind, MESSAGE_SILENCE if none came.
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
 * worker_end() - wait for the end of a worker
 * @usage: gets what the kernel counted for it and its children
 */
void worker_end(struct worker *worker, struct rusage *usage)
{
	struct pollfd said = { .fd = worker->said };

	/* It ends by itself; its pipe is closed when its children have ended too. */
	close(worker->go);
	if (poll(&said, 1, worker->patience_ms) != 1)
		kill(worker->pid, SIGKILL);
	close(worker->said);
	while (wait4(worker->pid, NULL, 0, usage) < 0 && errno == EINTR)
		;
}
