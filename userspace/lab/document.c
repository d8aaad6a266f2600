// SPDX-License-Identifier: GPL-2.0
/*
 * The report of an experiment for programs: one JSON object
 */
#include <stdio.h>

#include "lab/lab.h"
#include "report/document.h"
#include "report/report.h"

static void put_moment(struct json *json, const struct lab *lab, const struct lab_moment *m,
		       int role)
{
	const struct experiment *e = lab->experiment;

	json_open(json, NULL, '{');
	json_text(json, "step", e->steps[m->step].label);
	json_number(json, "time_ns", true, m->ns);
	if (e->roles[0])
		json_text(json, "process", e->roles[role]);
	for (const enum lab_column *c = e->columns; *c != NR_LAB; c++) {
		struct amount n = lab_shown(lab, m, role, *c);

		json_number(json, lab_heading(e, *c), n.known, (uint64_t)n.n);
	}
	json_close(json, '}');
}

static void put_finding(struct json *json, const struct finding *f)
{
	json_open(json, NULL, '{');
	json_text(json, "what", f->what);
	if (*f->counter)
		json_text(json, "of", f->counter);
	else
		json_number(json, "of", false, 0);
	json_number(json, "least", true, f->value[FOUND_expected]);
	json_number(json, "most", f->most != UINT64_MAX, f->most);
	json_number(json, "counted", f->known >> FOUND_counted & 1, f->value[FOUND_counted]);
	json_text(json, "result", finding_verdict_names[f->verdict]);
	json_close(json, '}');
}

/**
 * lab_document() - print the report of an experiment as JSON
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_document(struct lab *lab)
{
	struct json json;

	document_begin(&json, stdout, lab->reader, NULL);
	json_text(&json, "lab", lab->experiment->name);
	json_number(&json, "size", lab->size, lab->size);
	json_text(&json, "thp", lab->request->thp ? "on" : "off");
	json_open(&json, "steps", '[');
	for (size_t i = 0; i < lab->nr; i++)
		for (int role = 0; role < LAB_ROLES; role++)
			if (lab->moments[i].reading[role].known)
				put_moment(&json, lab, &lab->moments[i], role);
	json_close(&json, ']');
	if (lab->experiment->document)
		lab->experiment->document(lab, &json);
	json_open(&json, "results", '[');
	for (size_t i = 0; i < lab->findings.nr; i++)
		put_finding(&json, &lab->findings.list[i]);
	json_close(&json, ']');
	json_number(&json, "passed", true, findings_count(&lab->findings, VERDICT_PASS));
	json_number(&json, "failed", true, findings_count(&lab->findings, VERDICT_FAIL));
	json_number(&json, "skipped", true, findings_count(&lab->findings, VERDICT_SKIP));
	document_end(&json);
	return report_flush();
}
