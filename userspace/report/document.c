// SPDX-License-Identifier: GPL-2.0
/*
 * Reports as JSON, each an object on one line
 *
 *	{"pagestat": {what was read, when}, "processes": [{...}, ...]}
 *
 * A number that is unknown is null.
 */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/column_sets.h"
#include "model/scale.h"
#include "model/verdict.h"
#include "report/document.h"
#include "uapi/pagestat.h"

/**
 * document_begin() - begin a report: versions, and the module's state
 * @json: to be set up
 * @reader: NULL if the module was not read
 * @system: NULL if it was not read
 */
void document_begin(struct json *json, FILE *out, const struct reader *reader,
		    const struct system *system)
{
	*json = (struct json){ .out = out };
	json_open(json, NULL, '{');
	json_open(json, "pagestat", '{');
	json_text(json, "version", PAGESTAT_VERSION);
	json_number(json, "schema", true, DOCUMENT_SCHEMA);
	json_number(json, "abi", true, reader ? reader->abi : PAGESTAT_ABI);
	for (unsigned int i = 0; system && !system_columns[i].counter; i++)
		json_number(json, system_columns[i].name,
			    is_known(system->known, i), system->value[i]);
	json_close(json, '}');
}

/**
 * document_doubtful() - print which counters of the report lack hits
 * @doubted: by doubt_columns()
 */
void document_doubtful(struct json *json, uint64_t doubted)
{
	json_open(json, "doubtful", '[');
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
		if (is_known(doubted, i))
			json_text(json, NULL, process_columns[i].name);
	json_close(json, ']');
}

/**
 * document_interval() - print the interval that the report is about
 * @wall_ns: its end, by clock_wall_ns()
 */
void document_interval(struct json *json, uint64_t elapsed_ns, uint64_t wall_ns)
{
	char stamp[STAMP_MAX];

	json_open(json, "interval", '{');
	json_text(json, "end", clock_stamp(stamp, wall_ns));
	json_number(json, "elapsed_ns", true, elapsed_ns);
	json_close(json, '}');
}

/**
 * document_end() - end a report, and its line
 */
void document_end(struct json *json)
{
	json_close(json, '}');
	putc('\n', json->out);
}

/* Return: behind it. */
static char *put_number(char *at, const struct json_key *key, bool first, struct scale scale,
			const struct process *p, enum column_id c)
{
	bool known = c < NR_NUMBERS && scale_known(scale, p, c);
	uint64_t value = known ? scale_value(scale, p, c) : 0;

	if (known && scale_of(scale, c) != SCALED_COUNT)
		return json_put_hundredths(at, key, first, value);
	return json_put_number(at, key, first, known, value);
}

/* There may be hundreds of thousands of numbers, so each row is written at once. */
static void print_row(struct json *json, const struct json_key *keys,
		      const struct column_list *list, const struct process *p)
{
	char members[NR_COLUMNS * JSON_MEMBER_MAX], *at = members;

	json_open(json, NULL, '{');
	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];

		if (c >= NR_NUMBERS && process_text(p, c)) {
			at = json_put_key(at, &keys[i], i == 0);
			json_put(json, members, (size_t)(at - members), process_text(p, c));
			at = members;
		} else {
			at = put_number(at, &keys[i], i == 0, list->scale, p, c);
		}
	}
	json_put(json, members, (size_t)(at - members), NULL);
	json_close(json, '}');
}

/**
 * document_rows() - an array of processes
 * @key: of the array
 */
void document_rows(struct json *json, const char *key, const struct column_list *list,
		   const struct selection *rows)
{
	struct json_key keys[NR_COLUMNS];
	char name[SCALE_NAME_MAX];

	for (size_t i = 0; i < list->nr; i++)
		json_key(&keys[i], scale_name(list->scale, list->column[i], name));
	json_open(json, key, '[');
	for (size_t row = 0; row < rows->nr; row++)
		print_row(json, keys, list, rows->row[row]);
	json_close(json, ']');
}

