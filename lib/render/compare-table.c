/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What differs, for people: how much first, then a section for each kind of thing. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/section.h"

enum {
	INDENT = XDC_SECTION_INDENT,
	LABEL = 22,
};

/* Behind what may not differ, and before why. */
#define MARK "(?)"

struct teller {
	const struct xdc_comparison *c;
	const struct xdc_comparison_options *options;
	FILE *out;
};

/* How many of a list are named. */
static size_t most_names(const struct teller *t)
{
	return t->options->all ? 0 : 6;
}

static const char *unread_text(const struct teller *t, const struct xdc_unread *unread)
{
	if (unread->side == XDC_SIDE_NEITHER)
		return "";
	return xdc_arena_printf(t->c->arena, " " MARK " %s could not be read %s", unread->key,
				xdc_side_name(unread->side));
}

static const char *base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

static const char *value_text(const struct teller *t, const struct xdc_value *value)
{
	switch (value->type) {
	case XDC_VALUE_TEXT:
		/* Of a device its name will do. */
		return xdc_text_starts_with(value->text, "/devices/") ? base_name(value->text)
								      : value->text;
	case XDC_VALUE_NUMBER:
		return xdc_arena_printf(t->c->arena, "%ld", value->number);
	case XDC_VALUE_BOOLEAN:
		return value->number ? "yes" : "no";
	case XDC_VALUE_LIST:
		return xdc_names_text(t->c->arena, value->items, value->n_items, 0);
	case XDC_VALUE_NONE:
		return "none";
	default:
		return "unknown";
	}
}

static void print_line(const struct teller *t, FILE *out, size_t indent, const char *label,
		       const char *text)
{
	size_t width = LABEL - indent;

	fprintf(out, "%*s%-*s ", (int)indent, "", (int)width, label);
	xdc_wrap(out, text, LABEL + 1, LABEL + 1, t->options->width);
}

static const char *field_text(const struct teller *t, const struct xdc_field_change *f)
{
	return xdc_arena_printf(t->c->arena, "%s -> %s", value_text(t, &f->before),
				value_text(t, &f->after));
}

/* Sentences are told as they are now. */
static bool is_advice(const struct xdc_field_change *f)
{
	return strcmp(f->name, "advice") == 0;
}

/* What the marks say: which records one side lacks, each once. */
static void print_unread(const struct teller *t, FILE *out, const struct xdc_fields *fields,
			 enum xdc_side side)
{
	xdc_autofree const char **keys = xdc_zalloc((fields->count + 1) * sizeof(*keys));
	size_t count = 0;

	for (size_t i = 0; i < fields->count; i++) {
		const struct xdc_unread *unread = &fields->items[i].unread;
		bool again = false;

		if (unread->side != side)
			continue;
		for (size_t n = 0; n < count; n++)
			again = again || strcmp(keys[n], unread->key) == 0;
		if (!again)
			keys[count++] = unread->key;
	}
	if (count)
		print_line(t, out, 2 * INDENT, MARK,
			   xdc_arena_printf(t->c->arena, "%s could not be read %s",
					    xdc_names_text(t->c->arena, keys, count, 0),
					    xdc_side_name(side)));
}

static const char *fields_text(const struct teller *t, const struct xdc_fields *fields)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < fields->count; i++) {
		const struct xdc_field_change *f = &fields->items[i];
		const char *mark = f->unread.side == XDC_SIDE_NEITHER ? "" : " " MARK;

		if (!is_advice(f))
			print_line(t, out, 2 * INDENT, f->label,
				   xdc_arena_printf(t->c->arena, "%s%s", field_text(t, f), mark));
		for (size_t n = 0; is_advice(f) && n < f->after.n_items; n++)
			print_line(t, out, 2 * INDENT, n ? "" : f->label, f->after.items[n]);
	}
	print_unread(t, out, fields, XDC_SIDE_BEFORE);
	print_unread(t, out, fields, XDC_SIDE_AFTER);
	fclose(out);
	return xdc_arena_memdup(t->c->arena, buffer, length);
}

/* A line of a body that is no field. */
static const char *body_line(const struct teller *t, const char *text)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	fprintf(out, "%*s", 2 * INDENT, "");
	xdc_wrap(out, text, 2 * INDENT, 2 * INDENT, t->options->width);
	fclose(out);
	return xdc_arena_memdup(t->c->arena, buffer, length);
}

