// SPDX-License-Identifier: GPL-2.0
/*
 * option.c - what a parameter of the module turns on and off, while it is loaded
 *
 * The kernel sets parameters before the module's init, too, when nothing can be turned on.
 */
#include <linux/kernel.h>

#include "option.h"

static int option_set(const char *val, const struct kernel_param *kp)
{
	struct pagestat_option *option = kp->arg;
	bool on;
	int err;

	/* Without a value it means yes. */
	err = kstrtobool(val ?: "1", &on);
	if (err)
		return err;
	mutex_lock(&option->mutex);
	if (option->ready && on != option->wanted)
		err = option->turn(on);
	if (!err)
		option->wanted = on;
	mutex_unlock(&option->mutex);
	return err;
}

/* As the kernel shows a bool. */
static int option_get(char *to, const struct kernel_param *kp)
{
	const struct pagestat_option *option = kp->arg;

	return sprintf(to, "%c\n", option->wanted ? 'Y' : 'N');
}

const struct kernel_param_ops pagestat_option_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = option_set,
	.get = option_get,
};

/**
 * pagestat_option_begin() - turn on what has been asked for already
 * @option: from here on, it is turned on and off when that is asked for
 *
 * Context: process context; sleeps.
 * Return: 0, or the error of @turn.
 */
int pagestat_option_begin(struct pagestat_option *option)
{
	int err = 0;

	mutex_lock(&option->mutex);
	if (option->wanted)
		err = option->turn(true);
	option->ready = !err;
	mutex_unlock(&option->mutex);
	return err;
}

/**
 * pagestat_option_end() - turn off what is on, for good
 * @option: which may not have begun
 *
 * Context: process context; sleeps.
 */
void pagestat_option_end(struct pagestat_option *option)
{
	mutex_lock(&option->mutex);
	if (option->wanted)
		option->turn(false);
	option->wanted = false;
	option->ready = false;
	mutex_unlock(&option->mutex);
}
