// SPDX-License-Identifier: GPL-2.0
/* counters.c - read pagestat's counters and the kernel's own, and compare */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counters.h"
#include "latency.h"
#include "table.h"

static const char * const names[] = {
#define NAME(name, unit, text) #name,
	PAGESTAT_COUNTERS(NAME)
#undef NAME
};

const char *counter_name(enum pagestat_counter counter)
{
	return names[counter];
}

static void proc_faults(pid_t pid, struct counters *c)
{
	char path[64], line[1024], *p;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "r");
	if (!f || !fgets(line, sizeof(line), f))
		table_die("cannot read", path);
	fclose(f);
	p = strrchr(line, ')');
	if (!p || sscanf(p, ") %*c %*d %*d %*d %*d %*d %*u %" SCNu64 " %*u %" SCNu64,
			 &c->minflt, &c->majflt) != 2)
		table_die("cannot parse", path);
}

/* The value of a column that not every file has; 0 without it. */
static uint64_t other_column(char **name, char **value, int nr, const char *column)
{
	int at = table_find(name, nr, column);

	return at < 0 ? 0 : strtoull(value[at], NULL, 10);
}

static void add_row(struct counters *c, char **name, char **value, int nr)
{
	int at, i;

	for (i = 0; i < PAGESTAT_NR; i++) {
		at = table_find(name, nr, names[i]);
		if (at < 0)
			table_die("no column", names[i]);
		c->known[i] = strcmp(value[at], "-");
		if (c->known[i])
			c->n[i] += strtoull(value[at], NULL, 10);
	}
	c->start_ns = other_column(name, value, nr, "start_ns");
	c->ppid = other_column(name, value, nr, "ppid");
	c->uid = other_column(name, value, nr, "uid");
	c->cgroup_id = other_column(name, value, nr, "cgroup_id");
	c->exit_code = other_column(name, value, nr, "exit_code");
	c->rows++;
	at = table_find(name, nr, "comm");
	if (at >= 0)
		snprintf(c->comm, sizeof(c->comm), "%s", value[at]);
}

bool counters_of(const char *file, pid_t pid, struct counters *c)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	FILE *f;
	int nr;

	memset(c, 0, sizeof(*c));
	f = table_open(file, name, &nr);
	while (fgets(line, sizeof(line), f)) {
		if (table_split(line, value) != nr)
			table_die("a row of another width than the header's in", file);
		if (!pid || atoi(value[table_find(name, nr, "pid")]) == pid)
			add_row(c, name, value, nr);
	}
	fclose(f);
	if (c->rows && pid && strcmp(file, "exited"))
		proc_faults(pid, c);
	c->timed = !strcmp(file, "processes") && latency_on();
	if (c->timed)
		latency_faults(pid, &c->timed_minor, &c->timed_major);
	return c->rows;
}

uint64_t system_value(const char *column)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	FILE *f;
	int nr, at;

	f = table_open("system", name, &nr);
	if (!fgets(line, sizeof(line), f))
		table_die("no row in", "system");
	fclose(f);
	table_split(line, value);
	at = table_find(name, nr, column);
	if (at < 0)
		table_die("no column", column);
	return strtoull(value[at], NULL, 10);
}

static int differs(const char *what, uint64_t counted, uint64_t expected)
{
	if (counted == expected)
		return 0;
	printf("# %s: counted %" PRIu64 ", expected %" PRIu64 "\n", what,
	       counted, expected);
	return 1;
}

#define GREW(name) (after->n[PAGESTAT_##name] - before->n[PAGESTAT_##name])

/*
 * How memory was accessed: these count each fault in addition to its outcome.  Whether a
 * wait for a page is a stall, the kernel decides by how busy the page was.
 */
static bool may_be_any(int counter)
{
	return counter == PAGESTAT_read || counter == PAGESTAT_write ||
	       counter == PAGESTAT_exec || counter == PAGESTAT_stall ||
	       counter == PAGESTAT_stall_ns;
}

