/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "catalogue/explanation.h"

enum { WRAPPED_LINES = 3 };

const char *xdc_cause_status_name(enum xdc_cause_status status)
{
	static const char *const names[] = {
		[XDC_CAUSE_CONFIRMED] = "confirmed",
		[XDC_CAUSE_POSSIBLE] = "possible",
		[XDC_CAUSE_RULED_OUT] = "ruled-out",
	};

	return names[status];
}

const char *xdc_fill(struct xdc_arena *arena, const char *text, const struct xdc_captures *captures)
{
	const char *open, *close;
	char *filled = xdc_arena_strdup(arena, "");

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		char *name = xdc_arena_memdup(arena, open + 1, (size_t)(close - open) - 1);
		const char *value = captures ? xdc_capture_find(captures, name) : NULL;

		value = value ? xdc_text_escaped(arena, value, strlen(value))
			      : xdc_arena_printf(arena, "<%s>", name);
		filled = xdc_arena_printf(arena, "%s%.*s%s", filled, (int)(open - text), text,
					  value);
		text = close + 1;
	}
	return xdc_arena_printf(arena, "%s%s", filled, text);
}

static void note(struct xdc_explanation *x, const char *text)
{
	if (x->n_notes < XDC_ARRAY_SIZE(x->notes))
		x->notes[x->n_notes++] = text;
}

static void judge(const struct xdc_fact_context *context, const struct xdc_cause *cause,
		  struct xdc_explained_cause *ret)
{
	ret->cause = cause;
	ret->text = xdc_fill(context->arena, cause->text, context->captures);
	ret->status = XDC_CAUSE_POSSIBLE;
	for (size_t i = 0; i < cause->n_confirm; i++)
		if (xdc_condition_holds(context, &cause->confirm[i], ret->because,
					&ret->n_because) == XDC_YES)
			ret->status = XDC_CAUSE_CONFIRMED;
	for (size_t i = 0; i < cause->n_rule_out && ret->status == XDC_CAUSE_POSSIBLE; i++)
		if (xdc_condition_holds(context, &cause->rule_out[i], ret->because,
					&ret->n_because) == XDC_YES)
			ret->status = XDC_CAUSE_RULED_OUT;
}

static void add_advice(const struct xdc_fact_context *context, struct xdc_explained *item,
		       const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count && item->n_advice < XDC_ENTRY_TEXTS_MAX; i++)
		item->advice[item->n_advice++] =
			xdc_fill(context->arena, texts[i], context->captures);
}

/* What to do about what is confirmed; where nothing is, about all that is possible. */
static void take_advice(const struct xdc_fact_context *context, struct xdc_explained *item)
{
	const struct xdc_entry *entry = item->match->entry;
	enum xdc_cause_status least =
		item->n_causes && item->causes[0].status == XDC_CAUSE_CONFIRMED
			? XDC_CAUSE_CONFIRMED
			: XDC_CAUSE_POSSIBLE;

	for (size_t i = 0; i < item->n_causes; i++)
		if (item->causes[i].status <= least)
			add_advice(context, item, item->causes[i].cause->advice,
				   item->causes[i].cause->n_advice);
	item->n_general_advice = item->n_advice;
	add_advice(context, item, entry->advice, entry->n_advice);
	item->n_general_advice = item->n_advice - item->n_general_advice;
}

static void explain_match(struct xdc_explanation *x, const struct xdc_report *report,
			  struct xdc_explained *item)
{
	const struct xdc_entry *entry = item->match->entry;
	const struct xdc_fact_context context = { x->arena, x->log, report, &item->match->captures,
						  item->match };
	struct xdc_explained_cause causes[XDC_ENTRY_TEXTS_MAX] = { 0 };

