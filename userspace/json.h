/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The syntax of JSON
 */
#ifndef PAGESTAT_JSON_H
#define PAGESTAT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct json - a writer
 * @out: where to; its error flag says whether all was written
 * @comma: the next value is not the first one
 */
struct json {
	FILE *out;
	bool comma;
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_number(struct json *json, const char *key, bool known, uint64_t value);
void json_real(struct json *json, const char *key, bool known, double value);
void json_text(struct json *json, const char *key, const char *bytes);

#endif /* PAGESTAT_JSON_H */
