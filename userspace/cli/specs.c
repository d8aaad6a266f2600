// SPDX-License-Identifier: GPL-2.0
/*
 * The names of options, and how each is read
 */
#include "cli/specs.h"
#include "cli/values.h"

#define FLAG(name, letter, read)	{ name, letter, false, read }
#define VALUE(name, letter, read)	{ name, letter, true, read }

const struct option_spec option_specs[NR_OPTIONS] = {
	[OPT_ALL]	     = FLAG("all", 'a', value_true),
	[OPT_BREAK]	     = FLAG("break", 0, value_true),
	[OPT_BY]	     = VALUE("by", 0, value_by),
	[OPT_CGROUP]	     = VALUE("cgroup", 0, value_cgroup),
	[OPT_CHILDREN]	     = FLAG("children", 0, value_true),
	[OPT_COLUMNS]	     = FLAG("columns", 0, value_true),
	[OPT_COMM]	     = VALUE(NULL, 'C', value_name),
	[OPT_CSV]	     = FLAG("csv", 0, value_form),
	[OPT_EXITED]	     = FLAG("exited", 0, value_true),
	[OPT_FILE]	     = VALUE("output", 'o', value_text),
	[OPT_FRAMES]	     = VALUE("frames", 0, value_number),
	[OPT_INTERACTIVE]    = FLAG("interactive", 'i', value_true),
	[OPT_JSON]	     = FLAG("json", 0, value_form),
	[OPT_JSONL]	     = FLAG("jsonl", 0, value_form),
	[OPT_LIMIT]	     = VALUE(NULL, 'n', value_number),
	[OPT_LINES]	     = VALUE("lines", 0, value_text),
	[OPT_NO_HEADINGS]    = FLAG("no-headings", 0, value_no_headings),
	[OPT_ONLY]	     = VALUE(NULL, 'o', value_text),
	[OPT_OPENMETRICS]    = FLAG("openmetrics", 0, value_form),
	[OPT_OUTPUT]	     = VALUE("output", 0, value_text),
	[OPT_PIDS]	     = VALUE(NULL, 'p', value_pids),
	[OPT_PLOT]	     = VALUE("plot", 0, value_text),
	[OPT_PROBES]	     = FLAG("probes", 0, value_true),
	[OPT_RATE]	     = FLAG("rate", 0, value_true),
	[OPT_RAW]	     = FLAG("raw", 'r', value_form),
	[OPT_RECORD]	     = FLAG("record", 0, value_true),
	[OPT_REPEAT]	     = VALUE("repeat", 'r', value_number),
	[OPT_REPLAY]	     = VALUE("replay", 0, value_text),
	[OPT_REST]	     = FLAG("rest", 0, value_true),
	[OPT_SEED]	     = VALUE("seed", 0, value_number),
	[OPT_SHARE]	     = FLAG("share", 0, value_true),
	[OPT_SINCE]	     = VALUE("since", 0, value_since),
	[OPT_SINCE_RECORDED] = VALUE("since", 0, value_text),
	[OPT_SIZE]	     = VALUE("size", 0, value_size),
	[OPT_SORT]	     = VALUE("sort", 0, value_order),
	[OPT_STRING]	     = VALUE("string", 0, value_text),
	[OPT_SYSTEM]	     = FLAG("system", 0, value_true),
	[OPT_TEXTFILE]	     = VALUE("textfile", 0, value_form),
	[OPT_THP]	     = VALUE("thp", 0, value_on_off),
	[OPT_USER]	     = VALUE(NULL, 'u', value_user),
};
