/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "render/render.h"

char *xdc_names_text(struct xdc_arena *arena, const char *const *names, size_t count, size_t max)
{
	size_t named = max && count > max ? max : count, length = 0;
	xdc_autofree char *text = NULL;
	FILE *out = xdc_open_text(&text, &length);

	for (size_t i = 0; i < named; i++)
		fprintf(out, "%s%s", i ? ", " : "", names[i]);
	if (count > named)
		fprintf(out, " and %zu more", count - named);
	fclose(out);
	return xdc_arena_memdup(arena, text, length);
}
