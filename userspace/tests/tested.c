// SPDX-License-Identifier: GPL-2.0
/*
 * Which kernels the module takes for tested ones: test-tested RELEASE VERSION
 */
#include <stdio.h>

#include "tested.h"

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	puts(pagestat_kernel_is_tested(argv[1], argv[2]) ? "yes" : "no");
	return 0;
}
