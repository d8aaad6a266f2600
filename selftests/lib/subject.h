/* SPDX-License-Identifier: GPL-2.0 */
/*
 * subject.h - a process that faults on demand, watched from outside
 *
 * A test does not measure itself: reading the numbers faults, too.  It starts a
 * subject, which stands still at each step() until the test lets it go on, so
 * that what lies between two steps is exactly what was counted between them.
 *
 *	test				subject
 *	subject_start()			... set up, warm up ...
 *	   returns at			step();
 *	before = ...
 *	subject_go()			... the workload ...
 *	   returns at			step();
 *	after = ...
 *	subject_end()			return, or is killed
 */
#ifndef SELFTESTS_SUBJECT_H
#define SELFTESTS_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/types.h>

#ifndef MADV_PAGEOUT	/* the C library may be older than the kernel */
#define MADV_PAGEOUT 21
#endif

/* How many pages a workload has: a prime, no product of anything else. */
#define PAGES 1009UL

struct subject {
	pid_t pid;	/* who stands at the step: the subject or its child */
	pid_t first;	/* the subject itself */
	int go;
	int done;
};

/*
 * Start a subject that runs @run, up to its first step.  Huge pages are off in
 * it.  False if it ended before a step.
 */
bool subject_start(struct subject *s, void (*run)(void));

/* Let it go on to its next step.  False if it ended before. */
bool subject_go(struct subject *s);

/* End the subject, if one was started, and wait for it. */
void subject_end(struct subject *s);

/* In the subject: stand still until told to go on. */
void step(void);

/*
 * In the subject: go on as a child of itself, which from now on stands at the
 * steps.  The parent waits, touching nothing, and ends when the child ends.
 */
void become_child(void);

/* In the subject: end it if a call failed, so that the test fails, too. */
void must(int error);

/* In the subject: a child of it that stands still, and an end to it. */
pid_t bystander(void);
void dismiss(pid_t pid);

/* In the subject: private anonymous memory, untouched. */
char *memory(size_t pages);

/* In the subject: write to, or read from, one byte of each page. */
void write_pages(char *start, size_t pages);
void read_pages(const char *start, size_t pages);

/*
 * In the subject: run both of the above and step()'s own calls on other memory,
 * so that none of their code, stack and data is touched for the first time
 * later.
 */
void warm_up(void);

/* Is the running kernel this one or newer? */
bool kernel_since(int major, int minor);

/* In the subject: from now on run on one CPU only. */
void run_on(int cpu);

/* In the subject: send pages to swap and make sure they went; ends it if not. */
void page_out(char *start, size_t pages);

/*
 * In the subject: a temporary file of that many pages, all in the page cache.
 */
int cached_file(size_t pages);

/* In the subject: do @run in two threads, as much at the same time as can be. */
void race_init(void (*run)(void));
void race(void);

size_t page_size(void);

/* A huge page is as large as all that one page of a page table maps. */
size_t huge_size(void);

/* The most pages that one fault on a file maps: 64 KiB of them. */
size_t around(void);

#endif /* SELFTESTS_SUBJECT_H */
