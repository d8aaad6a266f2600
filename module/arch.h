/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arch.h - the only file that knows architectures; Kbuild refuses others
 *
 * All of it is about a function at its entry: it has no stack frame yet.
 */
#ifndef PAGESTAT_ARCH_H
#define PAGESTAT_ARCH_H

#include <linux/compiler.h>
#include <linux/kprobes.h>
#include <linux/ptrace.h>
#include <linux/sched.h>

#if defined(CONFIG_X86_64)

#include <asm/unwind.h>

/* Ftrace patches the instruction that kprobes treat as the first. */
#define ARCH_ENTRY_SIZE	0

/* Where the function was called from: the return address has just been pushed. */
static inline unsigned long arch_caller(struct pt_regs *regs)
{
	return *(unsigned long *)kernel_stack_pointer(regs);
}

/*
 * The address that so many frames above the function will be returned to, 1: its caller's,
 * by the kernel's stack unwinder, or 0.  That by frame pointers cannot tell: at the entry of
 * a function the frame is still its caller's.
 */
static inline unsigned long arch_unwind(struct pt_regs *regs, unsigned int frames)
{
#ifdef CONFIG_UNWINDER_ORC
	struct pt_regs entry = *regs;
	struct unwind_state state;

	/* A handler gets the address after the breakpoint; the entry is before it. */
	entry.ip--;
	unwind_start(&state, current, &entry, NULL);
	while (--frames)
		unwind_next_frame(&state);
	return unwind_get_return_address(&state);
#else
	return 0;
#endif
}

/*
 * Where it was called from if a return probe has replaced the return address: the unwinder
 * finds the real one, on 5.10 only if it was the function graph tracer that replaced it.
 *
 * Return: the address, or 0 where it is not known.
 */
static inline unsigned long arch_hidden_caller(struct pt_regs *regs)
{
	return arch_unwind(regs, 1);
}

/*
 * Where its caller was called from.  With frame pointers, the caller's frame begins with a
 * pointer to the frame above and the address that the caller returns to.
 *
 * Return: the address, or 0 where it is not known.
 */
static inline unsigned long arch_outer_caller(struct pt_regs *regs)
{
	if (IS_ENABLED(CONFIG_FRAME_POINTER))
		return ((unsigned long *)frame_pointer(regs))[1];
	return arch_unwind(regs, 2);
}

#else /* CONFIG_ARM64 */

#include <asm/pointer_auth.h>

/* The call is in the second or, where indirect calls may land, third instruction. */
#define ARCH_ENTRY_SIZE	8

/* Where the function was called from. */
static inline unsigned long arch_caller(struct pt_regs *regs)
{
	return procedure_link_pointer(regs);
}

/*
 * The same where return probes have replaced the return address.  The task has a list
 * of what they have to restore, the last one first.
 *
 * Return: the address, or 0 where it is not known.
 */
static inline unsigned long arch_hidden_caller(struct pt_regs *regs)
{
#if defined(CONFIG_KRETPROBES) && !defined(CONFIG_KRETPROBE_ON_RETHOOK)
	const unsigned long hiding = arch_caller(regs);
	const struct kretprobe_instance *ri;

	llist_for_each_entry(ri, current->kretprobe_instances.first, llist)
		if ((unsigned long)ri->ret_addr != hiding)
			return (unsigned long)ri->ret_addr;
#endif
	return 0;
}

/*
 * Where its caller was called from: the caller's frame begins with a pointer to the
 * frame above and the address that the caller returns to.
 */
static inline unsigned long arch_outer_caller(struct pt_regs *regs)
{
	unsigned long address = ((unsigned long *)frame_pointer(regs))[1];

#ifdef ptrauth_strip_kernel_insn_pac
	return ptrauth_strip_kernel_insn_pac(address);
#else
	return ptrauth_strip_insn_pac(address);
#endif
}

#endif

#endif /* PAGESTAT_ARCH_H */