static void print_section(const struct teller *t, struct xdc_section *section, const char *title)
{
	if (section->count)
		fprintf(t->out, "\n%s\n", title);
	xdc_section_print(section, t->c->arena, most_names(t), t->options->width, t->out);
}

static const char *change_heading(const struct teller *t, const struct xdc_change *change,
				  const char *more)
{
	if (change->kind == XDC_CHANGED)
		return more;
	return xdc_arena_printf(t->c->arena, "%s: %s", xdc_change_name(change->kind), more);
}

static void tell_words(const struct teller *t, const struct xdc_words_change *w)
{
	const char *label = w->label;

	for (size_t i = 0; i < w->n_gone; i++, label = "")
		print_line(t, t->out, INDENT, label,
			   xdc_arena_printf(t->c->arena, "- %s", w->gone[i]));
	for (size_t i = 0; i < w->n_added; i++, label = "")
		print_line(t, t->out, INDENT, label,
			   xdc_arena_printf(t->c->arena, "+ %s", w->added[i]));
	if (w->reordered)
		print_line(t, t->out, INDENT, label, "the same words in another order");
	if (w->unread.side != XDC_SIDE_NEITHER)
		print_line(t, t->out, INDENT, label,
			   xdc_arena_printf(t->c->arena, "unknown%s", unread_text(t, &w->unread)));
}

static void tell_options(const struct teller *t)
{
	size_t others = 0;

	for (size_t i = 0; i < t->c->n_options; i++) {
		const struct xdc_option_change *o = &t->c->options[i];

		if (o->matters || t->options->all)
			print_line(t, t->out, INDENT, o->name,
				   xdc_arena_printf(t->c->arena, "%s -> %s", o->before, o->after));
		else
			others++;
	}
	if (others)
		print_line(t, t->out, INDENT, "build options",
			   xdc_arena_printf(t->c->arena,
					    "%zu that no rule or check asks for (--all names them)",
					    others));
}

static void tell_host(const struct teller *t)
{
	if (!t->c->of_host.differ)
		return;
	fputs("\nHost\n", t->out);
	for (size_t i = 0; i < t->c->host.count; i++)
		print_line(t, t->out, INDENT, t->c->host.items[i].label,
			   xdc_arena_printf(t->c->arena, "%s%s",
					    field_text(t, &t->c->host.items[i]),
					    unread_text(t, &t->c->host.items[i].unread)));
	for (size_t i = 0; i < t->c->n_words; i++)
		tell_words(t, &t->c->words[i]);
	tell_options(t);
}

static void tell_iommus(const struct teller *t)
{
	struct xdc_section section = { 0 };

	for (size_t i = 0; i < t->c->n_iommus; i++) {
		const struct xdc_iommu_change *d = &t->c->iommus[i];
		const struct xdc_iommu *iommu = d->after ? d->after : d->before;
		const char *body = fields_text(t, &d->change.fields);

		if (d->change.kind != XDC_CHANGED)
			body = body_line(t, xdc_arena_printf(t->c->arena, "owner %s%s",
							     xdc_owner_name(iommu->owner),
							     unread_text(t, &d->change.unread)));
		xdc_section_add(&section, change_heading(t, &d->change, ""), iommu->name, body);
	}
	print_section(t, &section, "IOMMUs");
}

static void tell_devices(const struct teller *t)
{
	struct xdc_section section = { 0 };
	size_t folded = 0;

	for (size_t i = 0; i < t->c->n_devices; i++) {
		const struct xdc_device_change *d = &t->c->devices[i];
		const struct xdc_attribution *a = d->after ? d->after : d->before;
		const char *driver = a->device->driver, *body;

		if (d->change.kind == XDC_SAME)
			continue;
		if (!xdc_change_is_shown(d, t->options->all)) {
			folded++;
			continue;
		}
		body = fields_text(t, &d->change.fields);
		if (d->change.kind != XDC_CHANGED)
			body = body_line(t, xdc_arena_printf(t->c->arena, "%s%s, path %s, %s%s",
							     driver ? "driver " : "no driver",
							     driver ? driver : "",
							     xdc_path_name(a->path),
							     xdc_verdict_name(a->verdict),
							     unread_text(t, &d->change.unread)));
		xdc_section_add(&section, change_heading(t, &d->change, ""), a->device->name, body);
	}
	print_section(t, &section, "Devices");
	if (folded) {
		if (folded == t->c->of_devices.differ)
			fputs("\nDevices\n", t->out);
		fprintf(t->out, "%*s", INDENT, "");
		xdc_wrap(t->out,
			 xdc_arena_printf(t->c->arena,
					  "Not shown: %zu not known to do DMA (--all shows them).",
					  folded),
			 INDENT, INDENT, t->options->width);
	}
}

