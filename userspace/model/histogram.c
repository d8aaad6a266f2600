// SPDX-License-Identifier: GPL-2.0
/*
 * How long something took: counts by powers of two, and what follows from them
 *
 * Buckets do not tell where in them a fault lies.  So percentiles are bounds that
 * hold, and not guesses between two bounds.
 */
#include "model/histogram.h"

/**
 * histogram_bucket_from() - where a bucket begins
 * @bucket: which
 *
 * Return: the shortest time in ns that is in it.
 */
uint64_t histogram_bucket_from(unsigned int bucket)
{
	return bucket ? (uint64_t)PAGESTAT_BUCKET_NS << (bucket - 1) : 0;
}

/**
 * histogram_bucket_below() - where a bucket ends
 * @bucket: which
 *
 * Return: the shortest time in ns that is longer than all in it; UINT64_MAX for
 * the last one.
 */
uint64_t histogram_bucket_below(unsigned int bucket)
{
	return bucket + 1 < PAGESTAT_BUCKETS ? histogram_bucket_from(bucket + 1) : UINT64_MAX;
}

/**
 * histogram_count() - how many there are in it
 * @h: the histogram
 *
 * Return: the sum of its buckets.
 */
uint64_t histogram_count(const struct histogram *h)
{
	uint64_t count = 0;

	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		count += h->bucket[i];
	return count;
}

/**
 * histogram_add() - make one of two
 * @sum: is added to
 * @h: what is added
 */
void histogram_add(struct histogram *sum, const struct histogram *h)
{
	if (h->max_ns > sum->max_ns) {
		sum->max_ns = h->max_ns;
		sum->max_known = h->max_known;
	} else if (h->max_ns == sum->max_ns) {
		sum->max_known |= h->max_known;
	}
	sum->minor += h->minor;
	sum->major += h->major;
	sum->sum_ns += h->sum_ns;
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS; i++)
		sum->bucket[i] += h->bucket[i];
}

static bool subtract(uint64_t *from, uint64_t what)
{
	return !__builtin_sub_overflow(*from, what, from);
}

/**
 * histogram_subtract() - what came after a moment
 * @h: a histogram; what was in it at that moment is taken off
 * @before: what was in it then
 *
 * The longest of all is the longest since only if there was none as long before.
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
 * histogram_limit_max() - an unknown longest is no longer than its bucket allows
 * @h: the histogram, after the last histogram_subtract()
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
 * histogram_percentile() - how long all but the longest took at most
 * @h: the histogram; with something in it
 * @percent: 1 to 100
 *
 * Return: a number of ns that at least @percent of a hundred did not exceed: the
 * longest time of the bucket where that many are reached, or the longest of all.
 */
uint64_t histogram_percentile(const struct histogram *h, unsigned int percent)
{
	uint64_t count = histogram_count(h), sum = 0, need, bound;
	unsigned int i;

	/* count * percent / 100, rounded up, without an overflow. */
	need = count / 100 * percent + (count % 100 * percent + 99) / 100;
	for (i = 0; i < PAGESTAT_BUCKETS - 1; i++) {
		sum += h->bucket[i];
		if (sum >= need)
			break;
	}
	bound = histogram_bucket_below(i) - 1;
	return bound < h->max_ns ? bound : h->max_ns;
}

/**
 * histogram_bar_length() - how long a bar is drawn
 * @count: what it stands for
 * @largest: what a bar of BAR_MAX stands for
 *
 * Return: the length, rounded; what is not nothing is at least 1.
 */
unsigned int histogram_bar_length(uint64_t count, uint64_t largest)
{
	unsigned int length;

	if (!count)
		return 0;
	length = (unsigned int)((double)count / (double)largest * BAR_MAX + 0.5);
	return length ? length : 1;
}
