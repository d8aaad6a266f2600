/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports as JSON
 */
#ifndef PAGESTAT_REPORT_DOCUMENT_H
#define PAGESTAT_REPORT_DOCUMENT_H

#include "base/json.h"
#include "model/finding.h"
#include "model/sample.h"
#include "model/select.h"

/*
 * Is raised when a key is removed or renamed, or changes its meaning; columns belong to
 * the version of the interface instead.
 */
#define DOCUMENT_SCHEMA	1

void document_begin(struct json *json, FILE *out, const struct reader *reader,
		    const struct system *system);
void document_doubtful(struct json *json, uint64_t doubted);
void document_interval(struct json *json, uint64_t elapsed_ns, uint64_t wall_ns);
void document_end(struct json *json);

void document_rows(struct json *json, const char *key, const struct column_list *list,
		   const struct selection *rows);
void document_kernel(struct json *json);
void document_system(struct json *json, const struct system *system);
void document_probes(struct json *json, const struct probes *probes);
void document_findings(struct json *json, const struct findings *findings);
void document_columns(struct json *json);

#endif /* PAGESTAT_REPORT_DOCUMENT_H */
