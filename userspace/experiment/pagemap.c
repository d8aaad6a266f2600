// SPDX-License-Identifier: GPL-2.0
/*
 * What became of pages, by the page table in /proc/self/pagemap
 *
 * It is independent of kprobes: a page that was copied has another frame than before,
 * one that was reused has the same.
 */
#include <fcntl.h>
#include <unistd.h>

#include "experiment/pagemap.h"

/* As in the kernel's Documentation/admin-guide/mm/pagemap.rst. */
#define PRESENT		(UINT64_C(1) << 63)
#define SWAPPED		(UINT64_C(1) << 62)
#define OF_FILE		(UINT64_C(1) << 61)
#define FRAME		((UINT64_C(1) << 55) - 1)
#define MERGED		(UINT64_C(1) << 21)	/* of /proc/kpageflags */

#define AT_ONCE		128

/**
 * page_size() - bytes in a base page
 */
size_t page_size(void)
{
	static size_t size;

	if (!size)
		size = (size_t)sysconf(_SC_PAGESIZE);
	return size;
}

/**
 * pagemap_read() - read the entries of @pages pages of this process; false if not all could be read
 */
bool pagemap_read(const char *start, size_t pages, uint64_t *entry)
{
	off_t at = (off_t)((uintptr_t)start / page_size() * sizeof(*entry));
	size_t size = pages * sizeof(*entry);
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && pread(fd, entry, size, at) == (ssize_t)size;

	if (fd >= 0)
		close(fd);
	return done;
}

/**
 * pagemap_swapped() - how many of @pages pages are known to be in swap
 */
size_t pagemap_swapped(const char *start, size_t pages)
{
	uint64_t entry[AT_ONCE];
	size_t swapped = 0;

	while (pages) {
		size_t n = pages < AT_ONCE ? pages : AT_ONCE;

		if (!pagemap_read(start, n, entry))
			break;
		for (size_t i = 0; i < n; i++)
			swapped += !!(entry[i] & SWAPPED);
		start += n * page_size();
		pages -= n;
	}
	return swapped;
}

/**
 * pagemap_merged() - how many pages KSM has merged
 * @merged: gets it; 0 at first
 *
 * Return: false if that cannot be read: it takes CAP_SYS_ADMIN.
 */
bool pagemap_merged(const char *start, size_t pages, size_t *merged)
{
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	uint64_t entry, flags = 0;
	bool known = fd >= 0;

	*merged = 0;
	for (size_t i = 0; known && i < pages; i++) {
		known = pagemap_read(start + i * page_size(), 1, &entry) && entry & FRAME &&
			pread(fd, &flags, sizeof(flags),
			      (off_t)((entry & FRAME) * sizeof(flags))) == sizeof(flags);
		*merged += known && flags & MERGED;
	}
	if (fd >= 0)
		close(fd);
	return known;
}

static bool became(enum seen what, uint64_t before, uint64_t after, uint64_t zero)
{
	bool was = before & PRESENT, is = after & PRESENT;
	bool moved = (before & FRAME) != (after & FRAME);

	switch (what) {
	case SEEN_NOTHING:
	case SEEN_COUNTED:
		break;
	case SEEN_ANON:
		return is && !(after & OF_FILE) && (!was || before & OF_FILE);
	case SEEN_ZERO:
		return !was && is && !(after & OF_FILE) && (after & FRAME) == zero;
	case SEEN_FILE:
		return !was && is && after & OF_FILE;
	case SEEN_MOVED:
		return was && is && moved;
	case SEEN_KEPT:
		return was && is && !moved;
	case SEEN_SWAPPED:
		return was && after & SWAPPED;
	case SEEN_BACK:
		return before & SWAPPED && is;
	}
	return false;
}

/**
 * pagemap_count() - count the pages with a certain change
 * @before: their entries before
 * @after: their entries now
 *
 * Only CAP_SYS_ADMIN can read the frames; to others they are 0.
 *
 * Return: false if frames are needed and cannot be read.
 */
bool pagemap_count(enum seen what, const uint64_t *before, const uint64_t *after,
		   size_t pages, uint64_t *count)
{
	bool by_frame = what == SEEN_ZERO || what == SEEN_MOVED || what == SEEN_KEPT;

	*count = 0;
	for (size_t i = 0; i < pages; i++) {
		if (by_frame && after[i] & PRESENT && !(after[i] & FRAME))
			return false;
		*count += became(what, before[i], after[i], after[0] & FRAME);
	}
	return true;
}
