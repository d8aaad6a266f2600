// SPDX-License-Identifier: GPL-2.0
/*
 * A picture being drawn by gnuplot
 *
 * It has its commands and the data from a pipe, and what it draws goes to a file
 * that we opened: the name of no file, and no file of the user's settings, is part
 * of what it is told.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/gnuplot.h"
#include "base/text.h"

#define SIZE	"size 960,480"

/* By the end of a picture's name; and what a whole one ends with. */
static const struct form {
	const char *end;
	const char *terminal;
	const char *last;
} forms[] = {
	{ ".svg", "svg " SIZE " dynamic noenhanced font 'sans,12' background '#ffffff'",
	  "</svg>" },
	{ ".png", "pngcairo " SIZE " noenhanced font 'sans,10' background '#ffffff'", "IEND" },
};

static const struct form *find_form(const char *path)
{
	const char *end = strrchr(path, '.');

	for (size_t i = 0; end && i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(end, forms[i].end) == 0)
			return &forms[i];
	return NULL;
}

/**
 * gnuplot_check() - is it known how to draw a picture of that name?
 * @path: of the picture; what it ends with says what it is
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int gnuplot_check(const char *path)
{
	if (find_form(path))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "%s: the name of a picture has to end with .svg or .png, by which it is drawn",
		    path);
}

static int spawn(pid_t *pid, int in, int out)
{
	char *argv[3] = { "gnuplot", "-d", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t pipe;
	int error;

	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigdefault(&attr, &pipe);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	error = posix_spawnp(pid, argv[0], &actions, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return error;
}

/**
 * gnuplot_open() - begin a picture
 * @gnuplot: to be set up; to be closed with gnuplot_close() if this succeeds
 * @path: of the picture, after gnuplot_check()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int gnuplot_open(struct gnuplot *gnuplot, const char *path)
{
	int end[2], error, rc;

	*gnuplot = (struct gnuplot){ 0 };
	rc = textfile_open(&gnuplot->picture, path);
	if (rc)
		return rc;
	if (pipe2(end, O_CLOEXEC)) {
		error = errno;
	} else {
		error = spawn(&gnuplot->pid, end[0], fileno(gnuplot->picture.out));
		close(end[0]);
		if (error)
			close(end[1]);
	}
	if (error) {
		textfile_drop(&gnuplot->picture);
		return fail(EXIT_SYSTEM, error == ENOENT ?
			    "gnuplot draws the pictures, and there is none here: apt-get install gnuplot-nox" :
			    "gnuplot could not be started: %s", strerror(error));
	}
	/* If it ends early, its status says so. */
	signal(SIGPIPE, SIG_IGN);
	gnuplot->in = fdopen(end[1], "w");
	if (!gnuplot->in) {
		close(end[1]);
		gnuplot_close(gnuplot);
		return fail_memory();
	}
	fprintf(gnuplot->in, "set encoding utf8\nset terminal %s\n", find_form(path)->terminal);
	return EXIT_DONE;
}

/**
 * gnuplot_text() - write a text as gnuplot reads one
 * @in: where its commands go
 * @text: any bytes
 *
 * Whatever could mean something to it, quotes and ` in its strings above all, is
 * told by its number.  Doubled quotes do not do: 5.4 takes three at the beginning of
 * a string for its end.
 */
void gnuplot_text(FILE *in, const char *text)
{
	bool numbered = false;
	char safe[1024];

	text_printable(safe, sizeof(safe), text);
	putc('"', in);
	for (const char *c = safe; *c; c++) {
		/* A digit after a number would be taken for a part of it. */
		numbered = !isalpha((unsigned char)*c) && !strchr(" .,:/_+-", *c) &&
			   (numbered || !isdigit((unsigned char)*c));
		if (numbered)
			fprintf(in, "\\%03o", (unsigned char)*c);
		else
			putc(*c, in);
	}
	putc('"', in);
}

/* gnuplot does not look whether what it writes arrives. */
static bool is_whole(struct gnuplot *gnuplot)
{
	const char *last = find_form(gnuplot->picture.name)->last;
	int fd = fileno(gnuplot->picture.out);
	char bytes[16];
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(bytes) &&
	       pread(fd, bytes, sizeof(bytes), st.st_size - (off_t)sizeof(bytes)) == sizeof(bytes) &&
	       memmem(bytes, sizeof(bytes), last, strlen(last));
}

/**
 * gnuplot_close() - have the picture drawn, and give it its name
 * @gnuplot: from gnuplot_open()
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
 */
int gnuplot_close(struct gnuplot *gnuplot)
{
	const char *path = gnuplot->picture.name;
	int status = 0;
	bool told;

	told = gnuplot->in && fclose(gnuplot->in) == 0;
	while (waitpid(gnuplot->pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGPIPE, SIG_DFL);
	if (told && status == 0 && is_whole(gnuplot))
		return textfile_close(&gnuplot->picture);
	textfile_drop(&gnuplot->picture);
	if (told && status == 0)
		return fail(EXIT_OUTPUT, "%s: what gnuplot drew is not whole. Is there room for it?",
			    path);
	if (WIFSIGNALED(status))
		return fail(EXIT_OUTPUT, "%s: not drawn: gnuplot was ended by signal %d", path,
			    WTERMSIG(status));
	return fail(EXIT_OUTPUT, "%s: not drawn: gnuplot ended with status %d. Its version has to be 5 or later",
		    path, WEXITSTATUS(status));
}
