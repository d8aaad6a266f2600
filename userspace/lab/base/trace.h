/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The single faults of a process, by the trace event pagestat:fault
 */
#ifndef PAGESTAT_LAB_TRACE_H
#define PAGESTAT_LAB_TRACE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * struct fault_trace - faults that are being recorded
 * @folder: of tracefs, for us alone
 * @pipe: where events are read
 * @line: the line that is not complete yet
 * @length: of it, so far
 * @address: what was touched, in the order of the faults; owned
 * @nr: how many
 * @room: for so many
 */
struct fault_trace {
	char folder[80];
	int pipe;
	char line[512];
	size_t length;
	uint64_t *address;
	size_t nr;
	size_t room;
};

int trace_begin(struct fault_trace *trace, pid_t pid, const char *start, size_t size);
int trace_read(struct fault_trace *trace);
void trace_end(struct fault_trace *trace);

#endif /* PAGESTAT_LAB_TRACE_H */
