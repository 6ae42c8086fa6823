/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A log explained to people: each cause, what was seen of it, why, and what to do. */
#include <string.h>

#include "render/catalogue.h"
#include "render/render.h"

enum {
	INDENT = 9,
	CONSEQUENCES_SHOWN = 8,
};

struct teller {
	const struct xdc_explanation *x;
	struct xdc_arena *arena;
	FILE *out;
	size_t width;
	bool color;
};

static const char *severity_color(enum xdc_severity severity)
{
	return severity == XDC_SEVERITY_ERROR	  ? "\033[31m"
	       : severity == XDC_SEVERITY_WARNING ? "\033[33m"
						  : "\033[36m";
}

static void line(const struct teller *t, const char *label, const char *text)
{
	fprintf(t->out, "%*s%-5s", INDENT - 5, "", label);
	xdc_wrap(t->out, text, INDENT, INDENT, t->width);
}

static const char *place(const struct teller *t, const struct xdc_log_match *m)
{
	return xdc_arena_printf(t->arena, "%s: %s",
				xdc_log_place(t->arena, t->x->log, m->file, m->line), m->text);
}

static void tell_seen(const struct teller *t, const struct xdc_explained *item)
{
	const struct xdc_log_match *m = item->match;

	line(t, "seen", place(t, m));
	if (m->count > 1)
		line(t, "",
		     xdc_arena_printf(t->arena, "(%lu such lines, the last in line %lu)", m->count,
				      m->last_line));
}

static void tell_numbers(const struct teller *t, const struct xdc_explained *item)
{
	for (size_t i = 0; i < item->n_numbers; i++)
		line(t, i ? "" : "so", item->numbers[i]);
}

static void tell_meanwhile(const struct teller *t, const struct xdc_log_near *const *near,
			   size_t count)
{
	for (size_t i = 0; i < count; i++)
		line(t, i ? "" : "with",
		     xdc_arena_printf(
			     t->arena, "%s, at the same time: %s",
			     xdc_log_place(t->arena, t->x->log, near[i]->file, near[i]->line),
			     near[i]->text));
}

/* Where no cause is certain, what to do about each stands with it. */
static void tell_advice_of(const struct teller *t, const struct xdc_explained *item,
			   const struct xdc_explained_cause *cause)
{
	for (size_t i = 0; i < cause->cause->n_advice; i++) {
		fprintf(t->out, "%*s  do ", INDENT, "");
		xdc_wrap(t->out,
			 xdc_fill(t->arena, cause->cause->advice[i], &item->match->captures),
			 INDENT + 5, INDENT + 5, t->width);
	}
}

static bool is_certain(const struct xdc_explained *item)
{
	return item->n_causes && item->causes[0].status == XDC_CAUSE_CONFIRMED;
}

/* What rules one cause out has often confirmed another. */
static bool was_said(const struct xdc_explained *item, size_t cause, const char *because)
{
	for (size_t i = 0; i < cause; i++)
		for (size_t n = 0; n < item->causes[i].n_because; n++)
			if (strcmp(item->causes[i].because[n], because) == 0)
				return true;
	return false;
}

static void tell_causes(const struct teller *t, const struct xdc_explained *item)
{
	static const char *const words[] = {
		[XDC_CAUSE_CONFIRMED] = "confirmed",
		[XDC_CAUSE_POSSIBLE] = "possible",
		[XDC_CAUSE_RULED_OUT] = "ruled out",
	};

	for (size_t i = 0; i < item->n_causes; i++) {
		const struct xdc_explained_cause *cause = &item->causes[i];

		line(t, i ? "" : "why",
		     xdc_arena_printf(t->arena, "%s: %s", words[cause->status], cause->text));
		for (size_t n = 0; n < cause->n_because; n++) {
			if (was_said(item, i, cause->because[n]))
				continue;
			fprintf(t->out, "%*s", INDENT, "");
			fputs("  - ", t->out);
			xdc_wrap(t->out, cause->because[n], INDENT + 4, INDENT + 4, t->width);
		}
		if (!is_certain(item) && cause->status == XDC_CAUSE_POSSIBLE)
			tell_advice_of(t, item, cause);
	}
}

