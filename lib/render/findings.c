/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Findings for people: those that say the same of several devices are told once. */
#include <string.h>

#include "render/render.h"

enum { INDENT = 9 };

static const char *severity_color(enum xdc_severity severity)
{
	switch (severity) {
	case XDC_SEVERITY_ERROR:
		return "\033[31m";
	case XDC_SEVERITY_WARNING:
		return "\033[33m";
	default:
		return "\033[36m";
	}
}

static bool same_told(const struct xdc_finding *a, const struct xdc_finding *b)
{
	return a->severity == b->severity && strcmp(a->id, b->id) == 0 &&
	       strcmp(a->title, b->title) == 0;
}

static void print_texts(FILE *out, const char *label, const char *text, size_t width)
{
	fprintf(out, "%*s%-5s", INDENT - 5, "", label);
	xdc_wrap(out, text, INDENT, INDENT, width);
}

static char *subjects(struct xdc_arena *arena, const struct xdc_finding *items, size_t count)
{
	enum { NAMED = 6 };
	xdc_autofree const char **names = xdc_zalloc(count * sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = items[i].subject;
	return xdc_names_text(arena, names, count, NAMED);
}

/* The title, and whom it is about. */
static const char *title(struct xdc_arena *arena, const struct xdc_finding *items, size_t count)
{
	if (!*items->subject)
		return items->title;
	return xdc_arena_printf(arena, "%s: %s", items->title, subjects(arena, items, count));
}

static void print_group(const struct xdc_finding *items, size_t count,
			const struct xdc_table_options *options, struct xdc_arena *arena, FILE *out)
{
	const struct xdc_finding *finding = &items[0];
	const char *severity = xdc_severity_name(finding->severity);

	fprintf(out, "\n%s%s%s%*s", options->color ? severity_color(finding->severity) : "",
		severity, options->color ? "\033[0m" : "", (int)(INDENT - strlen(severity)), "");
	xdc_wrap(out, title(arena, items, count), INDENT, INDENT, options->width);
	for (size_t i = 0; i < finding->n_because; i++)
		print_texts(out, i ? "" : "why", finding->because[i].text, options->width);
	if (count > 1)
		print_texts(out, "",
			    xdc_arena_printf(arena, "(of %s; the same of the %s)", finding->subject,
					     count > 2 ? "others" : "other"),
			    options->width);
	for (size_t i = 0; i < finding->n_advice; i++)
		print_texts(out, i ? "" : "do", finding->advice[i], options->width);
	fprintf(out, "%*s%-5s%s\n", INDENT - 5, "", "id", finding->id);
}

void xdc_render_findings(const struct xdc_report *report, const struct xdc_table_options *options,
			 FILE *out)
{
	const struct xdc_findings *findings = report->findings;
	struct xdc_arena *arena = xdc_arena_new();

	for (size_t i = 0; i < findings->count;) {
		size_t count = 1;

		while (i + count < findings->count &&
		       same_told(&findings->items[i], &findings->items[i + count]))
			count++;
		print_group(&findings->items[i], count, options, arena, out);
		i += count;
	}
	xdc_arena_free(arena);
}