/**
 * document_system() - the totals
 */
void document_system(struct json *json, const struct system *system)
{
	json_open(json, "system", '{');
	for (unsigned int i = 0; i < NR_SYSTEM; i++)
		json_number(json, system_columns[i].name,
			    is_known(system->known, i), system->value[i]);
	json_close(json, '}');
}

/**
 * document_kernel() - the kernel, and the last verdict of pagestat check on it
 */
void document_kernel(struct json *json)
{
	struct identity identity;
	struct verdict_kept last;
	char stamp[STAMP_MAX];

	identity_read(&identity);
	json_open(json, "kernel", '{');
	json_text(json, "release", identity.release);
	json_text(json, "version", identity.version);
	json_text(json, "machine", identity.machine);
	if (verdict_last(&last)) {
		json_open(json, "checked", '{');
		json_text(json, "end", clock_stamp(stamp, last.end_ns));
		json_number(json, "passed", true, last.number[VERDICT_PASS]);
		json_number(json, "failed", true, last.number[VERDICT_FAIL]);
		json_number(json, "skipped", true, last.number[VERDICT_SKIP]);
		json_close(json, '}');
	} else {
		json_number(json, "checked", false, 0);
	}
	json_close(json, '}');
}

/**
 * document_probes() - an array of hooks
 */
void document_probes(struct json *json, const struct probes *probes)
{
	json_open(json, "probes", '[');
	for (size_t row = 0; row < probes->tsv.nr_rows; row++) {
		json_open(json, NULL, '{');
		for (int i = 0; i < NR_PROBE; i++) {
			const char *text = probe_text(probes, row, (enum probe_column)i);
			uint64_t value = 0;
			bool none = strcmp(text, "-") == 0;

			if (none || text_to_u64(text, &value) == 0)
				json_number(json, probe_columns[i].name, !none, value);
			else
				json_text(json, probe_columns[i].name, text);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}

/**
 * document_findings() - an array of the results of pagestat check, and their number by verdict
 */
void document_findings(struct json *json, const struct findings *findings)
{
	json_open(json, "checks", '[');
	for (size_t row = 0; row < findings->nr; row++) {
		const struct finding *f = &findings->list[row];

		json_open(json, NULL, '{');
		json_text(json, "check", f->what);
		if (*f->counter)
			json_text(json, "counter", f->counter);
		else
			json_number(json, "counter", false, 0);
		for (int i = 0; i < NR_FOUND; i++)
			json_number(json, finding_number_names[i], f->known >> i & 1, f->value[i]);
		json_text(json, "result", finding_verdict_names[f->verdict]);
		json_text(json, "note", f->why);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_number(json, "passed", true, findings_count(findings, VERDICT_PASS));
	json_number(json, "failed", true, findings_count(findings, VERDICT_FAIL));
	json_number(json, "skipped", true, findings_count(findings, VERDICT_SKIP));
}

/**
 * document_columns() - an array of the columns of processes, and one of the sets
 */
void document_columns(struct json *json)
{
	json_open(json, "columns", '[');
	for (int i = 0; i < NR_COLUMNS; i++) {
		json_open(json, NULL, '{');
		json_text(json, "name", process_columns[i].name);
		json_text(json, "unit", process_columns[i].unit);
		json_text(json, "text", process_columns[i].text);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_open(json, "sets", '[');
	for (int i = 0; i < NR_COLUMN_SETS; i++) {
		const struct column_set *set = &column_sets[i];

		json_open(json, NULL, '{');
		json_text(json, "name", set->name);
		json_text(json, "text", set->text);
		json_open(json, "columns", '[');
		for (size_t c = 0; c < set->nr; c++)
			json_text(json, NULL, process_columns[set->column[c]].name);
		json_close(json, ']');
		json_close(json, '}');
	}
	json_close(json, ']');
}
