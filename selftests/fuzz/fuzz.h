/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the harnesses have in common
 *
 * A harness hands any bytes to the functions of the tool that read such.  It is
 * linked either to libFuzzer, which makes up the bytes (fuzz.sh), or to main.c, which
 * reads them from files.
 */
#ifndef PAGESTAT_FUZZ_H
#define PAGESTAT_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/options.h"

#define WORDS_MAX	32

/**
 * struct words - a command line that was made up
 * @text: owned
 * @word: what argv would be; NULL-terminated
 * @nr: how many
 */
struct words {
	char *text;
	char *word[WORDS_MAX + 1];
	int nr;
};

/**
 * struct asked - what a command line that was made up asks for
 * @command: which command
 * @request: its request; owned
 */
struct asked {
	const struct command *command;
	void *request;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* fuzz.c */
void fuzz_begin(void);
void fuzz_end(enum format format);
void fuzz_file(const char *path, const void *data, size_t size);
void fuzz_words(struct words *words, const void *data, size_t size);
bool fuzz_ask(struct asked *asked, struct words *words);
void fuzz_asked_free(struct asked *asked);

/* refit.c */
size_t refit(uint8_t *to, size_t room, const uint8_t *data, size_t size, bool plain);

/* show.c */
void show_recording(const uint8_t *data, size_t size, bool plain);

#endif /* PAGESTAT_FUZZ_H */
