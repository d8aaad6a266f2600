// SPDX-License-Identifier: GPL-2.0
/*
 * A recording shown in every way there is: as reports, a plot, the live table
 */
#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "fuzz.h"
#include "plot/lines.h"
#include "show/show.h"
#include "top/replay.h"
#include "top/screen.h"
#include "top/top.h"

#define FILE_NAME	"recording"
#define KEYS_MAX	40

/* A screen that nobody sees, once. */
static void open_screen(void)
{
	static SCREEN *screen;
	FILE *null;

	if (screen)
		return;
	null = fopen("/dev/null", "r+e");
	screen = null ? newterm("xterm", null, null) : NULL;
	if (!screen)
		abort();
}

static void show_live(const struct top_request *request, const char *keys, size_t len)
{
	static struct player player;
	struct top *top = calloc(1, sizeof(*top));
	int rc;

	if (!top)
		abort();
	open_screen();
	top_begin(top, request);
	rc = player_open(top, &player);
	if (!rc)
		rc = top_view(top);
	for (size_t i = 0; i < len && !rc && !top->done; i++) {
		screen_draw(top);
		rc = top_key(top, keys[i] >= 1 && keys[i] < 9 ? KEY_DOWN + keys[i] - 1 : keys[i]);
		if (!rc && !top->frozen)
			rc = player_advance(top);
		if (!rc)
			rc = top_view(top);
		player_wait_ns(top);
	}
	player_close(&player);
	top_free(top);
	free(top);
}

/* Is it our file that is to be shown, and no other one that is to be written? */
static bool asks_for_ours(const struct asked *asked)
{
	const struct replay_request *replay = asked->request;
	const struct plot_request *plot = asked->request;
	const struct top_request *top = asked->request;
	const char *recording = NULL;

	if (asked->command == &replay_command && replay->report.form.format != FORMAT_TEXTFILE)
		recording = replay->recording;
	else if (asked->command == &plot_command && strcmp(plot->output, "plot.svg") == 0)
		recording = plot->recording;
	else if (asked->command == &top_command)
		recording = top->recording;
	return recording && strcmp(recording, FILE_NAME) == 0;
}

/**
 * show_recording() - read a recording, as its first line says
 * @data: the line, its words as those of the command line, then for the live table a
 *        tab and its keys; then the recording
 * @size: how many bytes
 * @plain: as refit() has it
 */
void show_recording(const uint8_t *data, size_t size, bool plain)
{
	static uint8_t recording[1 << 20];
	const char *line = (const char *)data, *keys;
	const char *end = memchr(line, '\n', size);
	enum format format = FORMAT_TABLE;
	struct asked asked;
	struct words words;
	size_t len;

	if (!end)
		return;
	fuzz_begin();
	keys = memchr(line, '\t', (size_t)(end - line));
	fuzz_words(&words, line, (size_t)((keys ? keys : end) - line));
	/* The file is ours, whatever is said. */
	if (words.nr > WORDS_MAX - 2)
		words.nr = WORDS_MAX - 2;
	if (words.nr > 1 && strcmp(words.word[1], "top") == 0)
		words.word[words.nr++] = "--replay";
	words.word[words.nr++] = FILE_NAME;
	words.word[words.nr] = NULL;
	if (fuzz_ask(&asked, &words) && asks_for_ours(&asked)) {
		len = refit(recording, sizeof(recording), (const uint8_t *)end + 1,
			    (size_t)((const char *)data + size - end - 1), plain);
		fuzz_file(FILE_NAME, recording, len);
		len = keys ? (size_t)(end - keys - 1) : 0;
		if (asked.command == &replay_command)
			format = ((struct replay_request *)asked.request)->report.form.format;
		if (asked.command == &top_command)
			show_live(asked.request, keys ? keys + 1 : "",
				  len < KEYS_MAX ? len : KEYS_MAX);
		else
			asked.command->start(asked.request);
	}
	fuzz_end(format);
	fuzz_asked_free(&asked);
	free(words.text);
}
