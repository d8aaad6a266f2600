// SPDX-License-Identifier: GPL-2.0
/*
 * In the worker: what the work of an experiment is made of
 *
 * All memory that matters comes from lab_memory(), and is touched by lab_touch() and
 * lab_read(), which do nothing else.
 */
#include <errno.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "experiment/pagemap.h"
#include "lab/base/experiment.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define WARM_UP_PAGES	64	/* more than wait in any of the kernel's batches */
#define HUGE_SIZE	((size_t)2 << 20)

/* Sanitizers would touch their shadow memory, too. */
#define BARE	__attribute__((noinline, no_sanitize("address", "undefined")))

static bool warming_up;
static pid_t parent, child;

static void stand(int step, const void *area, uint64_t number, int error)
{
	struct worker_message message = {
		.kind = MESSAGE_STEP,
		.step = warming_up ? -1 : step,
		.child = getpid() == parent ? child : 0,
		.area = area,
		.known = number != UINT64_MAX,
		.number = number,
		.error = error,
	};

	worker_stand(&message);
}

/**
 * lab_step() - a step has been done: be looked at
 * @step: which
 */
void lab_step(int step)
{
	stand(step, NULL, UINT64_MAX, -1);
}

/**
 * lab_step_number() - the same, with a number
 * @step: which
 * @number: LAB_number, but for UINT64_MAX
 */
void lab_step_number(int step, uint64_t number)
{
	stand(step, NULL, number, -1);
}

/**
 * lab_step_area() - the same, with a mapping to be looked at
 * @step: which
 * @area: an address in it
 */
void lab_step_area(int step, const void *area)
{
	stand(step, area, UINT64_MAX, -1);
}

/**
 * lab_step_error() - the same, with an error
 * @step: which
 * @error: LAB_errno
 */
void lab_step_error(int step, int error)
{
	stand(step, NULL, UINT64_MAX, error);
}

/**
 * lab_step_area_number() - the same, with a mapping and a number
 * @step: which
 * @area: an address in the mapping
 * @number: LAB_number
 */
void lab_step_area_number(int step, const void *area, uint64_t number)
{
	stand(step, area, number, -1);
}

/**
 * lab_child() - say who the second role is
 * @pid: of the child, 0 if it is no more
 */
void lab_child(pid_t pid)
{
	child = pid;
}

/**
 * lab_warming_up() - is this the first pass, which is not looked at?
 *
 * Return: whether it is.
 */
bool lab_warming_up(void)
{
	return warming_up;
}

/**
 * lab_allow_huge() - may memory be in huge pages, as far as the machine has them?
 * @allowed: it may
 */
void lab_allow_huge(bool allowed)
{
	prctl(PR_SET_THP_DISABLE, !allowed, 0, 0, 0);
}

/**
 * lab_memory() - map anonymous memory that nobody has touched
 * @lab: says whether in huge pages
 * @pages: how many
 *
 * It begins where a huge page may begin, and is no more than was asked for.
 *
 * Return: where it is.
 */
char *lab_memory(const struct lab *lab, size_t pages)
{
	size_t size = pages * page_size(), front;
	char *start;

	start = mmap(NULL, size + HUGE_SIZE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (start == MAP_FAILED)
		worker_give_up("mmap");
	front = -(uintptr_t)start % HUGE_SIZE;
	if (front)
		munmap(start, front);
	munmap(start + front + size, HUGE_SIZE - front);
	if (lab->request->thp)
		madvise(start + front, size, MADV_HUGEPAGE);
	return start + front;
}

/**
 * lab_settle() - let pass what happens to a process once, above all after a fork
 *
 * Code is mapped when it is first run, some 16 pages at a time: these faults must not
 * fall between two steps.
 *
 * New pages wait in a batch of the processor, which holds a reference to them
 * meanwhile, so that older kernels take them for shared.  MADV_PAGEOUT empties the
 * batch, also where there is no page to send to swap.
 */
void lab_settle(void)
{
	char *none = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	worker_settle(sched_getcpu());
	lab_touch(none, 0);
	lab_read(none, 0);
	if (none == MAP_FAILED)
		return;
	madvise(none, page_size(), MADV_PAGEOUT);
	munmap(none, page_size());
}

/**
 * lab_touch() - write a byte of each page
 * @start: of the first
 * @pages: how many
 */
BARE void lab_touch(char *start, size_t pages)
{
	size_t size = page_size();

	for (size_t i = 0; i < pages; i++)
		*(volatile char *)(start + i * size) = 1;
}

/**
 * lab_read() - read a byte of each page
 * @start: of the first
 * @pages: how many
 */
BARE void lab_read(const char *start, size_t pages)
{
	size_t size = page_size();

	for (size_t i = 0; i < pages; i++)
		(void)*(const volatile char *)(start + i * size);
}

/**
 * lab_work() - in a worker: do an experiment
 * @arg: the struct lab
 * @cpu: to do it on
 */
void lab_work(const void *arg, int cpu)
{
	const struct lab *lab = arg;

	parent = getpid();
	lab_allow_huge(lab->request->thp);
	worker_settle(cpu);
	if (lab->experiment->warm_up) {
		warming_up = true;
		lab->experiment->work(lab, WARM_UP_PAGES);
		warming_up = false;
	}
	lab->experiment->work(lab, lab->pages);
}
