// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat run: run a command, wait for it, and print its bill
 *
 * The bill is the growth of the row of pagestat itself in the file "children", which
 * has the sums of children that have ended.  pagestat is a subreaper, so that children
 * that CMD does not wait for become children of pagestat.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/namespace.h"
#include "base/textfile.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "model/descendants.h"
#include "model/sample.h"
#include "run/bill.h"
#include "run/start.h"

/* Read before CMD starts, and again when it has ended. */
struct reading {
	struct sample sample;
	const struct process *children;
	struct rusage rusage;
};

static int take_reading(struct reading *reading, struct reader *reader, bool exited)
{
	const struct sampling what = { .file = "children", .exited = exited };
	int rc;

	getrusage(RUSAGE_CHILDREN, &reading->rusage);
	rc = sample_take(&reading->sample, reader, &what);
	if (rc)
		return rc;

	reading->children = snapshot_find(&reading->sample.processes, (uint64_t)getpid());
	if (reading->children)
		return EXIT_DONE;
	sample_free(&reading->sample);
	return fail(EXIT_NO_BILL, "%s/children: pagestat itself is not in it. Has the module run out of records? See pagestat --system: lost_tasks",
		    reader->dir);
}

/* How many descendants have not ended, and so are not on the bill. */
static int count_left(uint64_t *left, struct reader *reader)
{
	struct snapshot all;
	bool *below, more;
	int rc;

	*left = 0;
	if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
		return EXIT_DONE;

	rc = snapshot_read(&all, reader, "processes");
	if (rc)
		return rc;
	below = calloc(all.nr + 1, sizeof(*below));
	if (!below) {
		snapshot_free(&all);
		return fail_memory();
	}

	/* A parent may come after its child: repeat until none is added. */
	do {
		more = false;
		for (size_t i = 0; i < all.nr; i++) {
			uint64_t ppid = all.process[i].value[COL_ppid];
			const struct process *parent = snapshot_find(&all, ppid);

			if (below[i])
				continue;
			if (ppid == (uint64_t)getpid() ||
			    (parent && below[parent - all.process])) {
				below[i] = true;
				more = true;
				++*left;
			}
		}
	} while (more);

	free(below);
	snapshot_free(&all);
	return EXIT_DONE;
}

static uint64_t timeval_ns(const struct timeval *tv)
{
	return (uint64_t)tv->tv_sec * UINT64_C(1000000000) + (uint64_t)tv->tv_usec * 1000;
}

static int make_bill(struct bill *bill, struct reading *before, struct reader *reader,
		     bool children)
{
	struct reading after;
	int rc;

	rc = count_left(&bill->left, reader);
	if (rc)
		return rc;
	rc = take_reading(&after, reader, children);
	if (rc)
		return rc;

	bill->user_ns = timeval_ns(&after.rusage.ru_utime) - timeval_ns(&before->rusage.ru_utime);
	bill->sys_ns = timeval_ns(&after.rusage.ru_stime) - timeval_ns(&before->rusage.ru_stime);
	bill->before = before->sample.system;
	bill->after = after.sample.system;

	/* Children from before pagestat was executed are in both readings. */
	if (sample_was_reset(&before->sample, &after.sample) ||
	    !process_delta(&bill->cost, before->children, after.children))
		rc = fail(EXIT_NO_BILL, "the counters were reset while the command ran: there is no bill");
	if (!rc && children) {
		/* bill->children points into these rows. */
		bill->exited = after.sample.exited;
		after.sample.exited = (struct snapshot){ 0 };
		rc = descendants_find(&bill->children, (uint64_t)getpid(),
				      &before->sample.exited, &bill->exited);
	}
	sample_free(&after.sample);
	return rc;
}

/* Sets bill->status even if the bill itself cannot be made. */
static int run_once(struct bill *bill, const struct run_request *request,
		    const struct identity *identity, struct reader *reader)
{
	struct reading before;
	uint64_t begin_ns;
	pid_t pid;
	int rc;

	rc = take_reading(&before, reader, request->children);
	if (rc)
		return EXIT_NO_BILL;
	begin_ns = clock_boot_ns();
	rc = start_command(&pid, request->command, identity);
	if (!rc)
		rc = start_wait(pid, &bill->status);
	bill->wall_ns = clock_boot_ns() - begin_ns;
	if (!rc && make_bill(bill, &before, reader, request->children))
		rc = EXIT_NO_BILL;
	sample_free(&before.sample);
	return rc;
}

static int status_of(const struct bill *bill)
{
	return WIFSIGNALED(bill->status) ? EXIT_SIGNAL + WTERMSIG(bill->status)
					 : WEXITSTATUS(bill->status);
}

