// SPDX-License-Identifier: GPL-2.0
/*
 * Start the command of a run, as any user, and hand signals on to it
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/errors.h"
#include "run/start.h"

/* Sent to pagestat, they are meant for the command: its end is what ends pagestat. */
static const int passed_on[] = { SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM };

/*
 * As in time(1), Ctrl-C and Ctrl-\ are for the command only, which the terminal sends them
 * to, so that the bill is printed in any case.
 */
static const int of_terminal[] = { SIGINT, SIGQUIT };

#define LENGTH(array)	(sizeof(array) / sizeof(*(array)))

static volatile sig_atomic_t running;	/* the command, 0 while there is none */
static volatile sig_atomic_t ended_by;	/* the last signal that was to end pagestat */

static struct {
	struct sigaction action[NSIG];	/* as they were */
	sigset_t blocked;
} before;

/* Context: a signal handler. */
static void on_passed(int signal)
{
	int error = errno;

	ended_by = signal;
	if (running)
		kill((pid_t)running, signal);
	errno = error;
}

/* All that is not blocked by it is blocked before the command is known. */
static void block_passed(void)
{
	sigset_t block;

	sigemptyset(&block);
	for (size_t i = 0; i < LENGTH(passed_on); i++)
		sigaddset(&block, passed_on[i]);
	sigprocmask(SIG_BLOCK, &block, NULL);
}

/**
 * start_prepare() - from now on, signals are handed on to the command
 *
 * Those that were ignored when pagestat was started stay so.
 */
void start_prepare(void)
{
	struct sigaction pass = { .sa_handler = on_passed }, ignore = { .sa_handler = SIG_IGN };

	sigprocmask(SIG_BLOCK, NULL, &before.blocked);
	for (size_t i = 0; i < LENGTH(of_terminal); i++)
		sigaction(of_terminal[i], &ignore, &before.action[of_terminal[i]]);
	for (size_t i = 0; i < LENGTH(passed_on); i++) {
		struct sigaction *action = &before.action[passed_on[i]];

		sigaction(passed_on[i], NULL, action);
		if (action->sa_handler != SIG_IGN)
			sigaction(passed_on[i], &pass, NULL);
	}
	/* If it was inherited as ignored, waitpid() would not return a status. */
	sigaction(SIGCHLD, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
}

/**
 * start_ended_by() - the last signal that was handed on, 0 if there was none
 */
int start_ended_by(void)
{
	return ended_by;
}

/**
 * identity_find() - find out as whom to run a command
 * @identity: to be set up; its groups are to be freed
 * @uid: who was asked for
 *
 * Return: EXIT_DONE, or EXIT_NO_BILL after a message.
 */
int identity_find(struct identity *identity, uint64_t uid)
{
	struct passwd *entry;
	int room = 64;

	*identity = (struct identity){ 0 };
	if (uid == geteuid())
		return EXIT_DONE;
	if (geteuid() != 0)
		return fail(EXIT_NO_BILL, "-u: only root can run a command as another user");
	entry = uid < UINT32_MAX ? getpwuid((uid_t)uid) : NULL;
	if (!entry)
		return fail(EXIT_NO_BILL, "-u %llu: there is no such user, so the groups are not known either",
			    (unsigned long long)uid);
	*identity = (struct identity){
		.change = true,
		.uid = entry->pw_uid,
		.gid = entry->pw_gid,
	};
	do {
		free(identity->group);
		identity->nr_groups = room;
		identity->group = calloc((size_t)room, sizeof(*identity->group));
		room *= 2;
	} while (identity->group &&
		 getgrouplist(entry->pw_name, entry->pw_gid, identity->group,
			      &identity->nr_groups) < 0);
	if (identity->group)
		return EXIT_DONE;
	fail_memory();
	return EXIT_NO_BILL;
}

/*
 * Context: a child by vfork(), in the memory of pagestat.  So no function of the C library
 * that changes all threads of the process, as its setuid() does.
 */
static int become(const struct identity *identity)
{
	if (!identity->change)
		return 0;
	if (syscall(SYS_setgroups, (long)identity->nr_groups, identity->group) ||
	    syscall(SYS_setresgid, identity->gid, identity->gid, identity->gid) ||
	    syscall(SYS_setresuid, identity->uid, identity->uid, identity->uid))
		return -1;
	return 0;
}

static void give_back_signals(void)
{
	for (size_t i = 0; i < LENGTH(of_terminal); i++)
		sigaction(of_terminal[i], &before.action[of_terminal[i]], NULL);
	for (size_t i = 0; i < LENGTH(passed_on); i++)
		sigaction(passed_on[i], &before.action[passed_on[i]], NULL);
	sigprocmask(SIG_SETMASK, &before.blocked, NULL);
}

/**
 * start_command() - start a command
 * @pid: gets its pid
 * @command: and its arguments
 * @identity: as whom
 *
 * By vfork() the child runs little code of pagestat, in shared memory, before it executes
 * the command: this causes next to no faults that would be on the bill.
 *
 * Return: EXIT_DONE, or after a message what env(1) ends with.
 */
int start_command(pid_t *pid, char **command, const struct identity *identity)
{
	volatile int error = 0;

	block_passed();
	*pid = vfork();
	if (*pid == 0) {
		give_back_signals();
		if (become(identity) == 0)
			execvp(command[0], command);
		error = errno;
		_exit(EXIT_NO_BILL);
	}
	if (*pid < 0)
		error = errno;
	else if (error)
		waitpid(*pid, NULL, 0);
	else
		running = *pid;
	sigprocmask(SIG_SETMASK, &before.blocked, NULL);
	if (!error)
		return EXIT_DONE;
	return fail(error == ENOENT ? EXIT_NOT_FOUND :
		    error == ENOMEM || error == EAGAIN ? EXIT_NO_BILL : EXIT_NOT_EXEC,
		    "%s: cannot be run: %s", command[0], strerror(error));
}

/**
 * start_wait() - wait for the command, and for what else has ended by then
 * @command: its pid
 * @status: gets how it ended, as wait(2) has it
 */
int start_wait(pid_t command, int *status)
{
	siginfo_t info;
	int other, rc;
	pid_t pid;

	/* First only look: until it is waited for, its pid is of no other process. */
	do {
		info.si_pid = 0;
		rc = waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
		if (!rc && info.si_pid != command)
			waitpid(info.si_pid, &other, 0);
	} while (rc ? errno == EINTR : info.si_pid != command);
	block_passed();
	running = 0;
	sigprocmask(SIG_SETMASK, &before.blocked, NULL);
	pid = rc ? -1 : waitpid(command, status, 0);
	if (pid < 0)
		return fail(EXIT_NO_BILL, "waiting for the command: %s", strerror(errno));
	while (waitpid(-1, &other, WNOHANG) > 0)
		;
	return EXIT_DONE;
}
