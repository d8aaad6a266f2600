// SPDX-License-Identifier: GPL-2.0
/*
 * Histograms, for people and for programs
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/grid.h"
#include "report/bars.h"

#define BOUND_MAX	(DURATION_MAX + 2)

/* A percentile: below the end of its bucket, or at most the longest of all. */
static const char *bound_text(char text[BOUND_MAX], const struct histogram *h, uint64_t at_most)
{
	char time[DURATION_MAX];

	if (at_most < h->max_ns)
		snprintf(text, BOUND_MAX, "<%s", clock_duration(time, at_most + 1));
	else
		snprintf(text, BOUND_MAX, "<=%s", clock_duration(time, at_most));
	return text;
}

static const char *max_text(char text[BOUND_MAX], const struct histogram *h)
{
	char time[DURATION_MAX];

	snprintf(text, BOUND_MAX, "%s%s", h->max_known ? "" : "<=",
		 clock_duration(time, h->max_ns));
	return text;
}

static void add_line(struct grid *t, const char *kind, const struct histogram *h)
{
	uint64_t count = histogram_count(h);
	char text[BOUND_MAX];

	grid_line(t);
	grid_cell(t, kind);
	grid_number(t, true, count);
	grid_number(t, true, h->major);
	grid_cell(t, clock_duration(text, h->sum_ns / count));
	grid_cell(t, bound_text(text, h, histogram_percentile(h, 50)));
	grid_cell(t, bound_text(text, h, histogram_percentile(h, 99)));
	grid_cell(t, max_text(text, h));
}

/**
 * bars_table() - a line for each kind that has faults
 */
int bars_table(const struct kinds *kinds, bool headings)
{
	static const char *const names[] = {
		"KIND", "FAULTS", "MAJOR", "MEAN", "P50", "P99", "MAX",
	};
	struct grid t;

	grid_begin(&t, false, headings);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		grid_heading(&t, names[i], i ? SCOLS_FL_RIGHT : 0);
	for (int kind = 0; kind < PAGESTAT_NR_KINDS; kind++)
		if (histogram_count(&kinds->of[kind]))
			add_line(&t, latency_kind_names[kind], &kinds->of[kind]);
	return grid_end(&t);
}

static void draw_bucket(unsigned int bucket, uint64_t count, uint64_t largest)
{
	static const char bar[BAR_MAX + 1] = "########################################";
	char from[DURATION_MAX], below[DURATION_MAX];

	if (bucket + 1 < PAGESTAT_BUCKETS)
		clock_duration(below, histogram_bucket_below(bucket));
	else
		snprintf(below, sizeof(below), "longer");
	printf("  %6s - %-6s %10" PRIu64 " |%-*.*s|\n",
	       clock_duration(from, histogram_bucket_from(bucket)), below, count, BAR_MAX,
	       (int)histogram_bar_length(count, largest), bar);
}

static void draw(const char *name, const char *text, const struct histogram *h)
{
	unsigned int first = PAGESTAT_BUCKETS, last = 0;
	uint64_t largest = 0;

	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++) {
		if (!h->bucket[i])
			continue;
		if (first == PAGESTAT_BUCKETS)
			first = i;
		last = i;
		if (h->bucket[i] > largest)
			largest = h->bucket[i];
	}
	if (!largest)
		return;
	printf("\n%s (%s)\n", name, text);
	for (unsigned int i = first; i <= last; i++)
		draw_bucket(i, h->bucket[i], largest);
}

/**
 * bars_draw() - draw the histogram of each kind that has faults
 *
 * From the first bucket in use to the last; the largest one has a bar of BAR_MAX.
 */
void bars_draw(const struct kinds *kinds)
{
	for (int kind = 0; kind < PAGESTAT_NR_KINDS; kind++)
		draw(latency_kind_names[kind], latency_kind_texts[kind], &kinds->of[kind]);
}

/**
 * bars_json() - print the members of an object that is a histogram
 */
void bars_json(struct json *json, const struct histogram *h)
{
	uint64_t count = histogram_count(h);

	json_number(json, "minor", true, h->minor);
	json_number(json, "major", true, h->major);
	json_number(json, "sum_ns", true, h->sum_ns);
	json_number(json, "mean_ns", count, count ? h->sum_ns / count : 0);
	json_number(json, "p50_ns", count, count ? histogram_percentile(h, 50) : 0);
	json_number(json, "p99_ns", count, count ? histogram_percentile(h, 99) : 0);
	json_number(json, "max_ns", h->max_known, h->max_ns);
	json_open(json, "buckets", '[');
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		json_number(json, NULL, true, h->bucket[i]);
	json_close(json, ']');
}

/**
 * bars_json_bounds() - print an array of the beginnings of the buckets
 */
void bars_json_bounds(struct json *json)
{
	json_open(json, "buckets_from_ns", '[');
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		json_number(json, NULL, true, histogram_bucket_from(i));
	json_close(json, ']');
}
