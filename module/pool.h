/* SPDX-License-Identifier: GPL-2.0 */
/* pool.h - records made before they are needed, and released after a grace period */
#ifndef PAGESTAT_POOL_H
#define PAGESTAT_POOL_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "hold.h"

struct irq_work;
struct kmem_cache;

/**
 * struct pagestat_pool - all records of one kind that are not in use
 * @name:     of their kmem_cache
 * @size:     of a record
 * @node:     the offset of a record's list_head, which is the pool's while the record
 *            is not in use
 * @prepare:  makes a record fit to be taken, whatever it was prepared for before; or
 *            NULL.  Process context; returns 0 or -ENOMEM
 * @release:  gives back what an ended record refers to, after the grace period;
 *            process context
 * @cache:    their kmem_cache
 * @free:     the free list: records that may be taken
 * @ended:    records that handlers may still look at
 * @releases: those of @ended that are being released
 * @nr_all:   how many exist
 * @nr_free:  how many are in @free
 * @nr_ended: how many are in @ended
 *
 * The first five are the owner's to set.  Lists and numbers are guarded by
 * pagestat_lock(), but @releases by what releases.
 */
struct pagestat_pool {
	const char *name;
	size_t size;
	size_t node;
	int (*prepare)(void *record);
	void (*release)(void *record);
	struct kmem_cache *cache;
	struct list_head free;
	struct list_head ended;
	struct list_head releases;
	unsigned int nr_all;
	unsigned int nr_free;
	unsigned int nr_ended;
};

extern unsigned int pagestat_max_threads;
extern raw_spinlock_t pagestat_records_lock;
extern unsigned long pagestat_pool_generation;
extern unsigned int pagestat_pool_free_wanted;
extern struct irq_work pagestat_pool_irq_work;

/*
 * Guards the pools, the table of records and all lists of records.  No interrupt takes
 * it, and nobody holds it for more than a bounded time: see cost.md.
 */
static inline void pagestat_lock(void)
{
	raw_spin_lock(&pagestat_records_lock);
	pagestat_hold_begin();
}

static inline void pagestat_unlock(void)
{
	pagestat_hold_end();
	raw_spin_unlock(&pagestat_records_lock);
}

/* pool.c: any context */
bool pagestat_pool_urgent(const struct pagestat_pool *pool);
void *pagestat_pool_pop(struct pagestat_pool *pool);
void *pagestat_pool_take(struct pagestat_pool *pool, bool reserved);
void pagestat_pool_untake(struct pagestat_pool *pool, void *record);
void pagestat_pool_put(struct pagestat_pool *pool, void *record);

/* refill.c: process context */
bool pagestat_pools_refill(void);
int pagestat_pools_prepare(void);
int pagestat_pools_init(struct pagestat_pool *pools, unsigned int nr);
void pagestat_pools_exit(void);

#endif /* PAGESTAT_POOL_H */
