/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "bundle/mask.h"

bool xdc_line_next(struct xdc_line *line, const char *data, size_t size)
{
	const char *newline;

	if (line->next >= size)
		return false;
	line->text = data + line->next;
	newline = memchr(line->text, '\n', size - line->next);
	line->has_newline = newline != NULL;
	line->size = newline ? (size_t)(newline - line->text) : size - line->next;
	line->next += line->size + line->has_newline;
	return true;
}

void xdc_line_end(const struct xdc_line *line, FILE *out)
{
	if (line->has_newline)
		fputc('\n', out);
}

bool xdc_line_begins(const struct xdc_line *line, const char *with)
{
	size_t length = strlen(with);

	return line->size >= length && memcmp(line->text, with, length) == 0;
}
