/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/render.h"

size_t xdc_text_columns(const char *text, size_t size)
{
	size_t columns = 0;

	for (size_t i = 0; i < size;) {
		size_t length = xdc_utf8_length(text + i, size - i);

		i += length ? length : 1;
		columns++;
	}
	return columns;
}

void xdc_wrap(FILE *out, const char *text, size_t column, size_t indent, size_t width)
{
	bool first = true;

	while (*text) {
		size_t size = strcspn(text, " ");
		size_t columns = xdc_text_columns(text, size);

		if (!first && width && column + 1 + columns > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			fputc(' ', out);
			column++;
		}
		fwrite(text, 1, size, out);
		column += columns;
		first = false;
		text += size;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}
