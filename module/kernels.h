/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernels.h - the kernels that pagestat is tested on: X(series, flavour), all of Debian
 *
 * Made by selftests/package/kernels.sh from selftests/vm/kernels.
 */
#ifndef PAGESTAT_KERNELS_H
#define PAGESTAT_KERNELS_H

#define PAGESTAT_KERNELS(X) \
	X("5.10", "amd64") \
	X("6.1", "amd64") \
	X("6.1", "arm64") \
	X("6.1", "rt-amd64") \
	X("6.12", "amd64") \
	X("6.12", "arm64") \
	X("6.12", "arm64-16k") \
	X("7.2", "amd64") \
	X("7.3", "amd64")

#endif /* PAGESTAT_KERNELS_H */
