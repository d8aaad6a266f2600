// SPDX-License-Identifier: GPL-2.0
/*
 * nest.c - a driver for test_nest: faults within its fault handler, faults that must not
 * wait, and private mappings of a device's memory
 *
 * A fault on a shared mapping reads a byte of user memory first, one page further each
 * time.  A private one is mapped at once, and without the kernel's struct page.
 */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#define NEST_READ	_IO('n', 1)	/* where to read: an address */
#define NEST_NOWAIT	_IO('n', 2)	/* get the page at that address, or give up at once */

/* A private mapping has so many pages at most: 2^NEST_ORDER. */
#define NEST_ORDER	8

static struct page *given;
static struct page *device;
static unsigned long reads_at;

static vm_fault_t nest_fault(struct vm_fault *vmf)
{
	char byte;

	if (get_user(byte, (char __user *)reads_at))
		return VM_FAULT_SIGBUS;
	reads_at += PAGE_SIZE;
	get_page(given);
	vmf->page = given;
	return 0;
}

static const struct vm_operations_struct nest_vm_ops = {
	.fault = nest_fault,
};

static int nest_mmap(struct file *file, struct vm_area_struct *vma)
{
	const unsigned long size = vma->vm_end - vma->vm_start;

	vma->vm_ops = &nest_vm_ops;
	if (vma->vm_flags & VM_SHARED)
		return 0;
	return size > PAGE_SIZE << NEST_ORDER ? -EINVAL :
	       remap_pfn_range(vma, vma->vm_start, page_to_pfn(device), size,
			       vma->vm_page_prot);
}

static long nest_ioctl(struct file *file, unsigned int cmd, unsigned long address)
{
	struct page *page;
	long nr;

	switch (cmd) {
	case NEST_READ:
		reads_at = address;
		return 0;
	case NEST_NOWAIT:
		nr = get_user_pages_unlocked(address, 1, &page, FOLL_NOWAIT);
		if (nr == 1)
			put_page(page);
		return nr;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations nest_fops = {
	.owner = THIS_MODULE,
	.mmap = nest_mmap,
	.unlocked_ioctl = nest_ioctl,
};

static struct miscdevice nest_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pagestat-nest",
	.fops = &nest_fops,
};

static void free_both(void)
{
	if (given)
		put_page(given);
	if (device)
		__free_pages(device, NEST_ORDER);
}

static int __init nest_init(void)
{
	int err = -ENOMEM;

	given = alloc_page(GFP_KERNEL | __GFP_ZERO);
	device = alloc_pages(GFP_KERNEL | __GFP_ZERO, NEST_ORDER);
	if (given && device)
		err = misc_register(&nest_device);
	if (err)
		free_both();
	return err;
}

static void __exit nest_exit(void)
{
	misc_deregister(&nest_device);
	free_both();
}

module_init(nest_init);
module_exit(nest_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("faults within a fault handler, that must not wait, and on a device's memory");
