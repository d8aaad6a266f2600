// SPDX-License-Identifier: GPL-2.0
/*
 * How a process ended, as shells have it
 *
 * The module has it as wait(2) does: the exit status times 256, or the signal.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#include "model/exit_code.h"

#define CODE_MAX	0xffff	/* no process ends with more */
#define OF_SIGNAL	128

static int signal_of(uint64_t code)
{
	return code <= CODE_MAX ? (int)(code & 0x7f) : 0;
}

/**
 * exit_code_of_shell() - the exit status, or 128 and the signal
 * @code: as wait(2) has it
 */
uint64_t exit_code_of_shell(uint64_t code)
{
	if (code > CODE_MAX)
		return code;
	return signal_of(code) ? OF_SIGNAL + (uint64_t)signal_of(code) : code >> 8;
}

/**
 * exit_code_text() - the same for people: a signal by its name
 * @text: gets it
 * @code: as wait(2) has it
 *
 * Return: @text.
 */
const char *exit_code_text(char text[EXIT_TEXT_MAX], uint64_t code)
{
#define NAME(name) [SIG##name] = #name
	static const char *const names[] = {
		NAME(HUP), NAME(INT), NAME(QUIT), NAME(ILL), NAME(TRAP), NAME(ABRT), NAME(BUS),
		NAME(FPE), NAME(KILL), NAME(USR1), NAME(SEGV), NAME(USR2), NAME(PIPE),
		NAME(ALRM), NAME(TERM), NAME(STKFLT), NAME(CHLD), NAME(CONT), NAME(STOP),
		NAME(TSTP), NAME(TTIN), NAME(TTOU), NAME(URG), NAME(XCPU), NAME(XFSZ),
		NAME(VTALRM), NAME(PROF), NAME(WINCH), NAME(IO), NAME(PWR), NAME(SYS),
	};
#undef NAME
	size_t signal = (size_t)signal_of(code);

	if (!signal)
		snprintf(text, EXIT_TEXT_MAX, "%" PRIu64, exit_code_of_shell(code));
	else if (signal < sizeof(names) / sizeof(*names) && names[signal])
		snprintf(text, EXIT_TEXT_MAX, "SIG%s", names[signal]);
	else
		snprintf(text, EXIT_TEXT_MAX, "SIG%zu", signal);
	return text;
}