	xdc_read_numbers(&context, item);
	item->title = xdc_fill(x->arena, entry->title, &item->match->captures);
	for (size_t i = 0; i < entry->n_causes; i++)
		judge(&context, &entry->causes[i], &causes[i]);
	/* Of one status they stay in the order of likelihood. */
	for (int status = XDC_CAUSE_CONFIRMED; status <= XDC_CAUSE_RULED_OUT; status++)
		for (size_t i = 0; i < entry->n_causes; i++)
			if ((int)causes[i].status == status)
				item->causes[item->n_causes++] = causes[i];
	take_advice(&context, item);
}

static int by_place(const void *a, const void *b)
{
	const struct xdc_log_match *x = ((const struct xdc_explained *)a)->match;
	const struct xdc_log_match *y = ((const struct xdc_explained *)b)->match;

	if (x->file_index != y->file_index)
		return x->file_index < y->file_index ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The order of @items without moving them: they point to each other. */
static int order(const struct xdc_explained *a, const struct xdc_explained *b)
{
	if (!a->cause != !b->cause)
		return a->cause ? 1 : -1;
	if (!a->cause && a->match->entry->severity != b->match->entry->severity)
		return (int)b->match->entry->severity - (int)a->match->entry->severity;
	return by_place(a, b);
}

/* Insertion, with the pointers between items moved along. */
static void sort_items(struct xdc_explanation *x)
{
	size_t *places = xdc_zalloc((x->count + 1) * sizeof(*places));
	struct xdc_explained *sorted = xdc_zalloc((x->count + 1) * sizeof(*sorted));

	for (size_t i = 0; i < x->count; i++) {
		size_t at = 0;

		for (size_t n = 0; n < x->count; n++) {
			int r = order(&x->items[n], &x->items[i]);

			at += r < 0 || (r == 0 && n < i);
		}
		places[i] = at;
	}
	for (size_t i = 0; i < x->count; i++) {
		sorted[places[i]] = x->items[i];
		if (x->items[i].cause)
			sorted[places[i]].cause = &sorted[places[x->items[i].cause - x->items]];
		else
			x->n_causes++;
	}
	free(x->items);
	free(places);
	x->items = sorted;
}

static bool other_version(const struct xdc_log_fact *fact, const unsigned int have[2],
			  struct xdc_version machine)
{
	return fact->text && machine.known &&
	       (have[0] != machine.major || have[1] != machine.minor);
}

/* A log that another machine wrote proves nothing by this one. */
static const struct xdc_report *fitting(struct xdc_explanation *x, const struct xdc_report *report)
{
	const struct xdc_log_facts *facts = &x->log->facts;

	if (!report)
		return NULL;
	if (!other_version(&facts->kernel, facts->kernel_version,
			   report->model->host.kernel_version) &&
	    !other_version(&facts->xen, facts->xen_version, report->model->host.xen_version))
		return report;
	note(x, "The log names another release of Xen or Linux than this machine's: nothing of "
		"this machine was used.");
	return NULL;
}

static void note_libxl(struct xdc_explanation *x)
{
	const struct xdc_libxl_releases *releases = &x->log->facts.libxl;
	struct xdc_libxl_answer answer = xdc_libxl_releases_answer(x->arena, releases);

	x->libxl = answer.text;
	if (!answer.text)
		return;
	note(x, xdc_arena_printf(
			x->arena, "Written by libxl %s, as %s in its source tells%s.", answer.text,
			releases->n_lines == 1
				? "the place of one message"
				: xdc_arena_printf(x->arena, "the places of %u messages",
						   releases->n_lines),
			answer.off ? xdc_arena_printf(x->arena,
						      "; %u lines off, so a patched build of it",
						      answer.off)
				   : "; likely, as a distribution's patches may move them"));
}

static void note_limits(struct xdc_explanation *x, const struct xdc_catalogue *catalogue)
{
	if (x->log->n_left_out)
		note(x, xdc_arena_printf(x->arena, "%lu more messages were left out.",
					 x->log->n_left_out));
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct xdc_entry *e = catalogue->entries[i];

		for (size_t n = 0; n < e->n_patterns; n++)
			if (e->patterns[n]->gave_up)
				note(x, xdc_arena_printf(x->arena,
							 "%s: a pattern gave up on %s that it "
							 "would take too long with%s (%s:%u).",
							 e->id,
							 e->patterns[n]->gave_up == 1 ? "a line"
										      : "lines",
							 e->patterns[n]->gave_up == XDC_GIVE_UPS_MAX
								 ? ", and was not tried any more"
								 : "",
							 e->file, e->patterns[n]->line));
	}
}

