// SPDX-License-Identifier: GPL-2.0
/*
 * A program that faults whenever it uses another page: it sorts, and unmaps each page
 * as soon as it goes on to another
 *
 * A page that is mapped does not fault when it is used, so the faults of a program
 * are not its references: most are missing.  This one has only the page mapped that
 * it works on.  Its memory is shared, so that a page that is unmapped keeps what is
 * in it, in the page cache, and the next use of it is a fault.  A page is written
 * before it is read: for a read the kernel would map its neighbours too.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiments/sorting.h"

#define RECORD	256	/* bytes: few a page, so that few are a long string */
#define NOWHERE	SIZE_MAX

/* Quicksort's worst case is the square of the records. */
static size_t most_references(size_t records)
{
	return 4 * records * records;
}

/**
 * sorting_make() - make what is to be sorted
 * @pages: how many
 * @seed: of the order the records are in
 *
 * It is shared memory: the parent of a child that sorts it sees all fields.
 *
 * Return: it, to be freed by sorting_free(); NULL if there is no memory.
 */
struct sorting *sorting_make(size_t pages, uint64_t seed)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE), records = pages * size / RECORD;
	size_t room = most_references(records), all;
	struct sorting *s;
	char *memory;

	all = sizeof(*s) + room * sizeof(*s->used);
	s = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return NULL;
	memory = mmap(NULL, pages * size, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) {
		munmap(s, all);
		return NULL;
	}
	/* A huge page would have them all mapped at once. */
	madvise(memory, pages * size, MADV_NOHUGEPAGE);
	*s = (struct sorting){
		.memory = memory,
		.pages = pages,
		.size = size,
		.used = (uint32_t *)(s + 1),
		.room = room,
		.at = NOWHERE,
	};
	for (size_t i = 0; i < records; i++) {
		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		*(uint64_t *)(memory + i * RECORD) = seed >> 33;
	}
	madvise(memory, pages * size, MADV_DONTNEED);
	return s;
}

/* The key of a record; its page is the one that is mapped from here on. */
static uint64_t *key(struct sorting *s, size_t record)
{
	char *address = s->memory + record * RECORD;
	size_t page = record * RECORD / s->size;

	if (page != s->at) {
		if (s->at != NOWHERE && !s->keep)
			madvise(s->memory + s->at * s->size, s->size, MADV_DONTNEED);
		s->at = page;
		if (s->nr < s->room)
			s->used[s->nr++] = (uint32_t)page;
		/* The last byte of a record, which is not in use. */
		*(volatile char *)(address + RECORD - 1) = 0;
	}
	return (uint64_t *)address;
}

static void exchange(struct sorting *s, size_t a, size_t b)
{
	uint64_t at_a = *key(s, a), at_b = *key(s, b);

	*key(s, a) = at_b;
	*key(s, b) = at_a;
}

/* Records from first to last, by Hoare's two indices that come towards each other. */
static void quicksort(struct sorting *s, size_t first, size_t last)
{
	while (first < last) {
		uint64_t pivot = *key(s, first + (last - first) / 2);
		size_t low = first, high = last;

		for (;;) {
			while (*key(s, low) < pivot)
				low++;
			while (*key(s, high) > pivot)
				high--;
			if (low >= high)
				break;
			exchange(s, low++, high--);
		}
		quicksort(s, first, high);
		first = high + 1;
	}
}

/**
 * sorting_do() - sort
 * @sorting: of sorting_make()
 */
void sorting_do(struct sorting *sorting)
{
	quicksort(sorting, 0, sorting->pages * sorting->size / RECORD - 1);
}

/**
 * sorting_done() - is it sorted, and all that was used noted?
 * @sorting: of sorting_make()
 *
 * Return: whether it is.
 */
bool sorting_done(const struct sorting *sorting)
{
	uint64_t before = 0;

	for (size_t i = 0; i < sorting->pages * sorting->size / RECORD; i++) {
		uint64_t now = *(const uint64_t *)(sorting->memory + i * RECORD);

		if (now < before)
			return false;
		before = now;
	}
	return sorting->nr < sorting->room;
}

/**
 * sorting_free() - free it
 * @sorting: of sorting_make()
 */
void sorting_free(struct sorting *sorting)
{
	munmap(sorting->memory, sorting->pages * sorting->size);
	munmap(sorting, sizeof(*sorting) + sorting->room * sizeof(*sorting->used));
}
