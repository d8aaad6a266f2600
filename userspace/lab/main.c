// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat-lab - experiments that show paging at work and check themselves
 */
#include "cli/options.h"
#include "lab/language.h"

int main(int argc, char **argv)
{
	choose_language();
	return command_line(&lab_command, NULL, argc, argv);
}
