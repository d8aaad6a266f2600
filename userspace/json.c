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

/*
 * The length of the UTF-8 character at @s, 0 if there is none.  Not by the
 * locale: JSON is UTF-8 in the C locale too.  Overlong forms, surrogates and
 * what lies beyond U+10FFFF are no characters.
 */
static size_t utf8_length(const unsigned char *s)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;

	switch (s[0]) {
	case 0xe0:
		low = 0xa0;
		break;
	case 0xed:
		high = 0x9f;
		break;
	case 0xf0:
		low = 0x90;
		break;
	case 0xf4:
		high = 0x8f;
		break;
	}
	if (s[1] < low || s[1] > high)
		return 0;

	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	for (size_t i = 2; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static void print_string(FILE *out, const char *bytes)
{
	const unsigned char *s = (const unsigned char *)bytes;

	putc('"', out);
	while (*s) {
		size_t n = utf8_length(s);

		if (n == 0) {
			fputs("\xef\xbf\xbd", out);	/* U+FFFD */
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
