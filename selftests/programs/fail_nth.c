// SPDX-License-Identifier: GPL-2.0
/*
 * fail_nth.c - load a module again and again, and have another of its allocations
 * fail each time, until none is left to fail
 *
 * usage: fail_nth MODULE NAME REFUSED [PARAMETERS]
 *
 *   MODULE	its file
 *   NAME	what it is called once it is loaded
 *   REFUSED	parameters that it does not take
 *
 * The kernel fails the Nth allocation of a task that has written N to
 * /proc/self/fail-nth (Documentation/fault-injection).  What the kernel allocates for
 * any module is not tested: N begins with the first allocation after the parameters
 * were parsed, and grows until a load makes fewer than N.  A load that fails must leave
 * nothing behind.  If a load succeeds in spite of the failure, no allocation fails while
 * the module is unloaded: kprobes and ftrace cannot detach without memory.
 *
 * Prints how many allocations failed and how the loads ended, and a line that begins
 * with "left" for each thing that a failed load left behind.  Status: 0; 1 if something
 * was left or wrong; 2 for an error of this program itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST	20000

static int fail_nth;	/* the file */
static const char *name;
static unsigned int bad;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void arm(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(fail_nth, text, len, 0) != len)
		die("fail-nth");
}

/* Have none fail any more; returns whether there was an Nth, which failed. */
static bool disarm(void)
{
	char text[16] = "";

	if (pread(fail_nth, text, sizeof(text) - 1, 0) <= 0)
		die("fail-nth");
	arm(0);
	return atoi(text) == 0;
}

/* Where the kernel lists what a module has made, with a name of the module's. */
static const char * const lists[] = {
	"/proc/modules",
	"/proc/slabinfo",
	"/sys/kernel/debug/kprobes/list",
	"/sys/kernel/tracing/enabled_functions",
};

static void look_into(const char *list, unsigned int n)
{
	char *line = NULL;
	size_t size = 0;
	FILE *file = fopen(list, "r");

	if (!file)
		die(list);
	while (getline(&line, &size, file) > 0) {
		if (!strstr(line, name))
			continue;
		printf("left by %u in %s: %s", n, list, line);
		bad++;
	}
	free(line);
	fclose(file);
}

static void nothing_is_left(unsigned int n)
{
	char dir[128];
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		look_into(lists[i], n);
	snprintf(dir, sizeof(dir), "/sys/kernel/debug/%s", name);
	if (access(dir, F_OK) == 0) {
		printf("left by %u: %s\n", n, dir);
		bad++;
	}
}

static void unload(void)
{
	if (syscall(SYS_delete_module, name, O_NONBLOCK))
		die("delete_module");
}

/* Load the module with the Nth allocation failing; @failed: there were so many. */
static int load(int module, const char *parameters, unsigned int n, bool *failed)
{
	int err;

	arm(n);
	err = syscall(SYS_finit_module, module, parameters, 0) ? errno : 0;
	*failed = disarm();
	return err;
}

/* How many allocations the kernel makes before it has parsed the parameters. */
static unsigned int before_parameters(int module, const char *refused)
{
	unsigned int least = 0, most = MOST, n;
	bool failed;

	while (least + 1 < most) {
		n = most == MOST ? 2 * least + 1 : (least + most) / 2;
		load(module, refused, n, &failed);
		if (failed)
			least = n;
		else
			most = n;
	}
	return least;
}

int main(int argc, char **argv)
{
	const char *parameters = argc > 4 ? argv[4] : "";
	unsigned int nomem = 0, survived = 0, first, n;
	bool failed = true;
	int module, err;

	if (argc < 4 || argc > 5) {
		fprintf(stderr, "usage: fail_nth MODULE NAME REFUSED [PARAMETERS]\n");
		return 2;
	}
	name = argv[2];
	module = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (module < 0)
		die(argv[1]);
	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (fail_nth < 0)
		die("fail-nth");

	first = before_parameters(module, argv[3]) + 1;
	for (n = first; failed && n < MOST; n++) {
		err = load(module, parameters, n, &failed);
		if (!err) {
			survived += failed;
			unload();
		} else if (err == ENOMEM) {
			nomem++;
			nothing_is_left(n);
		} else {
			printf("wrong at %u: %s\n", n, strerror(err));
			bad++;
		}
	}
	nothing_is_left(n);
	printf("%u allocations failed in turn: %u times it did not load, %u times it did\n",
	       n - 1 - first, nomem, survived);
	return bad || failed;
}
