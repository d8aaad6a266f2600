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
 * @out: its error flag says whether all was written
 * @comma: a value came before in this object or array
 */
struct json {
	FILE *out;
	bool comma;
};

/**
 * struct json_key - a prepared key, for the many objects of an array
 * @text: the key with its quotes and colon, a comma first
 */
struct json_key {
	char text[32];
	size_t len;
};

/* Bytes of a number with its key. */
#define JSON_MEMBER_MAX	(sizeof(((struct json_key *)0)->text) + DIGITS_MAX)

void json_key(struct json_key *key, const char *name);
void json_put(struct json *json, const char *bytes, size_t len, const char *string);

/**
 * json_put_key() - add a key, for json_put()
 * @at: has room for JSON_MEMBER_MAX bytes
 * @first: of the object, so without a comma
 *
 * Return: behind it.
 */
static inline char *json_put_key(char *at, const struct json_key *key, bool first)
{
	/* A constant size needs no loop; the bytes behind the key are overwritten later. */
	if (first) {
		memcpy(at, key->text + 2, sizeof(key->text) - 2);
		return at + key->len - 2;
	}
	memcpy(at, key->text, sizeof(key->text));
	return at + key->len;
}

/**
 * json_put_hundredths() - json_put_number(), of a number of hundredths
 */
static inline char *json_put_hundredths(char *at, const struct json_key *key, bool first,
					uint64_t value)
{
	char text[DIGITS_MAX], *end = text + sizeof(text);
	char *begin = digits_hundredths(end, value);

	at = json_put_key(at, key, first);
	memcpy(at, begin, (size_t)(end - begin));
	return at + (end - begin);
}

/**
 * json_put_number() - add a key and a number, or null if it is not @known, for json_put()
 *
 * Arguments and return value are those of json_put_key().
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
