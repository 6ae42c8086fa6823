/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A log: what is said of it is printable, and the same whatever pieces it came in. */
#include <stdlib.h>
#include <string.h>

#include "catalogue/explanation.h"
#include "fuzz.h"
#include "render/catalogue.h"

static char *explain(const struct xdc_catalogue *catalogue, const char *data, size_t size,
		     size_t piece)
{
	struct xdc_log_reader *reader = xdc_log_reader_new(catalogue);
	struct xdc_explanation *x;
	char *text = NULL;
	size_t length = 0;
	FILE *out = fuzz_stream(&text, &length);

	xdc_log_reader_begin(reader, "fuzz");
	for (size_t at = 0; at < size; at += piece)
		xdc_log_reader_feed(reader, data + at, size - at < piece ? size - at : piece);
	xdc_log_reader_end(reader);
	x = xdc_explain(xdc_log_reader_log(reader), catalogue, NULL);
	xdc_render_log(x, false, 80, out);
	if (xdc_render_log_json(x, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_printable(text, length);
	xdc_explanation_free(x);
	xdc_log_reader_free(reader);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct xdc_catalogue *catalogue;
	char *whole, *pieces;

	if (!catalogue)
		catalogue = xdc_catalogue_builtin();
	whole = explain(catalogue, (const char *)data, size, size + 1);
	pieces = explain(catalogue, (const char *)data, size, 7);
	if (strcmp(whole, pieces) != 0)
		abort();
	free(whole);
	free(pieces);
	return 0;
}
