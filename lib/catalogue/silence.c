/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Logs that tell nothing. Tools that wait for xenstored say no more than how they began, which is
 * also all that xl create says where it succeeds: the machine tells which of the two it is.
 */
#include <string.h>

#include "catalogue/explanation.h"

static bool tells_nothing(const struct xdc_log *log)
{
	for (size_t i = 0; i < log->n_matches; i++)
		if (log->matches[i].entry->severity >= XDC_SEVERITY_WARNING)
			return false;
	return !log->facts.n_errors;
}

static bool answers_nothing(const struct xdc_report *report)
{
	enum xdc_status xenstore = report->model->xen.xenstore;

	return xenstore == XDC_STATUS_ABSENT || xenstore == XDC_STATUS_TIMEOUT;
}

static bool is_first_of_its_id(const struct xdc_findings *findings, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(findings->items[i].id, findings->items[index].id) == 0)
			return false;
	return true;
}

static void note_findings(struct xdc_explanation *x, const struct xdc_findings *findings)
{
	const char *note = NULL;

	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].severity == XDC_SEVERITY_ERROR &&
		    is_first_of_its_id(findings, i))
			note = xdc_arena_printf(
				x->arena, "%s%s %s (%s)",
				note ? note : "The log tells of no failure; found on this machine:",
				note ? ";" : "", findings->items[i].title, findings->items[i].id);
	if (note && x->n_notes < XDC_ARRAY_SIZE(x->notes))
		x->notes[x->n_notes++] = xdc_arena_printf(x->arena, "%s.", note);
}

void xdc_explain_silence(struct xdc_explanation *x, const struct xdc_catalogue *catalogue,
			 const struct xdc_report *report)
{
	const struct xdc_log_fact *began = &x->log->facts.xl_began;
	const struct xdc_entry *entry = xdc_catalogue_find(catalogue, "XDC-XENSTORED-DOWN");
	struct xdc_log_match *match;

	if (!tells_nothing(x->log))
		return;
	if (!began->text || !entry || !answers_nothing(report)) {
		note_findings(x, report->findings);
		return;
	}
	match = xdc_arena_alloc(x->arena, sizeof(*match));
	*match = (struct xdc_log_match){
		.entry = entry,
		.file = began->file,
		.text = began->text,
		.line = began->line,
		.last_line = began->line,
		.count = 1,
		.domid = -1,
		.time = { .wall = -1, .boot = -1 },
		.kind = XDC_LOG_LIBXL,
	};
	x->items[x->count++].match = match;
}
