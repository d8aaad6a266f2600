// SPDX-License-Identifier: GPL-2.0
/*
 * device.c - a device with memory of its own, for test_device: it takes pages of a process
 * there, and gives them back when they are touched
 *
 * There is no device: what it has taken is lost, and comes back as zeroes.
 */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/ioport.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

/* A page at that address, a huge one or a small one. */
#define DEVICE_TAKE_HUGE	_IO('d', 1)
#define DEVICE_TAKE		_IO('d', 2)

#ifdef MIGRATE_PFN_COMPOUND	/* since 6.19 */

#define DEVICE_SIZE	(16 * PMD_SIZE)

static struct resource *memory;
static struct dev_pagemap device_map;
/* What has been taken stays in use: there is enough for a test. */
static unsigned long used;

/* Pages of the device, aligned to their number; not in use before. */
static struct page *device_pages(unsigned int order)
{
	unsigned long at = ALIGN(used, 1UL << order);

	if ((at + (1UL << order)) << PAGE_SHIFT > DEVICE_SIZE)
		return NULL;
	used = at + (1UL << order);
	return pfn_to_page(PHYS_PFN(memory->start) + at);
}

/* Where page 0 of @move goes to: to the device, or back from there. */
static unsigned long new_place(struct migrate_vma *move, unsigned int order)
{
	const unsigned long huge = order ? MIGRATE_PFN_COMPOUND : 0;
	struct folio *folio;
	struct page *page;

	if (!(move->src[0] & MIGRATE_PFN_MIGRATE) ||
	    (move->src[0] & MIGRATE_PFN_COMPOUND) != huge)
		return 0;
	if (move->flags & MIGRATE_VMA_SELECT_SYSTEM) {
		page = device_pages(order);
		if (page)
			zone_device_page_init(page, &device_map, order);
	} else {
		folio = vma_alloc_folio(GFP_HIGHUSER_MOVABLE | __GFP_ZERO, order, move->vma,
					move->start);
		page = folio ? &folio->page : NULL;
		if (page)
			lock_page(page);
	}
	return page ? migrate_pfn(page_to_pfn(page)) | huge : 0;
}

static int move_pages(struct migrate_vma *move, unsigned int order)
{
	const size_t nr = 1UL << order;
	int err;

	move->end = move->start + (PAGE_SIZE << order);
	move->pgmap_owner = &device_map;
	move->flags |= order ? MIGRATE_VMA_SELECT_COMPOUND : 0;
	move->src = kvcalloc(nr, sizeof(*move->src), GFP_KERNEL);
	move->dst = kvcalloc(nr, sizeof(*move->dst), GFP_KERNEL);
	err = move->src && move->dst ? migrate_vma_setup(move) : -ENOMEM;
	if (!err) {
		move->dst[0] = new_place(move, order);
		migrate_vma_pages(move);
		if (!(move->src[0] & MIGRATE_PFN_MIGRATE))
			err = -EBUSY;
		migrate_vma_finalize(move);
	}
	kvfree(move->src);
	kvfree(move->dst);
	return err;
}

static vm_fault_t device_give_back(struct vm_fault *vmf)
{
	const unsigned int order = folio_order(page_folio(vmf->page));
	struct migrate_vma move = {
		.vma = vmf->vma,
		.start = ALIGN_DOWN(vmf->address, PAGE_SIZE << order),
		.fault_page = vmf->page,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	return move_pages(&move, order) ? VM_FAULT_SIGBUS : 0;
}

static void device_freed(struct folio *folio)
{
}

static const struct dev_pagemap_ops device_ops = {
	.folio_free = device_freed,
	.migrate_to_ram = device_give_back,
};

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long address)
{
	struct migrate_vma move = { .start = address, .flags = MIGRATE_VMA_SELECT_SYSTEM };
	int err = -EFAULT;

	if (cmd != DEVICE_TAKE_HUGE && cmd != DEVICE_TAKE)
		return -ENOTTY;
	mmap_read_lock(current->mm);
	move.vma = vma_lookup(current->mm, address);
	if (move.vma)
		err = move_pages(&move, cmd == DEVICE_TAKE_HUGE ? HPAGE_PMD_ORDER : 0);
	mmap_read_unlock(current->mm);
	return err;
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = device_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pagestat-device",
	.fops = &device_fops,
};

static int __init device_init(void)
{
	void *mapped;
	int err;

	memory = request_free_mem_region(&iomem_resource, DEVICE_SIZE, "pagestat-device");
	if (IS_ERR(memory))
		return PTR_ERR(memory);
	device_map.type = MEMORY_DEVICE_PRIVATE;
	device_map.range.start = memory->start;
	device_map.range.end = memory->end;
	device_map.nr_range = 1;
	device_map.ops = &device_ops;
	device_map.owner = &device_map;
	mapped = memremap_pages(&device_map, numa_node_id());
	err = PTR_ERR_OR_ZERO(mapped);
	if (err)
		goto err_region;
	err = misc_register(&device);
	if (err)
		goto err_map;
	return 0;

err_map:
	memunmap_pages(&device_map);
err_region:
	release_mem_region(memory->start, resource_size(memory));
	return err;
}

static void __exit device_exit(void)
{
	misc_deregister(&device);
	memunmap_pages(&device_map);
	release_mem_region(memory->start, resource_size(memory));
}

#else

static int __init device_init(void)
{
	return -ENODEV;
}

static void __exit device_exit(void)
{
}

#endif

module_init(device_init);
module_exit(device_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a device that takes pages of a process into memory of its own");
