// SPDX-License-Identifier: GPL-2.0
/* latency.c - measure how long faults take, and read how long they took */
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "latency.h"
#include "table.h"

#define PARAMETER "/sys/module/pagestat/parameters/latency"

bool latency_on(void)
{
	FILE *f = fopen(PARAMETER, "r");
	bool on = f && fgetc(f) == 'Y';

	if (f)
		fclose(f);
	return on;
}

bool latency_set(bool on)
{
	return kernel_set(PARAMETER, on ? "Y" : "N", NULL, 0);
}

static int kind_of(const char *word)
{
	static const char * const kinds[] = {
#define NAME(name, text) #name,
		PAGESTAT_KINDS(NAME)
#undef NAME
	};
	int i;

	for (i = 0; i < PAGESTAT_NR_KINDS; i++)
		if (!strcmp(word, kinds[i]))
			return i;
	table_die("a kind that does not exist:", word);
	return -1;
}

bool latency_of(pid_t pid, struct latencies *l)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	int nr, i, bucket;
	struct latency *k;
	FILE *f;

	memset(l, 0, sizeof(*l));
	f = table_open("latency", name, &nr);
	bucket = table_find(name, nr, "ns_0");
	if (bucket < 0 || bucket + PAGESTAT_BUCKETS + 1 != nr)
		table_die("other columns than the header's in", "latency");
	while (fgets(line, sizeof(line), f)) {
		if (table_split(line, value) != nr)
			table_die("a row of another width than the header's in", "latency");
		if (atoi(value[table_find(name, nr, "pid")]) != pid)
			continue;
		k = &l->of[kind_of(value[table_find(name, nr, "kind")])];
		k->minor = strtoull(value[table_find(name, nr, "minor")], NULL, 10);
		k->major = strtoull(value[table_find(name, nr, "major")], NULL, 10);
		k->sum_ns = strtoull(value[table_find(name, nr, "sum_ns")], NULL, 10);
		k->max_ns = strtoull(value[table_find(name, nr, "max_ns")], NULL, 10);
		for (i = 0; i < PAGESTAT_BUCKETS; i++) {
			k->bucket[i] = strtoull(value[bucket + i], NULL, 10);
			k->count += k->bucket[i];
		}
		l->rows++;
	}
	fclose(f);
	return l->rows;
}

void latency_faults(pid_t pid, uint64_t *minor, uint64_t *major)
{
	struct latencies l;
	int i;

	*minor = 0;
	*major = 0;
	latency_of(pid, &l);
	for (i = 0; i < PAGESTAT_NR_KINDS; i++) {
		*minor += l.of[i].minor;
		*major += l.of[i].major;
	}
}
