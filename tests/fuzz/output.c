/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdlib.h>

#include "base/base.h"
#include "fuzz.h"
#include "render/render.h"

FILE *fuzz_stream(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		abort();
	return out;
}

void fuzz_assert_printable(const char *text, size_t size)
{
	for (size_t i = 0; i < size;) {
		const unsigned char *at = (const unsigned char *)text + i;
		size_t length = xdc_utf8_length(text + i, size - i);

		if (!length || (at[0] < 0x20 && at[0] != '\n') || at[0] == 0x7f ||
		    (length == 2 && at[0] == 0xc2 && at[1] < 0xa0))
			abort();
		i += length;
	}
}

void fuzz_assert_json(const char *text, size_t size)
{
	json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);

	fuzz_assert_printable(text, size);
	if (!json)
		abort();
	json_decref(json);
}

void fuzz_assert_report_json(const struct xdc_report *report)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (xdc_render_json(report, out) < 0)
		abort();
	fclose(out);
	fuzz_assert_json(text, size);
	free(text);
}