static void tell_findings(const struct teller *t)
{
	struct xdc_section section = { 0 };

	for (size_t i = 0; i < t->c->n_findings; i++) {
		const struct xdc_finding_change *d = &t->c->findings[i];
		const struct xdc_finding *f = d->after ? d->after : d->before;
		const char *body = fields_text(t, &d->change.fields);
		const char *about =
			xdc_arena_printf(t->c->arena, "%s %s%s", xdc_severity_name(f->severity),
					 f->id, *f->subject ? ": " : "");

		if (d->change.kind != XDC_CHANGED)
			body = body_line(t, xdc_arena_printf(t->c->arena, "%s%s", f->title,
							     unread_text(t, &d->change.unread)));
		xdc_section_add(&section, change_heading(t, &d->change, about), f->subject, body);
	}
	print_section(t, &section, "Findings");
}

static void tell_evidence(const struct teller *t)
{
	struct xdc_section section = { 0 };

	for (size_t i = 0; i < t->c->n_evidence; i++) {
		const struct xdc_status_change *e = &t->c->evidence[i];

		xdc_section_add(&section,
				xdc_arena_printf(t->c->arena,
						 "%s -> %s: ", e->before ? e->before : "not asked",
						 e->after ? e->after : "not asked"),
				e->key, "");
	}
	print_section(t, &section, "What could be read");
}

/* "2 of the host, 4 devices", and of all those how many may not differ. */
static void print_answer(const struct teller *t)
{
	const struct xdc_comparison *c = t->c;
	const struct {
		const struct xdc_count *count;
		const char *one;
		const char *many;
	} kinds[] = {
		{ &c->of_host, "of the host", "of the host" },
		{ &c->of_iommus, "IOMMU", "IOMMUs" },
		{ &c->of_devices, "device", "devices" },
		{ &c->of_findings, "finding", "findings" },
	};
	size_t differ = 0, unread = 0;
	const char *text = "";

	for (size_t i = 0; i < XDC_ARRAY_SIZE(kinds); i++) {
		const struct xdc_count *count = kinds[i].count;

		if (count->differ)
			text = xdc_arena_printf(c->arena, "%s%s%zu %s", text, *text ? ", " : "",
						count->differ,
						count->differ == 1 ? kinds[i].one : kinds[i].many);
		differ += count->differ;
		unread += count->unread;
	}
	if (differ)
		text = xdc_arena_printf(c->arena, "%zu difference%s: %s.", differ,
					differ == 1 ? "" : "s", text);
	else
		text = "No difference in what both could read.";
	if (unread)
		text = xdc_arena_printf(c->arena, "%s %zu may be none, marked " MARK ".", text,
					unread);
	xdc_wrap(t->out, text, 0, 0, t->options->width);
}

static void print_side(const struct teller *t, enum xdc_side side, const char *name)
{
	fprintf(t->out, "%-6s  %s\n", xdc_side_name(side),
		name ? xdc_text_escaped(t->c->arena, name, strlen(name)) : "this machine, now");
}

int xdc_render_comparison_table(const struct xdc_comparison *c,
				const struct xdc_comparison_options *options, FILE *out)
{
	struct teller t = { .c = c, .options = options, .out = out };

	if (xdc_comparison_is_empty(c))
		return 0;
	print_answer(&t);
	print_side(&t, XDC_SIDE_BEFORE, options->before);
	print_side(&t, XDC_SIDE_AFTER, options->after);
	tell_host(&t);
	tell_iommus(&t);
	tell_devices(&t);
	tell_findings(&t);
	tell_evidence(&t);
	return ferror(out) ? -EIO : 0;
}
