// SPDX-License-Identifier: GPL-2.0
/*
 * nest.c - a driver for test_nest: faults within its fault handler, and faults that must
 * not wait
 *
 * A fault on its mapping reads a byte of user memory first, one page further each time.
 */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#define NEST_READ	_IO('n', 1)	/* where to read: an address */
#define NEST_NOWAIT	_IO('n', 2)	/* get the page at that address, or give up at once */

static struct page *given;
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
	vma->vm_ops = &nest_vm_ops;
	return 0;
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

static int __init nest_init(void)
{
	int err;

	given = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!given)
		return -ENOMEM;
	err = misc_register(&nest_device);
	if (err)
		put_page(given);
	return err;
}

static void __exit nest_exit(void)
{
	misc_deregister(&nest_device);
	put_page(given);
}

module_init(nest_init);
module_exit(nest_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("faults within a fault handler, and faults that must not wait");
