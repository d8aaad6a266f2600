// SPDX-License-Identifier: GPL-2.0
/*
 * The syntax of JSON
 *
 * libsmartcols prints JSON as well, but pretty-printed over many lines, with
 * null for an empty name, and not beside another object.  One object a line is
 * what a reader of a stream can cut it by.
 */
#include <inttypes.h>

#include "json.h"
#include "text.h"

static void print_string(FILE *out, const char *bytes)
{
	const unsigned char *s = (const unsigned char *)bytes;

	putc('"', out);
	while (*s) {
		size_t n = text_utf8((const char *)s);

		if (n == 0) {
			fputs(NO_CHARACTER, out);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			fprintf(out, "\\%c", *s);
		} else if (*s < 0x20 || *s == 0x7f) {
			fprintf(out, "\\u%04x", *s);
		} else {
			fwrite(s, 1, n, out);
		}
		s += n;
	}
	putc('"', out);
}

/* The comma after what came before, and the key if this is in an object. */
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
 * @json: the writer
 * @key: its key, NULL in an array or at the top
 * @bracket: ``{`` or ``[``
 */
void json_open(struct json *json, const char *key, char bracket)
{
	print_key(json, key);
	putc(bracket, json->out);
	json->comma = false;
}

/**
 * json_close() - end an object or an array
 * @json: the writer
 * @bracket: ``}`` or ``]``
 */
void json_close(struct json *json, char bracket)
{
	putc(bracket, json->out);
	json->comma = true;
}

/**
 * json_number() - print a number
 * @json: the writer
 * @key: its key, NULL in an array
 * @known: print null if this is false
 * @value: the number
 */
void json_number(struct json *json, const char *key, bool known, uint64_t value)
{
	print_key(json, key);
	if (known)
		fprintf(json->out, "%" PRIu64, value);
	else
		fputs("null", json->out);
}

/**
 * json_real() - print a number that need not be whole
 * @json: the writer
 * @key: its key, NULL in an array
 * @known: print null if this is false
 * @value: the number
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
 * @json: the writer
 * @key: its key, NULL in an array
 * @bytes: any bytes; those that are not UTF-8 become U+FFFD
 */
void json_text(struct json *json, const char *key, const char *bytes)
{
	print_key(json, key);
	print_string(json->out, bytes);
}
