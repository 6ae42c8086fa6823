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

bool xdc_is_status(const char *text, size_t size)
{
	enum xdc_status status;
	char word[16];

	if (size >= sizeof(word))
		return false;
	memcpy(word, text, size);
	word[size] = '\0';
	return xdc_status_parse(word, &status) == 0;
}

bool xdc_is_one_of(const char *text, size_t size, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == size && memcmp(words[i], text, size) == 0)
			return true;
	return false;
}
