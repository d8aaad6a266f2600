// SPDX-License-Identifier: GPL-2.0
/*
 * What is wrong with a command line
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "cli/hint.h"
#include "cli/specs.h"
#include "cli/usage.h"
#include "cli/values.h"

#define WORD_MAX	32	/* no name of a command or an option is longer */
#define NEAR		2	/* letters that may be wrong for a word to be suggested */

/* How many letters are to be added, dropped, changed or exchanged to make @b of @a. */
static size_t distance(const char *a, const char *b)
{
	size_t row[3][WORD_MAX], len = strlen(b);

	if (strlen(a) >= WORD_MAX || len >= WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= len; j++)
		row[0][j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3], *second = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= len; j++) {
			size_t least = last[j - 1] + (a[i - 1] != b[j - 1]);

			least = last[j] + 1 < least ? last[j] + 1 : least;
			least = now[j - 1] + 1 < least ? now[j - 1] + 1 : least;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    second[j - 2] + 1 < least)
				least = second[j - 2] + 1;
			now[j] = least;
		}
	}
	return row[strlen(a) % 3][len];
}

/* Is @name the nearest to @word so far, and near enough to be meant? */
static bool is_nearer(const char *word, const char *name, size_t *least)
{
	size_t n = distance(word, name);

	if (n > NEAR || n >= strlen(name) || n >= *least)
		return false;
	*least = n;
	return true;
}

static bool takes(const struct command *command, const char *name, int letter)
{
	for (size_t i = 0; i < command->nr_options; i++) {
		const struct option_spec *spec = &option_specs[command->options[i].option];

		if (name ? spec->name && strcmp(spec->name, name) == 0 : spec->letter == letter)
			return true;
	}
	return false;
}

/* "pagestat and pagestat replay": the commands that take an option.  Return: how many. */
static size_t list_takers(char *to, size_t size, const struct command *const *all,
			  const char *name, int letter)
{
	size_t nr = 0, left = 0, len = 0;

	for (size_t i = 0; all && all[i]; i++)
		left += takes(all[i], name, letter);
	for (size_t i = 0; all && all[i] && len < size; i++) {
		if (!takes(all[i], name, letter))
			continue;
		len += (size_t)snprintf(to + len, size - len, "%spagestat%s%s",
					!nr ? "" : nr + 1 < left ? ", " : " and ",
					all[i]->name ? " " : "", all[i]->name ? all[i]->name : "");
		nr++;
	}
	return nr;
}

/* The command's long options that begin so.  Return: how many. */
static size_t list_matching(char *to, size_t size, const struct command *command,
			    const char *begin)
{
	size_t nr = 0, len = 0;

	for (size_t i = 0; i < command->nr_options && len < size; i++) {
		const char *name = option_specs[command->options[i].option].name;

		if (name && strncmp(name, begin, strlen(begin)) == 0)
			len += (size_t)snprintf(to + len, size - len, "%s--%s", nr++ ? " or " : "",
						name);
	}
	return nr;
}

static const char *nearest_option(const struct command *command, const char *word)
{
	const char *nearest = NULL;
	size_t least = WORD_MAX;

	for (size_t i = 0; i < command->nr_options; i++) {
		const char *name = option_specs[command->options[i].option].name;

		if (name && is_nearer(word, name, &least))
			nearest = name;
	}
	return nearest;
}

static int bad_long_option(const struct command *command, const struct command *const *all,
			   const char *arg)
{
	const char *who = command->name ? command->name : "pagestat without a command", *nearest;
	char name[WORD_MAX], list[256];
	size_t nr;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(arg + 2, "="), arg + 2);
	/* getopt_long() sets this for an option that it knows. */
	if (optopt)
		return usage_error("option --%s takes no value", name);
	nr = list_matching(list, sizeof(list), command, name);
	if (nr > 1)
		return usage_error("option --%s: %s?", name, list);
	nr = list_takers(list, sizeof(list), all, name, 0);
	if (nr)
		return usage_error("%s takes no --%s; %s do%s", who, name, list, nr > 1 ? "" : "es");
	nearest = nearest_option(command, name);
	if (nearest)
		return usage_error("there is no option --%s; did you mean --%s?", name, nearest);
	return usage_error("there is no option --%s", name);
}

/**
 * usage_bad_option() - print what is wrong with an option
 * @command: the command
 * @all: all commands, ended by NULL; or NULL
 * @arg: the argument that getopt_long() read last
 * @found: what that returned
 *
 * Return: EXIT_USAGE.
 */
int usage_bad_option(const struct command *command, const struct command *const *all,
		     const char *arg, int found)
{
	char list[256];
	size_t nr;

	if (found == ':')
		return usage_error("option %s needs a value", arg);
	if (strncmp(arg, "--", 2) == 0)
		return bad_long_option(command, all, arg);
	if (ascii_is_digit(optopt))
		return usage_error("there is no option -%c, and an interval is not negative; give seconds from %g up",
				   optopt, INTERVAL_MIN);
	nr = list_takers(list, sizeof(list), all, NULL, optopt);
	if (nr)
		return usage_error("%s takes no -%c; %s do%s", command->name ? command->name :
				   "pagestat without a command", optopt, list, nr > 1 ? "" : "es");
	return usage_error("there is no option -%c", optopt);
}

/**
 * usage_no_command() - print that there is no such command
 * @all: all commands, ended by NULL
 * @word: given as the name of one
 *
 * Return: EXIT_USAGE.
 */
int usage_no_command(const struct command *const *all, const char *word)
{
	const char *nearest = NULL;
	size_t least = WORD_MAX;

	for (size_t i = 0; all[i]; i++)
		if (all[i]->name && is_nearer(word, all[i]->name, &least))
			nearest = all[i]->name;
	if (nearest)
		return usage_error("there is no command \"%s\"; did you mean pagestat %s?", word,
				   nearest);
	return usage_error("there is no command \"%s\"", word);
}

/**
 * usage_check_operands() - reject a word where the command without a name has a number
 * @command: the command
 * @all: all commands, ended by NULL; or NULL
 * @argc: how many operands there are
 * @argv: the operands
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int usage_check_operands(const struct command *command, const struct command *const *all,
			 int argc, char **argv)
{
	if (!argc || command->name || !all)
		return EXIT_DONE;
	for (size_t i = 0; all[i]; i++)
		if (all[i]->name && strcmp(all[i]->name, argv[0]) == 0)
			return fail(EXIT_USAGE, "%s comes first: pagestat %s [OPTION]...",
				    argv[0], argv[0]);
	return ascii_is_letter(argv[0][0]) ? usage_no_command(all, argv[0]) : EXIT_DONE;
}
