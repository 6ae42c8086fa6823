/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

const char *xdc_change_name(enum xdc_change_kind kind)
{
	static const char *const names[] = {
		[XDC_SAME] = "same",
		[XDC_NEW] = "new",
		[XDC_GONE] = "gone",
		[XDC_CHANGED] = "changed",
	};

	return names[kind];
}

const char *xdc_side_name(enum xdc_side side)
{
	static const char *const names[] = {
		[XDC_SIDE_BEFORE] = "before",
		[XDC_SIDE_AFTER] = "after",
	};

	return names[side];
}

struct xdc_value xdc_value_text(const char *text)
{
	return (struct xdc_value){ .type = text ? XDC_VALUE_TEXT : XDC_VALUE_NONE, .text = text };
}

struct xdc_value xdc_value_number(long number)
{
	return (struct xdc_value){ .type = number < 0 ? XDC_VALUE_NONE : XDC_VALUE_NUMBER,
				   .number = number };
}

struct xdc_value xdc_value_tri(enum xdc_tri tri)
{
	return (struct xdc_value){ .type = tri == XDC_UNKNOWN ? XDC_VALUE_UNKNOWN
							      : XDC_VALUE_BOOLEAN,
				   .number = tri };
}

struct xdc_value xdc_value_hex(struct xdc_arena *arena, uint64_t value)
{
	if (!value)
		return (struct xdc_value){ .type = XDC_VALUE_UNKNOWN };
	return xdc_value_text(xdc_arena_printf(arena, "0x%llx", (unsigned long long)value));
}

static bool same_items(const struct xdc_value *a, const struct xdc_value *b)
{
	if (a->n_items != b->n_items)
		return false;
	for (size_t i = 0; i < a->n_items; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	return true;
}

bool xdc_value_is_there(const struct xdc_value *value)
{
	return value->type != XDC_VALUE_UNKNOWN && value->type != XDC_VALUE_NONE;
}

static bool same_value(const struct xdc_value *a, const struct xdc_value *b)
{
	/* There is none, and it is not known: nothing is known to differ. */
	if (!xdc_value_is_there(a) && !xdc_value_is_there(b))
		return true;
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case XDC_VALUE_TEXT:
		return strcmp(a->text, b->text) == 0;
	case XDC_VALUE_NUMBER:
	case XDC_VALUE_BOOLEAN:
		return a->number == b->number;
	case XDC_VALUE_LIST:
		return same_items(a, b);
	default:
		return true;
	}
}

void xdc_fields_add(struct xdc_fields *fields, const struct xdc_field_change *field)
{
	if (same_value(&field->before, &field->after))
		return;
	xdc_array_reserve((void **)&fields->items, fields->count, sizeof(*fields->items));
	fields->items[fields->count++] = *field;
}

/* Of all fields, where it is so of each. */
static struct xdc_unread unread_of_all(const struct xdc_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++)
		if (fields->items[i].unread.side == XDC_SIDE_NEITHER)
			return (struct xdc_unread){ 0 };
	return fields->count ? fields->items[0].unread : (struct xdc_unread){ 0 };
}

void xdc_change_settle(struct xdc_change *change, bool before, bool after, struct xdc_count *count)
{
	change->kind = !before		      ? XDC_NEW
		       : !after		      ? XDC_GONE
		       : change->fields.count ? XDC_CHANGED
					      : XDC_SAME;
	if (change->kind == XDC_SAME)
		return;
	if (change->kind == XDC_CHANGED)
		change->unread = unread_of_all(&change->fields);
	count->differ++;
	count->unread += change->unread.side != XDC_SIDE_NEITHER;
}

struct xdc_comparison *xdc_compare(const struct xdc_report *before, const struct xdc_report *after)
{
	struct xdc_comparison *c = xdc_zalloc(sizeof(*c));

	c->arena = xdc_arena_new();
	c->before = before;
	c->after = after;
	xdc_compare_host(c);
	xdc_compare_words(c);
	xdc_compare_options(c);
	xdc_compare_iommus(c);
	xdc_compare_devices(c);
	xdc_compare_findings(c);
	xdc_compare_evidence(c);
	return c;
}

bool xdc_comparison_is_empty(const struct xdc_comparison *c)
{
	return !c->of_host.differ && !c->of_iommus.differ && !c->of_devices.differ &&
	       !c->of_findings.differ && !c->n_evidence;
}

void xdc_comparison_free(struct xdc_comparison *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_devices; i++)
		free(c->devices[i].change.fields.items);
	for (size_t i = 0; i < c->n_iommus; i++)
		free(c->iommus[i].change.fields.items);
	for (size_t i = 0; i < c->n_findings; i++)
		free(c->findings[i].change.fields.items);
	for (size_t i = 0; i < c->n_words; i++) {
		free(c->words[i].gone);
		free(c->words[i].added);
	}
	free(c->devices);
	free(c->iommus);
	free(c->findings);
	free(c->words);
	free(c->host.items);
	free(c->options);
	free(c->evidence);
	xdc_arena_free(c->arena);
	free(c);
}

void xdc_comparison_freep(struct xdc_comparison **comparison)
{
	xdc_comparison_free(*comparison);
}
