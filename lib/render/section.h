/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of things and what is said of each, where those of whom the same is said are told once. */
#ifndef XDC_SECTION_H
#define XDC_SECTION_H

#include "render/render.h"

enum { XDC_SECTION_INDENT = 2 };

struct xdc_section {
	struct xdc_section_entry *entries;
	size_t count;
};

/*
 * Adds what is told as "HEADING NAME" with the lines @body below; the texts must outlive the
 * section.
 */
void xdc_section_add(struct xdc_section *section, const char *heading, const char *name,
		     const char *body);
/*
 * Prints all in the order in which they were added, the names of those with the same heading and
 * body together (of more than @most, unless that is 0, only so many), and empties the section.
 */
void xdc_section_print(struct xdc_section *section, struct xdc_arena *arena, size_t most,
		       size_t width, FILE *out);

#endif
