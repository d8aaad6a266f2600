/* SPDX-License-Identifier: GPL-2.0 */
/* pool.h - records of one kind that lie ready, and those that have ended */
#ifndef PAGESTAT_STOCK_H
#define PAGESTAT_STOCK_H

#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

extern unsigned int pagestat_max_threads;
extern raw_spinlock_t pagestat_records_lock;

/* How many exist, and those that are not in use; the lists go by pagestat_records_lock. */
struct pagestat_pool {
	struct kmem_cache *cache;
	struct list_head ready;
	struct list_head dead;
	unsigned int nr_all;	/* changes under the caretaker's mutex only */
	unsigned int nr_ready;
	unsigned int nr_dead;
};

#define STOCK(name) {							\
	.ready = LIST_HEAD_INIT((name).ready),				\
	.dead = LIST_HEAD_INIT((name).dead),				\
}

bool stock_low(const struct pagestat_pool *stock);
bool stock_crowded(const struct pagestat_pool *stock);

/* These are called under pagestat_records_lock. */
struct list_head *stock_take(struct pagestat_pool *stock);
void stock_take_this(struct pagestat_pool *stock, struct list_head *node);
void stock_put(struct pagestat_pool *stock, struct list_head *node);
void stock_bury(struct pagestat_pool *stock, struct list_head *node);
void stock_take_dead(struct pagestat_pool *stock, struct list_head *nodes);

/* These in process context. */
bool stock_refill(struct pagestat_pool *stock, struct list_head *(*make)(void));
void stock_free(struct pagestat_pool *stock, void *record);
void stock_empty(struct pagestat_pool *stock, size_t offset);

#endif /* PAGESTAT_STOCK_H */