/*
 * Each fault the kernel accounted has an outcome, or is in "other".  One may have
 * two, as by a write to a page that is in swap, and some map many pages.
 */
static int without_outcome(const struct counters *before,
			   const struct counters *after)
{
	const uint64_t outcomes =
		GREW(cow) + GREW(reuse) + GREW(unshare) + GREW(zerofill) +
		GREW(zeromap) + GREW(filemap) + GREW(swapin) + GREW(numa) +
		GREW(uffd) + GREW(other);
	const uint64_t faults = GREW(minor) + GREW(major);

	if (faults <= outcomes)
		return 0;
	printf("# %" PRIu64 " faults have no more than %" PRIu64 " outcomes\n",
	       faults, outcomes);
	return 1;
}

static const struct expected *find_expected(const struct expected *expected, int counter)
{
	while (expected->counter != PAGESTAT_NR && (int)expected->counter != counter)
		expected++;
	return expected->counter == PAGESTAT_NR ? NULL : expected;
}

/*
 * "filemap" is what the module concludes when no leaf was seen.  While mapped pages are
 * counted, which is at a leaf, each such fault has to have mapped one at least.  Those that
 * map none, as the page was there and is made writable, are for the test to say.
 */
static int differs_mapped(const struct counters *before, const struct counters *after,
			  const struct expected *e)
{
	const uint64_t pages = GREW(mapped), faults = GREW(filemap);

	if (!before->known[PAGESTAT_mapped] || !after->known[PAGESTAT_mapped])
		return 0;
	if (e)
		return differs("mapped", pages, e->n);
	if (pages >= faults && !pages == !faults)
		return 0;
	printf("# %" PRIu64 " faults count as filemap, and mapped %" PRIu64 " pages\n",
	       faults, pages);
	return 1;
}

int differences(const struct counters *before, const struct counters *after,
		const struct expected *expected)
{
	int i, nr = 0;

	for (i = 0; i < PAGESTAT_NR; i++) {
		const struct expected *e = find_expected(expected, i);
		uint64_t want = e ? e->n : 0;

		if (i == PAGESTAT_mapped) {
			nr += differs_mapped(before, after, e);
			continue;
		}
		if (!e && may_be_any(i))
			continue;
		if (after->known[i])
			nr += differs(names[i], after->n[i] - before->n[i], want);
		else if (want)
			nr += differs(names[i], 0, want);
	}
	nr += differs("read + write + exec", GREW(read) + GREW(write) + GREW(exec),
		      GREW(minor) + GREW(major));
	nr += without_outcome(before, after);
	nr += differs("minor, less what /proc says",
		      GREW(minor) - (after->minflt - before->minflt), 0);
	nr += differs("major, less what /proc says",
		      GREW(major) - (after->majflt - before->majflt), 0);
	if (before->timed && after->timed) {
		nr += differs("minor, by the return probe",
			      after->timed_minor - before->timed_minor, GREW(minor));
		nr += differs("major, by the return probe",
			      after->timed_major - before->timed_major, GREW(major));
	}
	/* The harness leaves a test by _exit(). */
	fflush(stdout);
	return nr;
}

/* Whether a process sleeps, but in a fault: that would be "D". */
static bool asleep(pid_t pid)
{
	char path[64], state = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 0;
	if (f)
		fclose(f);
	return state == 'S';
}

bool settled(pid_t pid, const char *comm, struct counters *c)
{
	uint64_t last = 0;
	int tries;

	for (tries = 0; tries < 500; tries++) {
		bool slept = asleep(pid);

		if (!counters_of("processes", pid, c))
			return false;
		if (slept && !strcmp(c->comm, comm) && c->minflt + c->majflt == last)
			return true;
		last = c->minflt + c->majflt;
		usleep(20000);
	}
	return false;
}
