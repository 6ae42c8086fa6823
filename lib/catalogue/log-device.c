/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "catalogue/log-text.h"

/* "0000:00:02.0" at @at; 0 or its length. */
static size_t function_at(const char *line, size_t at, size_t size)
{
	static const char form[] = "xxxx:xx:xx.x";
	const size_t length = sizeof(form) - 1;

	if (size - at < length || (at && isxdigit((unsigned char)line[at - 1])))
		return 0;
	for (size_t i = 0; i < length; i++)
		if (form[i] == 'x' ? !isxdigit((unsigned char)line[at + i])
				   : line[at + i] != form[i])
			return 0;
	return length;
}

/* Behind "[   12.345] ", "kernel: " or the numbers of /dev/kmsg: where a message begins. */
static size_t message_start(const char *line, size_t size)
{
	const char *end = memchr(line, ';', size < 64 ? size : 64);

	if (size && isdigit((unsigned char)*line) && end)
		return (size_t)(end - line) + 1;
	end = memmem(line, size < 120 ? size : 120, "] ", 2);
	return end ? (size_t)(end - line) + 2 : 0;
}

static bool has_digit(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (isdigit((unsigned char)text[i]))
			return true;
	return false;
}

static size_t word_length(const char *text, size_t size)
{
	const char *end = memchr(text, ' ', size);

	return end ? (size_t)(end - text) : size;
}

size_t xdc_log_device(const char *line, size_t size, const char **ret)
{
	size_t at, length;

	for (const char *colon = line; (colon = memchr(colon, ':', size - (size_t)(colon - line)));
	     colon++) {
		at = (size_t)(colon - line);
		length = at >= 4 ? function_at(line, at - 4, size) : 0;
		if (length) {
			*ret = colon - 4;
			return length;
		}
	}
	at = message_start(line, size);
	if (!at)
		return 0;
	length = word_length(line + at, size - at);
	if (at + length + 1 >= size || !length || line[at + length - 1] == ':')
		return 0;
	at += length + 1;
	length = word_length(line + at, size - at);
	if (length < 2 || line[at + length - 1] != ':' || !has_digit(line + at, length - 1))
		return 0;
	*ret = line + at;
	return length - 1;
}
