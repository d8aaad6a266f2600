# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The library of page replacement: what replacement.c tests, built as the tool is

replacement()
{
	run_program replacement "$1"
}

test_replacement_known_figures()
{
	replacement known
}

test_replacement_frames_step_by_step()
{
	replacement frames
}

test_replacement_as_defined()
{
	replacement plain
}

test_replacement_opt_is_optimal()
{
	replacement optimal
}

test_replacement_opt_unbeaten_and_stacks()
{
	replacement properties
}

test_replacement_strings()
{
	replacement strings
}

test_replacement_of_a_million()
{
	replacement million
}
