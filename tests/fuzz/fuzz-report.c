/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Evidence of any content, contradictory or mad: a report is made of it, and nothing in it,
 * as table, as explanation or as JSON, is anything that a terminal would act on.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "render/render.h"

static void render_table(const struct xdc_report *report, size_t width)
{
	const struct xdc_column **columns = NULL;
	size_t n_columns = 0, size = 0;
	char *unknown = NULL, *text = NULL;
	FILE *out = fuzz_stream(&text, &size);
	struct xdc_table_options options = { .all = true, .width = width };

	if (xdc_columns_parse("+DMA-BECAUSE,NODE,DEVPATH", &columns, &n_columns, &unknown) < 0)
		abort();
	options.columns = columns;
	options.n_columns = n_columns;
	xdc_render_table(report, &options, out);
	for (size_t i = 0; i < report->model->n_devices && i < 4; i++)
		xdc_render_explanation(report, &report->model->devices[i], width, out);
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
	free(columns);
}

/* Each line by itself, and no sample twice. */
static void render_lines_and_metrics(const struct xdc_report *report)
{
	const struct xdc_table_options options = { .all = true };
	char *text = NULL, *cursor, *line;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (xdc_render_jsonl(report, "\xff\n", &options, out) < 0)
		abort();
	fflush(out);
	fuzz_assert_printable(text, size);
	cursor = text;
	while ((line = xdc_text_next_line(&cursor)))
		fuzz_assert_json(line, strlen(line));
	rewind(out);
	if (xdc_render_metrics(report, "\xff\n", &options, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	char *copy = xdc_arena_memdup(arena, data, size);
	const char *error;

	if (xdc_records_parse(arena, copy, size, xdc_evidence_add, evidence, &error) == 0) {
		struct xdc_report *report = xdc_report_new(evidence);

		render_table(report, 80);
		render_table(report, 0);
		fuzz_assert_report_json(report);
		render_lines_and_metrics(report);
		xdc_report_free(report);
	} else {
		xdc_evidence_free(evidence);
	}
	xdc_arena_free(arena);
	return 0;
}
