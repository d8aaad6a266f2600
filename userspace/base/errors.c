// SPDX-License-Identifier: GPL-2.0
/*
 * Messages on stderr, safe for a terminal whatever they contain
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
	text_escape(safe, sizeof(safe), message, TEXT_FOR_TERMINAL);

	if (sink) {
		sink(safe);
		return;
	}
	/* Keeps the order where both streams go to one place. */
	fflush(stdout);
	fprintf(stderr, "pagestat: %s%s\n", kind, safe);
}

/**
 * errors_to() - pass messages to a function
 * @keep: gets each message, safe for a terminal; NULL: print them on stderr again
 */
void errors_to(void (*keep)(const char *message))
{
	sink = keep;
}

/**
 * fail() - print what went wrong
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
 * fail_memory() - print that memory ran out; returns EXIT_SYSTEM
 */
int fail_memory(void)
{
	return fail(EXIT_SYSTEM, "out of memory");
}

/**
 * notice() - print what the reader of the report should know; no newline
 */
void notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("note: ", format, args);
	va_end(args);
}
