/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tested.h - whether a kernel is one that pagestat is tested on
 *
 * A kernel of the same version by another vendor has other patches and another
 * configuration, and was compiled by another compiler: it is another kernel.
 */
#ifndef PAGESTAT_TESTED_H
#define PAGESTAT_TESTED_H

#ifdef __KERNEL__
#include <linux/ctype.h>
#include <linux/string.h>
#include <linux/types.h>
#else	/* userspace/tests/tested.c */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#endif

#include "kernels.h"

/* Is a release, as 6.1.0-56-amd64, of this series and flavour? */
static inline bool pagestat_release_is(const char *release, const char *series,
				       const char *flavour)
{
	size_t begin = strlen(series), length = strlen(release), end = strlen(flavour) + 1;
	size_t i;

	if (strncmp(release, series, begin) || release[begin] != '.' || length <= begin + end)
		return false;
	if (release[length - end] != '-' || strcmp(release + length - end + 1, flavour))
		return false;
	/* Another flavour may end like this one, as 6.1.0-56-cloud-amd64 does. */
	for (i = begin; i < length - end; i++)
		if (release[i] == '-' && !isdigit((unsigned char)release[i + 1]))
			return false;
	return true;
}

/**
 * pagestat_kernel_is_tested() - whether a kernel is one of kernels.h
 * @release: its release, as uname -r
 * @version: its version, as uname -v, where Debian writes who built it
 *
 * Context: any.
 */
static inline bool pagestat_kernel_is_tested(const char *release, const char *version)
{
	static const struct {
		const char *series;
		const char *flavour;
	} tested[] = {
#define KERNEL(series, flavour) { series, flavour },
		PAGESTAT_KERNELS(KERNEL)
#undef KERNEL
	};
	size_t i;

	for (i = 0; i < sizeof(tested) / sizeof(*tested); i++)
		if (pagestat_release_is(release, tested[i].series, tested[i].flavour))
			return strstr(version, " Debian ");
	return false;
}

#endif /* PAGESTAT_TESTED_H */
