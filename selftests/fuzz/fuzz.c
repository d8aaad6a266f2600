// SPDX-License-Identifier: GPL-2.0
/*
 * Around the functions that are fuzzed: files, a command line, what is printed
 */
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/text.h"
#include "fuzz.h"

/* Whatever a name holds, what goes to a terminal is text.  @text ends with a NUL. */
static void check_text(const char *what, const char *text, size_t len)
{
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = text_utf8(text + i);
		if (n && (text[i] == '\n' || !text_is_control(text_code_point(text + i, n))))
			continue;
		fprintf(stderr, "%s has what is no text at byte %zu:\n%.*s\n", what, i,
			(int)len, text);
		abort();
	}
}

static void take_message(const char *message)
{
	check_text("a message", message, strlen(message));
}

/**
 * fuzz_begin() - before each input
 *
 * What is printed is kept, to be looked at.
 */
void fuzz_begin(void)
{
	static bool begun;
	int output;

	if (begun)
		return;
	begun = true;
	setlocale(LC_CTYPE, "C.UTF-8");
	errors_to(take_message);
	output = memfd_create("output", 0);
	if (output < 0 || dup2(output, STDOUT_FILENO) < 0)
		abort();
	close(output);
}

/**
 * fuzz_end() - after each input: look at what was printed
 * @format: in which form; those that people look at have no control characters
 */
void fuzz_end(enum format format)
{
	bool for_people = format == FORMAT_TABLE || format == FORMAT_RAW ||
			  format == FORMAT_JSON || format == FORMAT_JSONL;
	off_t size;
	char *text;

	fflush(stdout);
	clearerr(stdout);
	size = lseek(STDOUT_FILENO, 0, SEEK_END);
	if (size > 0 && for_people && write(STDOUT_FILENO, "", 1) == 1) {
		text = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, STDOUT_FILENO, 0);
		if (text == MAP_FAILED)
			abort();
		check_text("the report", text, (size_t)size);
		munmap(text, (size_t)size);
	}
	if (ftruncate(STDOUT_FILENO, 0) || lseek(STDOUT_FILENO, 0, SEEK_SET))
		abort();
}

/**
 * fuzz_file() - a file that the tool will read
 * @path: of the file
 * @data: what is in it
 * @size: how much
 */
void fuzz_file(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
		perror(path);
		abort();
	}
	close(fd);
}

/**
 * fuzz_words() - take bytes for a command line, its words apart by blanks and lines
 * @words: gets them, without the name of the program; to be freed by its text
 * @data: the bytes
 * @size: how many
 */
void fuzz_words(struct words *words, const void *data, size_t size)
{
	char *rest;

	*words = (struct words){ .word = { "pagestat" }, .nr = 1 };
	words->text = strndup(data, size);
	rest = words->text;
	while (rest && words->nr < WORDS_MAX)
		words->word[words->nr++] = strsep(&rest, "\n ");
}

/**
 * fuzz_ask() - parse a command line
 * @asked: gets what it asks for; to be freed with fuzz_asked_free() in any case
 * @words: the command line
 *
 * Return: whether there is something to do.
 */
bool fuzz_ask(struct asked *asked, struct words *words)
{
	static const struct command *const commands[] = {
#define COMMAND_ADDRESS(name) &name##_command,
		PAGESTAT_COMMANDS(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
	};
	char *none[2] = { words->word[0], NULL };
	size_t i = sizeof(commands) / sizeof(*commands);
	enum outcome outcome;
	bool named;

	/* What getopt() remembers of the last command line is gone. */
	optind = 0;
	getopt(1, none, "");
	while (--i && !(words->nr > 1 && strcmp(words->word[1], commands[i]->name) == 0))
		;
	named = i;
	*asked = (struct asked){
		.command = commands[i],
		.request = calloc(1, commands[i]->request_size),
	};
	if (!asked->request)
		abort();
	return command_read(asked->command, NULL, asked->request, words->nr - named,
			    words->word + named, &outcome) == EXIT_DONE &&
	       outcome == OUTCOME_START;
}

/**
 * fuzz_asked_free() - give back what fuzz_ask() made
 * @asked: made by it
 */
void fuzz_asked_free(struct asked *asked)
{
	command_free(asked->command, asked->request);
}
