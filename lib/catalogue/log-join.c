/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "catalogue/log-join.h"
#include "catalogue/log-text.h"

static size_t line_length(const char *text, size_t size)
{
	const char *newline = memchr(text, '\n', size);

	return newline ? (size_t)(newline - text) : size;
}

static bool append(struct xdc_log_joined *joined, const char *text, size_t size)
{
	if (size > sizeof(joined->text) - joined->size)
		return false;
	memcpy(joined->text + joined->size, text, size);
	joined->size += size;
	return true;
}

static size_t without_blanks_behind(const char *text, size_t size)
{
	while (size && (text[size - 1] == ' ' || text[size - 1] == '\t'))
		size--;
	return size;
}

bool xdc_log_join(const char *text, size_t size, bool blank, struct xdc_log_joined *ret)
{
	size_t at = line_length(text, size);

	ret->size = ret->n_joints = 0;
	if (!append(ret, text, blank ? without_blanks_behind(text, at) : at))
		return false;
	while (at + 1 < size && ret->n_joints < XDC_JOINED_LINES - 1) {
		const char *line = text + at + 1;
		size_t length = line_length(line, size - at - 1);
		size_t skip = xdc_log_skip_quotes(line, length);

		if (xdc_log_begins_message(line, length) || (blank && !append(ret, " ", 1)))
			break;
		ret->joints[ret->n_joints] = ret->size;
		if (!append(ret, line + skip, length - skip))
			break;
		ret->n_joints++;
		at += 1 + length;
	}
	return ret->n_joints;
}

/* "0x0000001000000010" at the end of the line, behind a blank or an escaped tab. */
static const char *event_word(const char *line, size_t size)
{
	enum { WORD = 18 };
	const char *word;

	size = without_blanks_behind(line, size);
	if (size < WORD)
		return NULL;
	word = line + size - WORD;
	if (word[0] != '0' || word[1] != 'x')
		return NULL;
	for (size_t i = 2; i < WORD; i++)
		if (!isxdigit((unsigned char)word[i]))
			return NULL;
	return word;
}

bool xdc_log_join_event(const char *text, size_t size, struct xdc_log_joined *ret)
{
	enum { WORD = 18 };
	size_t at = line_length(text, size);

	ret->size = ret->n_joints = 0;
	if (!append(ret, text, without_blanks_behind(text, at)))
		return false;
	for (size_t lines = 0;
	     at + 1 < size && ret->n_joints < XDC_EVENT_WORDS && lines < XDC_EVENT_LINES; lines++) {
		const char *line = text + at + 1;
		size_t length = line_length(line, size - at - 1);
		const char *word = event_word(line, length);

		at += 1 + length;
		if (memmem(line, length, " received:", 10))
			break; /* the next event: words of this one are missing */
		if (!word)
			continue;
		if (!append(ret, " ", 1))
			break;
		ret->joints[ret->n_joints++] = ret->size;
		if (!append(ret, word, WORD))
			break;
	}
	return ret->n_joints == XDC_EVENT_WORDS;
}
