// SPDX-License-Identifier: GPL-2.0
/*
 * The command line: any words
 */
#include <stdlib.h>

#include "fuzz.h"
#include "model/sample.h"
#include "model/since.h"
#include "show/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct sample sample = { .begin_ns = UINT64_C(3600000000000), .wall_ns = size };
	const struct replay_request *replay;
	struct asked asked;
	struct words words;
	uint64_t since_ns;

	fuzz_begin();
	fuzz_words(&words, data, size);
	/* What is said of a recording is read as of its first sample. */
	if (fuzz_ask(&asked, &words) && asked.command == &replay_command) {
		replay = asked.request;
		if (replay->since)
			since_recorded(replay->since, &sample, &since_ns);
	}
	fuzz_asked_free(&asked);
	free(words.text);
	fuzz_end(FORMAT_TABLE);
	return 0;
}
