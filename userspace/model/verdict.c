// SPDX-License-Identifier: GPL-2.0
/*
 * The last verdict of pagestat check on this kernel
 *
 * There is a file for each release, STATEDIR/check-RELEASE, which all can read: lines of a
 * name, a tab and a value.  A verdict of another build of the kernel, or of another module,
 * is none of this kernel.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"
#include "base/textfile.h"
#include "model/verdict.h"

#ifndef STATEDIR
#define STATEDIR	"/var/lib/pagestat"
#endif

static const char *state_dir(void)
{
	const char *dir = getenv("PAGESTAT_STATE");

	return dir ? dir : STATEDIR;
}

/* What is read is one word of a line; what is not there is "-". */
static void read_module(char text[IDENTITY_MAX], const char *file)
{
	const char *sysfs = getenv("PAGESTAT_SYSFS");
	char path[PATH_MAX];
	FILE *in;

	snprintf(path, sizeof(path), "%s/module/pagestat/%s", sysfs ? sysfs : "/sys", file);
	in = fopen(path, "re");
	if (!in || !fgets(text, IDENTITY_MAX, in))
		strcpy(text, "-");
	text[strcspn(text, "\t\n")] = '\0';
	if (in)
		fclose(in);
}

/**
 * identity_read() - the kernel and the module as they are now
 */
void identity_read(struct identity *identity)
{
	struct utsname name;

	if (uname(&name))
		memset(&name, 0, sizeof(name));
	snprintf(identity->release, IDENTITY_MAX, "%s", name.release);
	snprintf(identity->version, IDENTITY_MAX, "%s", name.version);
	snprintf(identity->machine, IDENTITY_MAX, "%s", name.machine);
	read_module(identity->module, "version");
	read_module(identity->source, "srcversion");
}

static void state_path(char path[PATH_MAX], const struct identity *identity)
{
	snprintf(path, PATH_MAX, "%s/check-%s", state_dir(), identity->release);
}

static void write_verdict(FILE *out, const struct identity *i, const struct findings *findings)
{
	fprintf(out, "release\t%s\nversion\t%s\nmachine\t%s\nmodule\t%s\nsource\t%s\n",
		i->release, i->version, i->machine, i->module, i->source);
	for (int v = 0; v < NR_VERDICTS; v++)
		fprintf(out, "%s\t%zu\n", finding_verdict_names[v],
			findings_count(findings, (enum verdict)v));
	/* The last line: without it, the file is not complete. */
	fprintf(out, "end_ns\t%" PRIu64 "\n", clock_wall_ns());
}

/**
 * verdict_keep() - keep what was found, in place of what was found before
 *
 * If that cannot be done, a notice says so.
 */
void verdict_keep(const struct findings *findings)
{
	struct identity identity;
	struct textfile file;
	char path[PATH_MAX];

	identity_read(&identity);
	state_path(path, &identity);
	/* Whatever the umask is, all can read it. */
	if (mkdir(state_dir(), 0755) == 0) {
		chmod(state_dir(), 0755);
	} else if (errno != EEXIST) {
		notice("the verdict is not kept: %s: %s", state_dir(), strerror(errno));
		return;
	}
	/* Both say why if they fail. */
	if (textfile_open(&file, path, 0644))
		return;
	fchmod(fileno(file.out), 0644);
	write_verdict(file.out, &identity, findings);
	textfile_close(&file);
}

#define NR_TEXTS	5

/*
 * One line: is it as it has to be?  What is unknown is of a later version of the tool.
 * @same: counts what is the same of the identity
 */
static bool take_line(struct verdict_kept *verdict, const struct identity *identity,
		      const char *name, const char *value, int *same)
{
	const struct {
		const char *name;
		const char *value;
	} texts[NR_TEXTS] = {
		{ "release", identity->release }, { "version", identity->version },
		{ "machine", identity->machine }, { "module", identity->module },
		{ "source", identity->source },
	};

	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (strcmp(name, texts[i].name) != 0)
			continue;
		(*same)++;
		return strcmp(value, texts[i].value) == 0;
	}
	for (int v = 0; v < NR_VERDICTS; v++)
		if (strcmp(name, finding_verdict_names[v]) == 0)
			return text_to_u64(value, &verdict->number[v]) == 0;
	return strcmp(name, "end_ns") != 0 || text_to_u64(value, &verdict->end_ns) == 0;
}

/**
 * verdict_last() - the last one on this kernel, with this module; false if there is none
 */
bool verdict_last(struct verdict_kept *verdict)
{
	struct identity identity;
	char path[PATH_MAX], line[2 * IDENTITY_MAX], *tab;
	int same = 0;
	bool valid;
	FILE *in;

	*verdict = (struct verdict_kept){ 0 };
	identity_read(&identity);
	state_path(path, &identity);
	in = fopen(path, "re");
	valid = in;
	while (valid && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		tab = strchr(line, '\t');
		valid = tab;
		if (tab) {
			*tab = '\0';
			valid = take_line(verdict, &identity, line, tab + 1, &same);
		}
	}
	if (in)
		fclose(in);
	return valid && verdict->end_ns && same == NR_TEXTS;
}
