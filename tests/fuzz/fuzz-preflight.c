/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Evidence of any content with guests in it, as the helper, the host or a bundle may have them:
 * facts are made of it and held together, and nothing of it, as text or as JSON, is anything that
 * a terminal would act on.
 */
#include <stdlib.h>

#include "fuzz.h"
#include "render/render.h"

static void check_text(const struct xdc_preflights *all, size_t width)
{
	const struct xdc_preflight_options options = { .verbose = true, .width = width };
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (xdc_render_preflight(all, &options, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
}

static void check_json(const struct xdc_preflights *all)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (xdc_render_preflight_json(all, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_json(text, size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const configs[] = { "a.cfg", "b\033.cfg" };
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	char *copy = xdc_arena_memdup(arena, data, size);
	const char *error;

	if (xdc_records_parse(arena, copy, size, xdc_evidence_add, evidence, &error) == 0) {
		struct xdc_report *report = xdc_report_new(evidence);
		struct xdc_preflights *all = xdc_preflight(report, configs, 2);

		check_text(all, 80);
		check_text(all, 0);
		check_json(all);
		xdc_preflights_free(all);
		xdc_report_free(report);
	} else {
		xdc_evidence_free(evidence);
	}
	xdc_arena_free(arena);
	return 0;
}
