// SPDX-License-Identifier: GPL-2.0
/*
 * Have a worker do an experiment, read its numbers after each step, and print them
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "lab/lab.h"
#include "report/report.h"

#define PATIENCE_MS	300000	/* without an emulator, any step is done in seconds */
#define END_MS		30000	/* and its memory is given back sooner */

static int add_moment(struct lab *lab, const struct worker_message *m, pid_t worker)
{
	struct lab_moment *more, *moment;
	bool by_child = m->pid != worker;
	int rc;

	more = reallocarray(lab->moments, lab->nr + 1, sizeof(*more));
	if (!more)
		return fail_memory();
	lab->moments = more;
	moment = &more[lab->nr];
	*moment = (struct lab_moment){ .step = m->step, .who = by_child };
	moment->ns = clock_boot_ns() - lab->begin_ns;
	rc = reading_take(&moment->reading[0], lab->reader, worker,
			  by_child ? NULL : m->area);
	if (!rc && (by_child || m->child))
		rc = reading_take(&moment->reading[1], lab->reader,
				  by_child ? m->pid : m->child, by_child ? m->area : NULL);
	if (m->known)
		reading_set(&moment->reading[by_child], LAB_number, m->number);
	if (m->error >= 0)
		reading_set(&moment->reading[by_child], LAB_errno, (uint64_t)m->error);
	if (!rc)
		lab->nr++;
	return rc;
}

/* It is not waited for yet, so that its counters can still be read. */
static bool has_ended(struct lab *lab, pid_t worker)
{
	siginfo_t info = { 0 };

	if (waitid(P_PID, (id_t)worker, &info, WEXITED | WNOWAIT | WNOHANG) || !info.si_pid)
		return false;
	lab->ended = info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
	return true;
}

/* The last step of a worker that is to be killed is its end. */
static int last_moment(struct lab *lab, pid_t worker)
{
	struct worker_message end = { .pid = worker, .error = -1 };
	int rc;

	for (int ms = 0; ms < END_MS && !stop_asked() && !has_ended(lab, worker); ms += 10)
		usleep(10000);
	if (stop_asked())
		return fail(EXIT_SYSTEM, _("lab: was told to stop"));
	if (!has_ended(lab, worker))
		return fail(EXIT_SYSTEM, _("lab: the process takes too long over a step; try a smaller --size"));
	if (WIFSIGNALED(lab->ended) && !lab->experiment->killed)
		return fail(EXIT_SYSTEM, _("lab: the process was ended by signal %d"),
			    WTERMSIG(lab->ended));
	if (WEXITSTATUS(lab->ended))
		return fail(EXIT_SYSTEM, _("lab: the process ended too early, with status %d"),
			    WEXITSTATUS(lab->ended));
	if (!lab->experiment->killed)
		return EXIT_DONE;
	while (lab->experiment->steps[end.step].label)
		end.step++;
	end.step--;
	rc = add_moment(lab, &end, worker);
	if (!rc)
		lab_print_step(lab, &lab->moments[lab->nr - 1]);
	return rc;
}

static int follow(struct lab *lab, struct worker *worker)
{
	struct worker_message message;
	int rc;

	for (;;) {
		switch (worker_listen(worker, &message)) {
		case MESSAGE_STEP:
			break;
		case MESSAGE_GAVE_UP:
			return fail(EXIT_CANNOT, _("lab: cannot do this here: %s"),
				    message.why);
		default:
			return last_moment(lab, worker->pid);
		}
		if (message.step >= 0) {
			rc = add_moment(lab, &message, worker->pid);
			if (rc)
				return rc;
			lab_print_step(lab, &lab->moments[lab->nr - 1]);
			rc = lab_pause(lab);
			if (!rc && lab->experiment->between)
				rc = lab->experiment->between(lab, message.step);
			if (rc)
				return rc;
		}
		worker_go(worker);
	}
}

/**
 * lab_run_worker() - have a worker do the experiment
 * @lab: which; gets the moments
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_run_worker(struct lab *lab)
{
	struct rusage usage;
	struct worker worker;
	int rc;

	rc = worker_start(&worker, lab_work, lab);
	if (rc)
		return rc;
	worker.patience_ms = PATIENCE_MS;
	rc = follow(lab, &worker);
	if (rc)
		kill(worker.pid, SIGKILL);
	worker_end(&worker, &usage);
	return rc;
}
