// SPDX-License-Identifier: GPL-2.0
/*
 * A histogram of times in buckets of powers of two
 *
 * Where in its bucket a time lies is unknown, so a percentile is an upper bound, and is
 * not interpolated.
 */
#include "base/sums.h"
#include "model/histogram.h"

/**
 * histogram_bucket_from() - the shortest time of a bucket, in ns
 */
uint64_t histogram_bucket_from(unsigned int bucket)
{
	return bucket ? (uint64_t)PAGESTAT_BUCKET_NS << (bucket - 1) : 0;
}

/**
 * histogram_bucket_below() - where a bucket ends
 *
 * Return: the shortest time in ns that is longer than all in it; UINT64_MAX for the last.
 */
uint64_t histogram_bucket_below(unsigned int bucket)
{
	return bucket + 1 < PAGESTAT_BUCKETS ? histogram_bucket_from(bucket + 1) : UINT64_MAX;
}

/**
 * histogram_count() - how many times are in it
 */
uint64_t histogram_count(const struct histogram *h)
{
	uint64_t count = 0;

	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		sum_add(&count, h->bucket[i]);
	return count;
}

/**
 * histogram_add() - add @h to @sum
 */
void histogram_add(struct histogram *sum, const struct histogram *h)
{
	if (h->max_ns > sum->max_ns) {
		sum->max_ns = h->max_ns;
		sum->max_known = h->max_known;
	} else if (h->max_ns == sum->max_ns) {
		sum->max_known |= h->max_known;
	}
	sum_add(&sum->minor, h->minor);
	sum_add(&sum->major, h->major);
	sum_add(&sum->sum_ns, h->sum_ns);
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		sum_add(&sum->bucket[i], h->bucket[i]);
}

static bool subtract(uint64_t *from, uint64_t what)
{
	return !__builtin_sub_overflow(*from, what, from);
}

/**
 * histogram_subtract() - leave only what came after an earlier snapshot
 * @h: the later snapshot
 * @before: the earlier one
 *
 * The longest time of all is known for the interval only if it is longer than before.
 *
 * Return: false if @h cannot have grown from @before; then it is not to be used.
 */
bool histogram_subtract(struct histogram *h, const struct histogram *before)
{
	if (h->max_ns <= before->max_ns)
		h->max_known = false;
	if (!subtract(&h->minor, before->minor) || !subtract(&h->major, before->major) ||
	    !subtract(&h->sum_ns, before->sum_ns))
		return false;
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		if (!subtract(&h->bucket[i], before->bucket[i]))
			return false;
	return true;
}

/**
 * histogram_limit_max() - lower an unknown maximum to the end of the last bucket in use
 */
void histogram_limit_max(struct histogram *h)
{
	unsigned int last = PAGESTAT_BUCKETS - 1;

	while (last && !h->bucket[last])
		last--;
	if (!h->max_known && h->max_ns >= histogram_bucket_below(last))
		h->max_ns = histogram_bucket_below(last) - 1;
}

/**
 * histogram_percentile() - an upper bound of a percentile, in ns
 * @h: not empty
 * @percent: 1 to 100
 *
 * Return: the end of the bucket where that many are reached, or the maximum if it is less.
 */
uint64_t histogram_percentile(const struct histogram *h, unsigned int percent)
{
	uint64_t count = histogram_count(h), sum = 0, need, bound;
	unsigned int i;

	/* count * percent / 100, rounded up, without an overflow. */
	need = count / 100 * percent + (count % 100 * percent + 99) / 100;
	for (i = 0; i < PAGESTAT_BUCKETS - 1; i++) {
		sum_add(&sum, h->bucket[i]);
		if (sum >= need)
			break;
	}
	bound = histogram_bucket_below(i) - 1;
	return bound < h->max_ns ? bound : h->max_ns;
}

/**
 * histogram_bar_length() - the length of a bar
 * @largest: the count of a bar of BAR_MAX
 *
 * Return: the length, rounded; at least 1 unless @count is 0.
 */
unsigned int histogram_bar_length(uint64_t count, uint64_t largest)
{
	unsigned int length;

	if (!count)
		return 0;
	length = (unsigned int)((double)count / (double)largest * BAR_MAX + 0.5);
	return length ? length : 1;
}
