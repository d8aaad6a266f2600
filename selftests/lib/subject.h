/* SPDX-License-Identifier: GPL-2.0 */
/*
 * subject.h - a process that faults on demand, watched from outside
 *
 * A test does not measure itself: reading the counters faults, too.  It starts a
 * subject, which waits at each step() until the test lets it go on.  So what was
 * counted between two steps is exactly what the subject did between them.
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

/* How many pages a workload has: a prime, so that no other product is equal to it. */
#define PAGES 1009UL

struct subject {
	pid_t pid;	/* who waits at the step: the subject or its child */
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

/* In the subject: wait until the test lets it go on. */
void step(void);

/*
 * In the subject: fork, and go on in the child, which waits at the steps from now
 * on.  The parent touches no memory, and ends when the child ends.
 */
void become_child(void);

/* In the subject: end it if a call failed; then the test fails, too. */
void must(int error);

/* In the subject: fork a child that only waits; kill it. */
pid_t bystander(void);
void dismiss(pid_t pid);

/* In the subject: map private anonymous memory, which is not touched. */
char *memory(size_t pages);

/* In the subject: write to, or read from, one byte of each page. */
void write_pages(char *start, size_t pages);
void read_pages(const char *start, size_t pages);

/*
 * In the subject: call both of the above and what step() calls once, on other
 * memory, so that their code, stack and data do not fault any more.
 */
void warm_up(void);

/* Whether the running kernel is this version or newer. */
bool kernel_since(int major, int minor);

/* In the subject: from now on run on one CPU only. */
void run_on(int cpu);

/* In the subject: send pages to swap; end it if they do not all go there. */
void page_out(char *start, size_t pages);

/*
 * In the subject: open a temporary file of that many pages, all in the page cache.
 */
int cached_file(size_t pages);

/* In the subject: start two threads; have both call @run at the same time. */
void race_init(void (*run)(void));
void race(void);

size_t page_size(void);

/* The size of a huge page: of all that one page of a page table maps. */
size_t huge_size(void);

/* How many pages one fault on a file maps at most: 64 KiB (fault-around). */
size_t around(void);

#endif /* SELFTESTS_SUBJECT_H */
