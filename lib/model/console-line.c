/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which lines of the console are the hypervisor's own: see console.h for who can write there. */
#include <string.h>

#include "model/console.h"

enum {
	PREFIX_MAX = 128, /* what syslog puts in front */
	TIME_MAX = 32,
};

static const char XEN[] = "(XEN) ";

/*
 * The length of "[2026-03-01 12:00:00] ", "[   88.116441] " or "[00000012a05f2000] " at @text
 * (printk_start_of_line()), 0 where there is no such thing.
 */
static size_t time_length(const char *text)
{
	size_t length = *text == '[' ? strspn(text + 1, "0123456789abcdef-:. ") : 0;

	return length && length < TIME_MAX && xdc_text_starts_with(text + 1 + length, "] ")
		       ? length + strlen("[] ")
		       : 0;
}

/* xenconsoled's "[2026-03-01 12:00:00] "; a kernel's "[    1.234567] " is none. */
static bool is_logged_time(const char *line, size_t length)
{
	return length > strlen("[2026-") && time_length(line) == length && line[5] == '-';
}

static bool is_syslog(const char *line, size_t length)
{
	static const char word[] = "hypervisor: ";

	return length <= PREFIX_MAX && length >= strlen(word) &&
	       strncmp(line + length - strlen(word), word, strlen(word)) == 0;
}

/* What stands between the brackets, without the blanks in front. */
static const char *time_text(struct xdc_arena *arena, const char *text, size_t length)
{
	const char *begin = text + 1, *end = text + length - strlen("] ");

	begin += strspn(begin, " ");
	return begin < end ? xdc_arena_memdup(arena, begin, (size_t)(end - begin)) : "";
}

/* The first parenthesis is Xen's, or it is "(d1) ": behind that, a guest writes what it likes. */
const char *xdc_console_own_text(struct xdc_arena *arena, const char *line, const char **ret_since)
{
	const char *xen = strchr(line, '(');
	size_t prefix = xen ? (size_t)(xen - line) : 0;
	bool logged = is_logged_time(line, prefix);
	size_t length;

	if (!xen || !xdc_text_starts_with(xen, XEN) ||
	    (prefix && !logged && !is_syslog(line, prefix)))
		return NULL;
	xen += strlen(XEN);
	length = time_length(xen);
	*ret_since = length   ? time_text(arena, xen, length)
		     : logged ? time_text(arena, line, prefix)
			      : "";
	return xen + length;
}

const char *xdc_console_last_boot(struct xdc_arena *arena, const char *text, const char *version)
{
	const char *start = NULL;

	for (const char *line = text; line; line = strchr(line, '\n')) {
		size_t length;
		const char *since, *own;

		line += *line == '\n';
		length = strcspn(line, "\n");
		/* Cheaper than to copy each line. */
		if (!memmem(line, length, XDC_CONSOLE_START, strlen(XDC_CONSOLE_START)))
			continue;
		own = xdc_console_own_text(arena, xdc_arena_memdup(arena, line, length), &since);
		if (!own || !xdc_text_starts_with(own, XDC_CONSOLE_START))
			continue;
		own += strlen(XDC_CONSOLE_START);
		start = !version || (xdc_text_starts_with(own, version) &&
				     strchr(" .", own[strlen(version)]))
				? line
				: NULL;
	}
	return start;
}
