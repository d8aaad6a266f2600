/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The syntax of JSON
 */
#ifndef PAGESTAT_BASE_JSON_H
#define PAGESTAT_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"

/**
 * struct json - a writer
 * @out: where to; its error flag says whether all was written
 * @comma: the next value is not the first one
 */
struct json {
	FILE *out;
	bool comma;
};

/**
 * struct json_key - a key made ready, for the many objects of an array
 * @text: what stands before its value, a comma first
 * @len: of it
 */
struct json_key {
	char text[32];
	size_t len;
};

/* What a number takes with its key. */
#define JSON_MEMBER_MAX	(sizeof(((struct json_key *)0)->text) + DIGITS_MAX)

void json_key(struct json_key *key, const char *name);
void json_put(struct json *json, const char *bytes, size_t len, const char *string);

/**
 * json_put_key() - a key, for json_put()
 * @at: where it goes; there are JSON_MEMBER_MAX bytes of room
 * @key: the key
 * @first: it is the object's first
 *
 * Return: where it ends.
 */
static inline char *json_put_key(char *at, const struct json_key *key, bool first)
{
	/* All of it, which needs no loop: what is too much is written over. */
	if (first) {
		memcpy(at, key->text + 2, sizeof(key->text) - 2);
		return at + key->len - 2;
	}
	memcpy(at, key->text, sizeof(key->text));
	return at + key->len;
}

/**
 * json_put_number() - a key and its number, for json_put()
 * @at: where it goes; there are JSON_MEMBER_MAX bytes of room
 * @key: the key
 * @first: it is the object's first
 * @known: null if this is false
 * @value: the number
 *
 * Return: where it ends.
 */
static inline char *json_put_number(char *at, const struct json_key *key, bool first,
				    bool known, uint64_t value)
{
	at = json_put_key(at, key, first);
	if (known)
		return digits_put(at, value);
	memcpy(at, "null", 4);
	return at + 4;
}

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_number(struct json *json, const char *key, bool known, uint64_t value);
void json_real(struct json *json, const char *key, bool known, double value);
void json_text(struct json *json, const char *key, const char *bytes);

#endif /* PAGESTAT_BASE_JSON_H */
