/* SPDX-License-Identifier: GPL-2.0 */
/* option.h - what a parameter of the module turns on and off, while it is loaded */
#ifndef PAGESTAT_OPTION_H
#define PAGESTAT_OPTION_H

#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/types.h>

/**
 * struct pagestat_option - something that is on or off
 * @turn:   turns it on or off, and is called with @mutex held; 0 or an error
 * @mutex:  guards the rest, and what @turn changes
 * @ready:  between pagestat_option_begin() and pagestat_option_end(); else what is asked
 *          for is only noted
 * @wanted: what was asked for
 */
struct pagestat_option {
	int (*turn)(bool on);
	struct mutex mutex;
	bool ready;
	bool wanted;
};

#define PAGESTAT_OPTION(option, turns)					       \
	struct pagestat_option option = {				       \
		.turn = turns,						       \
		.mutex = __MUTEX_INITIALIZER(option.mutex),		       \
	}

/* For module_param_cb(), whose argument is the option. */
extern const struct kernel_param_ops pagestat_option_ops;

int pagestat_option_begin(struct pagestat_option *option);
void pagestat_option_end(struct pagestat_option *option);

#endif /* PAGESTAT_OPTION_H */