/* Makes room for one more.  Return: EXIT_DONE, or EXIT_NO_BILL after a message. */
static int add_bill(struct bill **bill, size_t nr)
{
	struct bill *more;

	/* Of how many runs there will be bills is not known before. */
	if (nr & (nr - 1))
		return EXIT_DONE;
	more = reallocarray(*bill, nr ? 2 * nr : 1, sizeof(*more));
	if (!more) {
		fail_memory();
		return EXIT_NO_BILL;
	}
	*bill = more;
	return EXIT_DONE;
}

static int run_and_bill(const struct run_request *request, const struct identity *identity,
			struct reader *reader, FILE *out)
{
	struct bill *bill = NULL;
	int rc = EXIT_DONE, status = EXIT_DONE;
	size_t nr = 0;

	/* A command that was killed is not run again, nor after a signal to pagestat. */
	while (nr < request->repeats && !rc && status < EXIT_SIGNAL && !start_ended_by()) {
		rc = add_bill(&bill, nr);
		if (rc)
			break;
		bill[nr] = (struct bill){ .command = request->command };
		rc = run_once(&bill[nr], request, identity, reader);
		if (!status)
			status = status_of(&bill[nr]);
		nr++;
	}
	if (!rc && nr && bills_print(bill, nr, request, reader, out))
		rc = EXIT_NO_BILL;
	if (!rc && !nr)
		rc = EXIT_SIGNAL + start_ended_by();
	for (size_t i = 0; i < nr; i++)
		bill_free(&bill[i]);
	free(bill);
	/* The command's own failure comes first. */
	return status ? status : rc;
}

static int run_finish(void *arg, int argc, char **argv)
{
	struct run_request *request = arg;

	request->command = argv;
	if (!argc)
		return fail(EXIT_USAGE, "run: no command. Try: pagestat run -- ls");
	if (request->children && request->repeats > 1 && request->form.format != FORMAT_JSON)
		return fail(EXIT_USAGE, "--children of more than one run are only printed by --json");
	return choose_columns(&request->form, (struct column_use){ .bill = true, .scale = request->scale });
}

/*
 * Return: the exit status of the command, of several runs the first that is not 0; 128
 * plus the signal that killed it; EXIT_NOT_FOUND or EXIT_NOT_EXEC if it could not be
 * run, EXIT_NO_BILL if something else failed, after a message.
 */
static int run_start(void *arg)
{
	const struct run_request *request = arg;
	struct identity identity;
	struct reader reader;
	FILE *out = stderr;
	int rc;

	if (!namespace_is_initial())
		return fail(EXIT_NO_BILL, "run: cannot find the command's numbers from inside a PID namespace; run it outside");
	if (reader_open(&reader))
		return EXIT_NO_BILL;
	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		return fail(EXIT_NO_BILL, "prctl(PR_SET_CHILD_SUBREAPER): %s", strerror(errno));
	if (request->output && textfile_is_stdout(request->output)) {
		out = stdout;
	} else if (request->output) {
		out = fopen(request->output, "we");
		if (!out)
			return fail(EXIT_NO_BILL, "--output %s: %s", request->output, strerror(errno));
	}

	rc = identity_find(&identity, request->user.given ? request->user.uid : geteuid());
	start_prepare();
	if (!rc)
		rc = run_and_bill(request, &identity, &reader, out);
	free(identity.group);
	if (out != stderr && out != stdout)
		fclose(out);
	return rc;
}

static const char run_help[] =
"Usage: pagestat run [OPTION]... [--] CMD [ARG]...\n"
"\n"
"Runs CMD and prints what page faults cost it and its children.\n"
"\n"
"  -o COLUMN,...     these counters (+COLUMN,...: these too; all; @stall: a set)\n"
"  -r, --repeat N    run it N times: print mean and spread\n"
"  -u USER           run it as that user\n"
"  --children        each child by itself, too\n"
"  --json            for programs\n"
"  --rate  --share   of --json: by the second; times in percent of the run's\n"
"  --output FILE     write the bill there, not to standard error; - is stdout\n"
"  -h, --help  -V, --version\n"
"\n"
"Ends with the status of CMD.  Root only.  More: pagestat-run(8).\n";

static const struct option_field run_options[] = {
	OPTION_FIELD(ONLY, struct run_request, form.only),
	OPTION_FIELD(RATE, struct run_request, scale.rate),
	OPTION_FIELD(SHARE, struct run_request, scale.share),
	OPTION_FIELD(REPEAT, struct run_request, repeats),
	OPTION_FIELD(USER, struct run_request, user),
	OPTION_FIELD(CHILDREN, struct run_request, children),
	OPTION_FIELD(JSON, struct run_request, form),
	OPTION_FIELD(OUTPUT, struct run_request, output),
};

const struct command run_command = {
	.name = "run",
	.help = run_help,
	COMMAND_OPTIONS(run_options),
	COMMAND_REQUEST(struct run_request, .repeats = 1),
	.starts_program = true,
	.finish = run_finish,
	.start = run_start,
};
