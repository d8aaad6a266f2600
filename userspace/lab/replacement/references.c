// SPDX-License-Identifier: GPL-2.0
/*
 * Reference strings: pages by number, and when each is used again
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/replacement/replacement.h"

/* Half of the table stays empty, and its size is a power of two below 2^32. */
#define LENGTH_MAX	(UINT32_C(1) << 30)

/**
 * struct numbers - the number of each name: a hash table
 * @mask: its size less one
 * @number: in each place, and one more than that; 0 where there is none
 */
struct numbers {
	uint32_t mask;
	uint32_t *number;
};

static int numbers_make(struct numbers *numbers, size_t length)
{
	uint32_t size = 16;

	while (size < 2 * length)
		size *= 2;
	numbers->mask = size - 1;
	numbers->number = calloc(size, sizeof(*numbers->number));
	return numbers->number ? 0 : -ENOMEM;
}

/* The number of a name in @references; names that are new get the next one. */
static uint32_t number_of(const struct numbers *numbers, struct references *references,
			  uint64_t name)
{
	uint64_t hash = name * UINT64_C(0x9e3779b97f4a7c15);
	uint32_t place = (uint32_t)(hash >> 32) & numbers->mask;

	while (numbers->number[place]) {
		uint32_t number = numbers->number[place] - 1;

		if (references->name[number] == name)
			return number;
		place = (place + 1) & numbers->mask;
	}
	references->name[references->pages] = name;
	numbers->number[place] = ++references->pages;
	return references->pages - 1;
}

static int find_next(struct references *references)
{
	uint32_t *next = calloc(references->pages + 1, sizeof(*next));

	if (!next)
		return -ENOMEM;
	for (uint32_t page = 0; page < references->pages; page++)
		next[page] = references->length;
	for (uint32_t i = references->length; i-- > 0;) {
		uint32_t page = references->page[i];

		references->next[i] = next[page];
		next[page] = i;
	}
	free(next);
	return 0;
}

/**
 * references_make() - make a reference string
 * @references: to fill in; references_free() it
 * @name: the page of each reference, by any number
 * @length: how many references
 *
 * Return: 0, -E2BIG for more than 2^30 references, or -ENOMEM.
 */
int references_make(struct references *references, const uint64_t *name, size_t length)
{
	struct numbers numbers = { 0 };
	int rc;

	*references = (struct references){ 0 };
	if (length > LENGTH_MAX)
		return -E2BIG;
	references->length = (uint32_t)length;
	references->page = calloc(length + 1, sizeof(*references->page));
	references->next = calloc(length + 1, sizeof(*references->next));
	references->name = calloc(length + 1, sizeof(*references->name));
	rc = numbers_make(&numbers, length);
	if (!references->page || !references->next || !references->name)
		rc = -ENOMEM;
	for (size_t i = 0; i < length && !rc; i++)
		references->page[i] = number_of(&numbers, references, name[i]);
	free(numbers.number);
	if (!rc)
		rc = find_next(references);
	if (rc)
		references_free(references);
	return rc;
}

static bool separates(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == ',';
}

/* The next number of a text, which moves on behind it; -ENODATA at the end. */
static int parse_name(const char **text, uint64_t *name)
{
	const char *start;
	char *end;

	while (separates(**text))
		(*text)++;
	start = *text;
	if (!*start)
		return -ENODATA;
	if (*start < '0' || *start > '9')
		return -EINVAL;
	errno = 0;
	*name = strtoull(start, &end, 0);
	if (errno || (*end && !separates(*end)))
		return -EINVAL;
	*text = end;
	return 0;
}

/**
 * references_parse() - make a reference string of a text
 * @references: to fill in; references_free() it
 * @text: numbers, decimal or as 0x7f00, separated by blanks, lines or commas
 * @bad: set to where the text is wrong, if it is
 *
 * Return: 0, -EINVAL for what is no number, -ENODATA if there is none at all, or
 * as references_make().
 */
int references_parse(struct references *references, const char *text, const char **bad)
{
	size_t length = 0, room = 0;
	uint64_t *name = NULL;
	int rc;

	*references = (struct references){ 0 };
	do {
		if (length == room) {
			uint64_t *more;

			room = 2 * room + 64;
			more = realloc(name, room * sizeof(*name));
			if (!more) {
				free(name);
				return -ENOMEM;
			}
			name = more;
		}
		rc = parse_name(&text, &name[length]);
	} while (!rc && ++length);
	*bad = text;
	if (rc == -ENODATA && length)
		rc = references_make(references, name, length);
	free(name);
	return rc;
}

/**
 * references_free() - free a reference string
 * @references: of references_make() and those that call it
 */
void references_free(struct references *references)
{
	free(references->page);
	free(references->next);
	free(references->name);
	*references = (struct references){ 0 };
}
