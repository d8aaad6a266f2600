// SPDX-License-Identifier: GPL-2.0
/*
 * The syntax of JSON
 *
 * libsmartcols prints JSON as well, but over many lines and with null for an empty
 * name.  Readers of a stream need one object on one line.
 */
#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* Most texts have nothing to escape. */
static size_t plain(const unsigned char *s)
{
	size_t n = 0;

	while (s[n] >= 0x20 && s[n] < 0x7f && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

static void print_string(FILE *out, const char *bytes)
{
	const unsigned char *s = (const unsigned char *)bytes;

	putc_unlocked('"', out);
	while (*s) {
		size_t n = plain(s);

		if (n) {
			fwrite_unlocked(s, 1, n, out);
			s += n;
			continue;
		}
		n = text_utf8((const char *)s);
		if (n == 0) {
			fputs(TEXT_REPLACEMENT, out);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			fprintf(out, "\\%c", *s);
		} else if (text_is_control(text_code_point((const char *)s, n))) {
			fprintf(out, "\\u%04x", text_code_point((const char *)s, n));
		} else {
			fwrite(s, 1, n, out);
		}
		s += n;
	}
	putc_unlocked('"', out);
}

/* The comma after the value before, and the key if this is in an object. */
static void print_key(struct json *json, const char *key)
{
	if (json->comma)
		fputs(", ", json->out);
	json->comma = true;
	if (key) {
		print_string(json->out, key);
		fputs(": ", json->out);
	}
}

/**
 * json_open() - begin an object or an array
 * @key: NULL in an array or at the top
 * @bracket: ``{`` or ``[``
 */
void json_open(struct json *json, const char *key, char bracket)
{
	print_key(json, key);
	putc(bracket, json->out);
	json->comma = false;
}

/**
 * json_close() - end an object or an array; @bracket is ``}`` or ``]``
 */
void json_close(struct json *json, char bracket)
{
	putc(bracket, json->out);
	json->comma = true;
}

/**
 * json_number() - print an integer, or null if it is not @known
 * @key: NULL in an array
 */
void json_number(struct json *json, const char *key, bool known, uint64_t value)
{
	char buffer[128], *end = buffer + sizeof(buffer), *begin = end - 4;
	size_t len = key ? strlen(key) : 0;

	if (known)
		begin = digits(end, value);
	else
		memcpy(begin, "null", 4);
	/* Large reports are mostly numbers: with a plain key they need one write. */
	if (!key || len > sizeof(buffer) / 2 || key[plain((const unsigned char *)key)]) {
		print_key(json, key);
	} else {
		begin = memcpy(begin - 3, "\": ", 3);
		begin = memcpy(begin - len, key, len);
		*--begin = '"';
		if (json->comma)
			begin = memcpy(begin - 2, ", ", 2);
		json->comma = true;
	}
	fwrite_unlocked(begin, 1, (size_t)(end - begin), json->out);
}

/**
 * json_key() - prepare a key for json_put_key()
 * @name: plain ASCII, no longer than a column's name
 */
void json_key(struct json_key *key, const char *name)
{
	int len = snprintf(key->text, sizeof(key->text), ", \"%s\": ", name);

	assert(len > 0 && (size_t)len < sizeof(key->text));
	key->len = (size_t)len;
}

/**
 * json_put() - print members that the caller has put together
 * @bytes: the members
 * @string: any bytes, the value of the last key; NULL if that has one
 */
void json_put(struct json *json, const char *bytes, size_t len, const char *string)
{
	fwrite_unlocked(bytes, 1, len, json->out);
	if (string)
		print_string(json->out, string);
	json->comma = true;
}

/**
 * json_real() - print a number with three decimals, or null if it is not @known
 * @key: NULL in an array
 */
void json_real(struct json *json, const char *key, bool known, double value)
{
	print_key(json, key);
	if (known)
		fprintf(json->out, "%.3f", value);
	else
		fputs("null", json->out);
}

/**
 * json_text() - print a string
 * @key: NULL in an array
 * @bytes: any bytes; those that are not UTF-8 become U+FFFD
 */
void json_text(struct json *json, const char *key, const char *bytes)
{
	print_key(json, key);
	print_string(json->out, bytes);
}
