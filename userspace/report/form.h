/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The output format of a report
 */
#ifndef PAGESTAT_REPORT_FORM_H
#define PAGESTAT_REPORT_FORM_H

#include <stdbool.h>
#include <sys/types.h>

#include "model/columns.h"

enum format {
	FORMAT_TABLE,
	FORMAT_RAW,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_CSV,
	FORMAT_OPENMETRICS,
	FORMAT_TEXTFILE,
	NR_FORMATS
};

/**
 * struct form - how a report is printed
 * @no_headings: without headings and time stamps
 * @textfile: the file of FORMAT_TEXTFILE
 * @hidden: permissions that this file must not have
 * @only: the columns as the user gave them, NULL for the usual ones
 * @columns: the columns of the report
 */
struct form {
	enum format format;
	bool no_headings;
	const char *textfile;
	mode_t hidden;
	const char *only;
	struct column_list columns;
};

static inline bool form_is_json(const struct form *form)
{
	return form->format == FORMAT_JSON || form->format == FORMAT_JSONL;
}

static inline bool form_is_metrics(const struct form *form)
{
	return form->format == FORMAT_OPENMETRICS || form->format == FORMAT_TEXTFILE;
}

#endif /* PAGESTAT_REPORT_FORM_H */
