// SPDX-License-Identifier: GPL-2.0
/*
 * A picture drawn by gnuplot
 *
 * Commands and data come from a pipe, and the picture goes to a file that is open
 * already: no file name needs quoting, and no settings of the user are read.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/errors.h"
#include "base/gnuplot.h"
#include "base/text.h"

#define SIZE	"size 960,480"

/* Formats, by the end of a picture's name; @last is what a complete file ends with. */
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
	const char *end = textfile_is_stdout(path) ? ".svg" : strrchr(path, '.');

	for (size_t i = 0; end && i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(end, forms[i].end) == 0)
			return &forms[i];
	return NULL;
}

/**
 * gnuplot_check() - does the name of a picture end with a known format?
 */
int gnuplot_check(const char *path)
{
	if (find_form(path))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "%s: the name of a picture has to end with .svg or .png, or be - for an SVG on standard output",
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
 * @most: permissions that it may have at most, as for textfile_open()
 */
int gnuplot_open(struct gnuplot *gnuplot, const char *path, mode_t most)
{
	int end[2], error, rc;

	*gnuplot = (struct gnuplot){ .last = find_form(path)->last };
	rc = textfile_open(&gnuplot->picture, path, most);
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
			    "gnuplot, which draws the pictures, is not installed: apt-get install gnuplot-nox" :
			    "gnuplot could not be started: %s", strerror(error));
	}
	/* If gnuplot ends early, gnuplot_close() sees its exit status. */
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
 * gnuplot_text() - write a string as gnuplot reads one
 * @text: any bytes
 *
 * All that could be syntax in gnuplot's strings, quotes and ` above all, is written as its
 * octal number.  Doubling quotes is not enough: gnuplot 5.4 takes three quotes at the
 * beginning of a string for its end.
 */
void gnuplot_text(FILE *in, const char *text)
{
	bool numbered = false;
	char safe[1024];

	text_escape(safe, sizeof(safe), text, TEXT_FOR_TERMINAL);
	putc('"', in);
	for (const char *c = safe; *c; c++) {
		/* A digit right after an octal number would become part of it. */
		numbered = !ascii_is_letter(*c) && !strchr(" .,:/_+-", *c) &&
			   (numbered || !ascii_is_digit(*c));
		if (numbered)
			fprintf(in, "\\%03o", (unsigned char)*c);
		else
			putc(*c, in);
	}
	putc('"', in);
}

/* gnuplot does not report it when the disk is full. */
static bool is_whole(struct gnuplot *gnuplot)
{
	const char *last = gnuplot->last;
	int fd = fileno(gnuplot->picture.out);
	char bytes[16];
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(bytes) &&
	       pread(fd, bytes, sizeof(bytes), st.st_size - (off_t)sizeof(bytes)) == sizeof(bytes) &&
	       memmem(bytes, sizeof(bytes), last, strlen(last));
}

/**
 * gnuplot_close() - draw the picture, and give it its name
 */
int gnuplot_close(struct gnuplot *gnuplot)
{
	const char *path = gnuplot->picture.name;
	int status = 0;
	bool sent;

	sent = gnuplot->in && fclose(gnuplot->in) == 0;
	while (waitpid(gnuplot->pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGPIPE, SIG_DFL);
	if (sent && status == 0 && is_whole(gnuplot))
		return textfile_close(&gnuplot->picture);
	textfile_drop(&gnuplot->picture);
	if (sent && status == 0)
		return fail(EXIT_OUTPUT, "%s: the picture that gnuplot drew is incomplete. Is the disk full?",
			    path);
	if (WIFSIGNALED(status))
		return fail(EXIT_OUTPUT, "%s: not drawn: signal %d ended gnuplot", path,
			    WTERMSIG(status));
	return fail(EXIT_OUTPUT, "%s: not drawn: gnuplot exited with status %d. Is its version 5 or later?",
		    path, WEXITSTATUS(status));
}
