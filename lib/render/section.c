/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/section.h"

struct xdc_section_entry {
	const char *heading;
	const char *name;
	const char *body;
	size_t place; /* in the order in which they were added */
};

/* Entries that are told together, the first of them first. */
struct told {
	const struct xdc_section_entry *first;
	size_t count;
};

void xdc_section_add(struct xdc_section *section, const char *heading, const char *name,
		     const char *body)
{
	xdc_array_reserve((void **)&section->entries, section->count, sizeof(*section->entries));
	section->entries[section->count] =
		(struct xdc_section_entry){ heading, name, body, section->count };
	section->count++;
}

static int same_told(const struct xdc_section_entry *x, const struct xdc_section_entry *y)
{
	int r = strcmp(x->heading, y->heading);

	return r ? r : strcmp(x->body, y->body);
}

static int by_told(const void *a, const void *b)
{
	const struct xdc_section_entry *x = a, *y = b;
	int r = same_told(x, y);

	return r ? r : (x->place > y->place) - (x->place < y->place);
}

static int by_place(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	return (x->first->place > y->first->place) - (x->first->place < y->first->place);
}

static void print_told(const struct told *told, struct xdc_arena *arena, size_t most, size_t width,
		       FILE *out)
{
	xdc_autofree const char **names = xdc_zalloc(told->count * sizeof(*names));

	for (size_t i = 0; i < told->count; i++)
		names[i] = told->first[i].name;
	fprintf(out, "%*s", XDC_SECTION_INDENT, "");
	xdc_wrap(out,
		 xdc_arena_printf(arena, "%s%s", told->first->heading,
				  xdc_names_text(arena, names, told->count, most)),
		 XDC_SECTION_INDENT, 2 * XDC_SECTION_INDENT, width);
	fputs(told->first->body, out);
}

void xdc_section_print(struct xdc_section *section, struct xdc_arena *arena, size_t most,
		       size_t width, FILE *out)
{
	xdc_autofree struct told *told = xdc_zalloc((section->count + 1) * sizeof(*told));
	struct xdc_section_entry *entries = section->entries;
	size_t n_told = 0;

	if (section->count)
		qsort(entries, section->count, sizeof(*entries), by_told);
	for (size_t i = 0; i < section->count; i++) {
		if (!i || same_told(&entries[i - 1], &entries[i]) != 0)
			told[n_told++].first = &entries[i];
		told[n_told - 1].count++;
	}
	if (n_told)
		qsort(told, n_told, sizeof(*told), by_place);
	for (size_t i = 0; i < n_told; i++)
		print_told(&told[i], arena, most, width, out);
	free(section->entries);
	*section = (struct xdc_section){ 0 };
}
