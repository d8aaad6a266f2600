// SPDX-License-Identifier: GPL-2.0
/*
 * Texts: names as the module escapes them, names that processes gave themselves,
 * reference strings
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/gnuplot.h"
#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"
#include "lab/experiments/reference_string.h"

static void play_string(const char *text)
{
	struct references references = { 0 };
	uint32_t faults;

	if (string_given(&references, text) == EXIT_DONE && references.length < 64)
		for (int i = 0; i < NR_ALGORITHMS; i++)
			if (replacement_simulate(algorithms[i], &references, 3, NULL, NULL, &faults) == 0 &&
			    (faults < 1 || faults > references.length))
				abort();
	references_free(&references);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json json = { .out = stdout };
	char *text = strndup((const char *)data, size), *printable, small[16];

	fuzz_begin();
	if (*text != '@')	/* the name of a file */
		play_string(text);
	text_decode(text);
	if (strlen(text) > size)
		abort();
	printable = text_escape_dup(text, TEXT_FOR_TERMINAL);
	puts(printable);
	text_escape(small, sizeof(small), text, TEXT_FOR_TERMINAL);
	puts(small);
	json_text(&json, text, text);
	gnuplot_text(stdout, text);
	free(printable);
	free(text);
	fuzz_end(FORMAT_TABLE);
	return 0;
}
