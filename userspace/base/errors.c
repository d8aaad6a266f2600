// SPDX-License-Identifier: GPL-2.0
/*
 * Messages on stderr, safe for a terminal whatever they quote
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/errors.h"
#include "base/text.h"

#define MESSAGE_MAX	1024

static void (*sink)(const char *message);

__printf(2, 0)
static void say(const char *kind, const char *format, va_list args)
{
	char message[MESSAGE_MAX], safe[4 * MESSAGE_MAX];

	vsnprintf(message, sizeof(message), format, args);
	text_printable(safe, sizeof(safe), message);

	if (sink) {
		sink(safe);
		return;
	}
	/* Keeps the order of the two streams where both go to one place. */
	fflush(stdout);
	fprintf(stderr, "pagestat: %s%s\n", kind, safe);
}

/**
 * errors_to() - have messages kept, where they would spoil the screen
 * @keep: gets each, made safe; NULL: to stderr again
 */
void errors_to(void (*keep)(const char *message))
{
	sink = keep;
}

/**
 * fail() - say what went wrong, and hand back the status to end with
 * @status: exit status
 * @format: what happened, why, and what to do about it; no newline
 *
 * Return: @status, so that callers can write ``return fail(...)``.
 */
int fail(enum exit_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("", format, args);
	va_end(args);
	return status;
}

/**
 * fail_memory() - say that memory ran out
 *
 * Return: EXIT_SYSTEM.
 */
int fail_memory(void)
{
	return fail(EXIT_SYSTEM, "out of memory");
}

/**
 * notice() - say something the reader of the report should know
 * @format: what, without a newline
 */
void notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("note: ", format, args);
	va_end(args);
}
