/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Two recordings of any content, the second from its first line on: they are compared, both ways,
 * and nothing of what is printed is anything that a terminal would act on.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "render/render.h"

static const char second[] = "\nxen-dmacheck-records ";

static struct xdc_report *parse(struct xdc_arena *arena, const uint8_t *data, size_t size)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	const char *error;

	if (xdc_records_parse(arena, xdc_arena_memdup(arena, data, size), size, xdc_evidence_add,
			      evidence, &error) == 0)
		return xdc_report_new(evidence);
	xdc_evidence_free(evidence);
	return NULL;
}

static void render(const struct xdc_comparison *c,
		   int (*how)(const struct xdc_comparison *c,
			      const struct xdc_comparison_options *options, FILE *out),
		   bool all, size_t width)
{
	const struct xdc_comparison_options options = { .all = all, .width = width };
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (how(c, &options, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_printable(text, size);
	if (how == xdc_render_comparison_json)
		fuzz_assert_json(text, size);
	else if (!size != xdc_comparison_is_empty(c))
		abort();
	free(text);
}

static void compare(const struct xdc_report *before, const struct xdc_report *after)
{
	struct xdc_comparison *c = xdc_compare(before, after);

	render(c, xdc_render_comparison_table, true, 80);
	render(c, xdc_render_comparison_table, false, 0);
	render(c, xdc_render_comparison_json, false, 0);
	xdc_comparison_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline = size ? memmem(data, size, second, sizeof(second) - 1) : NULL;
	size_t first = newline ? (size_t)(newline - data) + 1 : size;
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_report *before = parse(arena, data, first);
	struct xdc_report *after = parse(arena, data + first, size - first);

	if (before && after) {
		compare(before, after);
		compare(after, before);
	}
	if (before) {
		struct xdc_comparison *same = xdc_compare(before, before);

		if (!xdc_comparison_is_empty(same))
			abort();
		xdc_comparison_free(same);
	}
	xdc_report_free(before);
	xdc_report_free(after);
	xdc_arena_free(arena);
	return 0;
}
