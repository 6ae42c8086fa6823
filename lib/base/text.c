/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

size_t xdc_utf8_length(const char *text, size_t size)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t length;

	if (!size)
		return 0;
	if (s[0] < 0x80)
		return 1;
	/* The first byte gives the length; C0, C1 and F5 to FF begin nothing valid. */
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		length = 2;
	else if ((s[0] & 0xf0) == 0xe0)
		length = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		length = 4;
	else
		return 0;
	if (length > size)
		return 0;
	for (size_t i = 1; i < length; i++)
		if (!is_continuation(text[i]))
			return 0;
	/* Overlong forms, surrogates and code points beyond U+10FFFF. */
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return length;
}

/* A terminal may act on C1 controls (U+0080 to U+009F) as it does on an escape sequence. */
static bool is_printable(const char *text, size_t length)
{
	const unsigned char *s = (const unsigned char *)text;

	if (length == 1)
		return s[0] >= 0x20 && s[0] != 0x7f && s[0] != '\\';
	/* Embeddings, overrides and isolates (U+202A to E, U+2066 to 9) show text in another order.
	 */
	if (length == 3 && s[0] == 0xe2 &&
	    ((s[1] == 0x80 && s[2] >= 0xaa && s[2] <= 0xae) ||
	     (s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9)))
		return false;
	return length > 2 || s[0] != 0xc2 || s[1] >= 0xa0;
}

void xdc_text_escape(FILE *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size;) {
		size_t length = xdc_utf8_length(text + i, size - i);

		if (length && is_printable(text + i, length)) {
			fwrite(text + i, 1, length, out);
			i += length;
		} else {
			if (text[i] == '\\')
				fputs("\\\\", out);
			else
				fprintf(out, "\\x%02x", (unsigned char)text[i]);
			i++;
		}
	}
}

/* Printable ASCII without a backslash. */
static bool is_plain(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if ((unsigned char)text[i] >= 0x80 || !is_printable(text + i, 1))
			return false;
	return true;
}

char *xdc_text_escaped(struct xdc_arena *arena, const char *text, size_t size)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	char *copy;
	FILE *out;

	/* A stream takes longer than the rest of what reads a device, and nearly all is plain. */
	if (is_plain(text, size))
		return xdc_arena_memdup(arena, text, size);
	out = xdc_open_text(&buffer, &length);
	xdc_text_escape(out, text, size);
	fclose(out);
	copy = xdc_arena_memdup(arena, buffer, length);
	return copy;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int xdc_text_unescape(char *text, size_t *ret_size)
{
	char *to = text;

	for (const char *from = text; *from;) {
		if (*from != '\\') {
			*to++ = *from++;
		} else if (from[1] == '\\') {
			*to++ = '\\';
			from += 2;
		} else if (from[1] == 'x' && hex_digit(from[2]) >= 0 && hex_digit(from[3]) >= 0) {
			*to++ = (char)(hex_digit(from[2]) * 16 + hex_digit(from[3]));
			from += 4;
		} else {
			return -EINVAL;
		}
	}
	*to = '\0';
	if (ret_size)
		*ret_size = (size_t)(to - text);
	return 0;
}

char *xdc_text_first_line(char *text)
{
	size_t length = strcspn(text, "\n");

	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	text[length] = '\0';
	return text;
}

char *xdc_text_next_line(char **cursor)
{
	char *line = *cursor;
	size_t length;

	if (!line || !*line)
		return NULL;
	length = strcspn(line, "\n");
	*cursor = line + length + (line[length] == '\n');
	line[length] = '\0';
	return line;
}

char *xdc_text_time(struct xdc_arena *arena, int64_t seconds)
{
	time_t time = (time_t)seconds;
	struct tm utc;
	char text[64];

	/* It has 32 bits on 32-bit Arm. */
	if (seconds < 0 || (int64_t)time != seconds || !gmtime_r(&time, &utc))
		return NULL;
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	return xdc_arena_strdup(arena, text);
}

bool xdc_text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool xdc_text_ends_with(const char *text, const char *suffix)
{
	size_t length = strlen(text), tail = strlen(suffix);

	return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

bool xdc_text_has_word(const char *list, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = list; *at;) {
		size_t length = strcspn(at, " \t\n");

		if (length == size && strncmp(at, word, size) == 0)
			return true;
		at += length;
		at += strspn(at, " \t\n");
	}
	return false;
}

int xdc_number_parse(const char *text, int base, uint64_t *ret)
{
	unsigned long long value;
	char *end;

	/* strtoull() would take white space and a sign. */
	if (!isxdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	value = strtoull(text, &end, base);
	if (errno)
		return -errno;
	if (*end || end == text)
		return -EINVAL;
	*ret = value;
	return 0;
}