static bool is_of(const struct xdc_explained *item, const struct xdc_explained *cause)
{
	/* Causes of causes: no chain is longer than there are items. */
	for (size_t i = 0; i < 64 && item->cause; i++) {
		item = item->cause;
		if (item == cause)
			return true;
	}
	return false;
}

static void tell_consequences(const struct teller *t, const struct xdc_explained *cause)
{
	size_t shown = 0, more = 0;

	for (size_t i = t->x->n_causes; i < t->x->count; i++) {
		const struct xdc_explained *item = &t->x->items[i];

		if (item->match->entry->severity == XDC_SEVERITY_INFO || !is_of(item, cause))
			continue;
		if (shown == CONSEQUENCES_SHOWN)
			more++;
		else
			line(t, shown++ ? "" : "then",
			     xdc_arena_printf(t->arena, "%s: %s (%s)",
					      xdc_log_place(t->arena, t->x->log, item->match->file,
							    item->match->line),
					      item->title, item->match->entry->id));
	}
	if (more)
		line(t, "", xdc_arena_printf(t->arena, "and %zu more", more));
}

static void tell_cause(const struct teller *t, const struct xdc_explained *item)
{
	const struct xdc_entry *entry = item->match->entry;
	const char *severity = xdc_severity_name(entry->severity);
	size_t from;

	fprintf(t->out, "%s%s%s%*s", t->color ? severity_color(entry->severity) : "", severity,
		t->color ? "\033[0m" : "", (int)(INDENT - strlen(severity)), "");
	xdc_wrap(t->out, item->title, INDENT, INDENT, t->width);
	tell_seen(t, item);
	tell_meanwhile(t, item->meanwhile, item->n_meanwhile);
	tell_numbers(t, item);
	if (entry->means)
		line(t, "is", xdc_fill(t->arena, entry->means, &item->match->captures));
	tell_causes(t, item);
	/* That of uncertain causes was told with them; the entry's own stands last. */
	from = is_certain(item) ? 0 : item->n_advice - item->n_general_advice;
	for (size_t i = from; i < item->n_advice; i++)
		line(t, i > from ? "" : "do", item->advice[i]);
	tell_consequences(t, item);
	line(t, "id",
	     entry->local ? xdc_arena_printf(t->arena, "%s, of the machine's own %s", entry->id,
					     entry->file)
			  : entry->id);
	fputc('\n', t->out);
}

/* The same failure of one domain after the other is told once. */
static bool told_before(const struct xdc_explanation *x, size_t index)
{
	const struct xdc_explained *item = &x->items[index];

	for (size_t i = 0; i < index; i++)
		if (x->items[i].match->entry == item->match->entry &&
		    strcmp(x->items[i].title, item->title) == 0)
			return true;
	return false;
}

static size_t tell_items(const struct teller *t)
{
	size_t told = 0;

	for (size_t i = 0; i < t->x->n_causes; i++) {
		const struct xdc_explained *item = &t->x->items[i];

		/* Facts are for the causes of others. */
		if (item->match->entry->severity == XDC_SEVERITY_INFO)
			continue;
		if (told_before(t->x, i)) {
			line(t, "also", place(t, item->match));
			tell_numbers(t, item);
			fputc('\n', t->out);
			continue;
		}
		tell_cause(t, item);
		told++;
	}
	return told;
}

void xdc_render_log(const struct xdc_explanation *x, bool color, size_t width, FILE *out)
{
	struct teller t = {
		.x = x,
		.arena = xdc_arena_new(),
		.out = out,
		.width = width,
		.color = color,
	};

	if (!tell_items(&t))
		fprintf(out, "Nothing known was found in %lu lines.\n\n", x->log->n_lines);
	if (x->unknown) {
		fputs("notice   libxl reports an error that the catalogue does not know\n", out);
		line(&t, "seen",
		     xdc_arena_printf(
			     t.arena, "%s: %s",
			     xdc_log_place(t.arena, x->log, x->unknown->file, x->unknown->line),
			     x->unknown->text));
		tell_meanwhile(&t, x->meanwhile, x->n_meanwhile);
		fputc('\n', out);
	}
	for (size_t i = 0; i < x->n_notes; i++)
		xdc_wrap(out, x->notes[i], 0, 0, width);
	xdc_arena_free(t.arena);
}
