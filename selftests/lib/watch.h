/* SPDX-License-Identifier: GPL-2.0 */
/*
 * watch.h - the fixture of the counting tests: a subject and its counters
 */
#ifndef SELFTESTS_WATCH_H
#define SELFTESTS_WATCH_H

#include "kselftest_harness.h"
#include "counters.h"
#include "subject.h"

/*
 * Seconds for a test.  The machine that emulates this one may be busy, and a kernel
 * with KASAN is slow.
 */
#undef TEST_TIMEOUT_DEFAULT
#define TEST_TIMEOUT_DEFAULT 500

FIXTURE(watch)
{
	struct subject s;
	struct counters before, after;
};

FIXTURE_SETUP(watch)
{
}

FIXTURE_TEARDOWN(watch)
{
	subject_end(&self->s);
}

/* Start a subject; it waits at its first step. */
#define START(run)	ASSERT_TRUE(subject_start(&self->s, run))

/* Let it go on to its next step; read its counters before and after. */
#define GO() do {							\
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before)); \
	ASSERT_TRUE(subject_go(&self->s));				\
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after)); \
} while (0)

/* What was counted is what the list has, which ends in END, and nothing else. */
#define EXPECT_COUNTED(...)						\
	EXPECT_EQ(0, differences(&self->before, &self->after,		\
				 (const struct expected[]){ __VA_ARGS__ }))

/* By how much a counter grew. */
#define GREW(counter)							\
	(self->after.n[PAGESTAT_##counter] - self->before.n[PAGESTAT_##counter])

/* Minor faults by the kernel's own count. */
#define FAULTS()	(self->after.minflt - self->before.minflt)

#endif /* SELFTESTS_WATCH_H */
