/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exit statuses and messages
 */
#ifndef PAGESTAT_BASE_ERRORS_H
#define PAGESTAT_BASE_ERRORS_H

/*
 * Scripts rely on them: a number keeps its meaning, and the manual pages list them.
 * Functions that return int return EXIT_DONE, or after a message another of these,
 * unless their comment says something else.
 */
enum exit_status {
	EXIT_DONE	= 0,
	EXIT_NO_PROCESS	= 1,	/* what -p, -C, -u or --cgroup asks for is not there */
	EXIT_USAGE	= 2,	/* the command line is wrong */
	EXIT_NO_MODULE	= 3,	/* module not loaded, debugfs not mounted */
	EXIT_DENIED	= 4,	/* not root, or lockdown */
	EXIT_BAD_DATA	= 5,	/* unreadable, damaged, or a newer ABI */
	EXIT_OUTPUT	= 6,	/* the report could not be written */
	EXIT_SYSTEM	= 7,	/* out of memory and the like */
	EXIT_CHECK_FAILED = 8,	/* pagestat check and lab: something is not as expected */
	EXIT_CANNOT	= 9,	/* pagestat lab: the machine lacks what it needs */

	/* pagestat run, as env(1), timeout(1) and shells */
	EXIT_NO_BILL	= 125,
	EXIT_NOT_EXEC	= 126,
	EXIT_NOT_FOUND	= 127,
	EXIT_SIGNAL	= 128,	/* plus the number of the signal */
};

#define __printf(fmt, args)	__attribute__((format(printf, fmt, args)))

__printf(2, 3) int fail(enum exit_status status, const char *format, ...);
int fail_memory(void);
void errors_to(void (*keep)(const char *message));
__printf(1, 2) void notice(const char *format, ...);

#endif /* PAGESTAT_BASE_ERRORS_H */
