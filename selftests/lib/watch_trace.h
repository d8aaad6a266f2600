/* SPDX-License-Identifier: GPL-2.0 */
/*
 * watch_trace.h - the fixture of the tests of trace events: a subject, its counters,
 * and an empty trace buffer
 */
#ifndef SELFTESTS_WATCH_TRACE_H
#define SELFTESTS_WATCH_TRACE_H

#include "tracing.h"
#include "watch.h"

FIXTURE(trace)
{
	struct subject s;
	struct counters before, after;
};

FIXTURE_SETUP(trace)
{
	ASSERT_TRUE(tracing_begin());
}

FIXTURE_TEARDOWN(trace)
{
	subject_end(&self->s);
	EXPECT_TRUE(tracing_end());
	EXPECT_EQ(0, system_value("disputed"));
}

#endif /* SELFTESTS_WATCH_TRACE_H */