static bool is_explained(const struct xdc_catalogue *catalogue, const struct xdc_log_fact *error)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		struct xdc_captures captures;

		if (xdc_entry_matches(catalogue->entries[i], error->text, strlen(error->text),
				      &captures))
			return true;
	}
	return false;
}

/* Behind the first cause that is known, what libxl says is likely its consequence. */
static bool is_behind_cause(const struct xdc_explanation *x, const struct xdc_log_fact *error)
{
	for (size_t i = 0; i < x->n_causes; i++) {
		const struct xdc_log_match *m = x->items[i].match;

		/* Wrapped, a message may be known by what stands in the lines behind. */
		if (m->entry->severity >= XDC_SEVERITY_WARNING &&
		    (m->file != error->file || m->line < error->line + WRAPPED_LINES ||
		     m->entry->where != XDC_LOG_LIBXL))
			return true;
	}
	return false;
}

static void find_unknown(struct xdc_explanation *x, const struct xdc_catalogue *catalogue)
{
	const struct xdc_log_facts *facts = &x->log->facts;

	for (size_t i = 0; i < facts->n_errors && !x->unknown; i++)
		if (!is_behind_cause(x, &facts->errors[i]) &&
		    !is_explained(catalogue, &facts->errors[i]))
			x->unknown = &facts->errors[i];
}

/* Of errors of libxl whose cause stands in no line that is known. */
static void find_meanwhile(struct xdc_explanation *x)
{
	for (size_t i = 0; i < x->n_causes; i++) {
		struct xdc_explained *item = &x->items[i];

		if (item->match->kind == XDC_LOG_LIBXL &&
		    item->match->entry->severity >= XDC_SEVERITY_WARNING)
			item->n_meanwhile =
				xdc_find_meanwhile(x, &item->match->time, item->meanwhile);
	}
}

struct xdc_explanation *xdc_explain(const struct xdc_log *log,
				    const struct xdc_catalogue *catalogue,
				    const struct xdc_report *report)
{
	struct xdc_explanation *x = xdc_zalloc(sizeof(*x));

	x->arena = xdc_arena_new();
	x->log = log;
	report = fitting(x, report);
	x->items = xdc_zalloc((log->n_matches + 2) * sizeof(*x->items));
	x->count = log->n_matches;
	for (size_t i = 0; i < x->count; i++)
		x->items[i].match = &log->matches[i];
	if (report)
		xdc_explain_silence(x, catalogue, report);
	if (x->count)
		qsort(x->items, x->count, sizeof(*x->items), by_place);
	xdc_find_consequences(x->items, x->count);
	for (size_t i = 0; i < x->count; i++)
		explain_match(x, report, &x->items[i]);
	sort_items(x);
	find_meanwhile(x);
	note_libxl(x);
	if (xdc_incomparable(x))
		note(x, xdc_incomparable(x));
	note_limits(x, catalogue);
	find_unknown(x, catalogue);
	if (x->unknown)
		x->n_meanwhile = xdc_find_meanwhile(
			x, &log->facts.error_times[x->unknown - log->facts.errors], x->meanwhile);
	return x;
}

void xdc_explanation_free(struct xdc_explanation *x)
{
	if (!x)
		return;
	xdc_arena_free(x->arena);
	free(x->items);
	free(x);
}

void xdc_explanation_freep(struct xdc_explanation **x)
{
	xdc_explanation_free(*x);
}
