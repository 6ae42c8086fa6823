/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The catalogue for people: its entries in a table, or one of them told in full. */
#include <string.h>

#include "render/catalogue.h"
#include "render/render.h"

enum { INDENT = 4 };

void xdc_render_known(const struct xdc_catalogue *catalogue, size_t width, FILE *out)
{
	size_t widest = strlen("ID");

	for (size_t i = 0; i < catalogue->count; i++)
		if (strlen(catalogue->entries[i]->id) > widest)
			widest = strlen(catalogue->entries[i]->id);
	fprintf(out, "%-*s %-8s %s\n", (int)widest, "ID", "SEVERITY", "TITLE");
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct xdc_entry *e = catalogue->entries[i];
		struct xdc_arena *arena = xdc_arena_new();
		size_t column = widest + 1 + strlen("SEVERITY ");

		fprintf(out, "%-*s %-8s ", (int)widest, e->id, xdc_severity_name(e->severity));
		xdc_wrap(out, xdc_fill(arena, e->title, NULL), column, column, width);
		xdc_arena_free(arena);
	}
}

struct teller {
	struct xdc_arena *arena;
	FILE *out;
	size_t width;
};

static void text(const struct teller *t, const char *value)
{
	const char *filled = xdc_fill(t->arena, value, NULL);

	fprintf(t->out, "%*s", INDENT, "");
	xdc_wrap(t->out, xdc_text_escaped(t->arena, filled, strlen(filled)), INDENT, INDENT,
		 t->width);
}

static void texts(const struct teller *t, const char *heading, const char *const *items,
		  size_t count)
{
	if (!count)
		return;
	fprintf(t->out, "\n%s\n", heading);
	for (size_t i = 0; i < count; i++)
		text(t, items[i]);
}

static void labelled(const struct teller *t, const char *label, const char *value)
{
	const char *filled = xdc_fill(t->arena, value, NULL);
	size_t column = 2 * INDENT + strlen(label) + 1;

	fprintf(t->out, "%*s%s ", 2 * INDENT, "", label);
	xdc_wrap(t->out, xdc_text_escaped(t->arena, filled, strlen(filled)), column, column,
		 t->width);
}

static void tell_causes(const struct teller *t, const struct xdc_entry *e)
{
	if (!e->n_causes)
		return;
	fprintf(t->out, "\n%s\n", e->n_causes > 1 ? "Causes, the likeliest first" : "The cause");
	for (size_t i = 0; i < e->n_causes; i++) {
		const struct xdc_cause *cause = &e->causes[i];

		text(t, cause->text);
		for (size_t n = 0; n < cause->n_confirm; n++)
			labelled(t, "confirmed by", cause->confirm[n].text);
		for (size_t n = 0; n < cause->n_rule_out; n++)
			labelled(t, "ruled out by",
				 cause->rule_out[n].terms[0].negated &&
						 !xdc_text_starts_with(cause->rule_out[n].text,
								       "not ")
					 ? xdc_arena_printf(t->arena, "not %s",
							    cause->rule_out[n].text)
					 : cause->rule_out[n].text);
		for (size_t n = 0; n < cause->n_advice; n++)
			labelled(t, "do", cause->advice[n]);
	}
}

static void tell_logs(const struct teller *t, const struct xdc_entry *e)
{
	const char *names = "";

	for (unsigned int bit = 1; bit <= XDC_LOG_GUEST; bit <<= 1)
		if (e->where & bit)
			names = xdc_arena_printf(t->arena, "%s%s%s", names, *names ? ", " : "",
						 xdc_log_name(bit));
	fprintf(t->out, "\nLooked for in the logs of\n");
	text(t, e->where == XDC_LOG_ANY ? "everything but guests" : names);
}

static void tell_samples(const struct teller *t, const struct xdc_entry *e)
{
	fprintf(t->out, "\nLooks like\n");
	for (size_t i = 0; i < e->n_samples; i++) {
		if (!e->samples[i].matches)
			continue;
		/* As it is, so that it can be compared with a log. */
		fprintf(t->out, "%*s", INDENT, "");
		xdc_text_escape(t->out, e->samples[i].text, strlen(e->samples[i].text));
		fputc('\n', t->out);
		if (e->samples[i].from)
			labelled(t, "from", e->samples[i].from);
	}
}

void xdc_render_entry(const struct xdc_entry *e, size_t width, FILE *out)
{
	struct teller t = { .arena = xdc_arena_new(), .out = out, .width = width };
	const char *title = xdc_fill(t.arena, e->title, NULL);

	fprintf(out, "%s: %s\n", xdc_severity_name(e->severity), e->id);
	fprintf(out, "%*s", INDENT, "");
	xdc_wrap(out, xdc_text_escaped(t.arena, title, strlen(title)), INDENT, INDENT, width);
	if (e->means)
		texts(&t, "What it means", &e->means, 1);
	tell_causes(&t, e);
	texts(&t, "What to do", e->advice, e->n_advice);
	tell_samples(&t, e);
	tell_logs(&t, e);
	if (e->n_follows)
		texts(&t, "May be a consequence of", e->follows, e->n_follows);
	if (e->versions)
		texts(&t, "Versions", &e->versions, 1);
	texts(&t, "See", e->references, e->n_references);
	if (e->local) {
		fprintf(out, "\nDefined in\n");
		text(&t, e->file);
	}
	xdc_arena_free(t.arena);
}
