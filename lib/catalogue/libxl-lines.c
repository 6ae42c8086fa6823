/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/libxl-lines.h"

enum {
	NOT_THERE = 255,
	/* Debian's 4.17 is two lines off in libxl_create.c; releases differ by five and more. */
	OFF_MAX = 3,
};

/* One line number of one message, in a range of releases. Sorted by message. */
struct range {
	uint16_t message;
	uint16_t line;
	uint8_t first;
	uint8_t last;
};

/* libxl_releases[], libxl_messages[] ("FILE:FUNCTION: TEXT", sorted) and libxl_ranges[]. */
#include "libxl-lines.inc"

_Static_assert(XDC_ARRAY_SIZE(libxl_releases) <= XDC_LIBXL_RELEASES_MAX, "too many releases");

/* What a line of libxl's says of its place: "libxl_create.c:720:libxl__domain_make: ...". */
struct place {
	char name[256];	     /* "FILE:FUNCTION: TEXT" */
	size_t function_end; /* behind "FILE:FUNCTION: " */
	unsigned int line;
};

/* Copies a word of letters, digits, "_" and "."; returns its end, NULL where it is too long. */
static const char *take_word(const char *at, const char *end, char *word, size_t size)
{
	size_t length = 0;

	while (at < end && (isalnum((unsigned char)*at) || *at == '_' || *at == '.')) {
		if (length + 1 == size)
			return NULL;
		word[length++] = *at++;
	}
	word[length] = '\0';
	return at;
}

/* Behind "Domain 3:", which newer releases put before a message. */
static const char *skip_domain(const char *at, const char *end)
{
	const char *digits = at + strlen("Domain ");

	if (end - at < 9 || memcmp(at, "Domain ", strlen("Domain ")) != 0)
		return at;
	while (digits < end && isdigit((unsigned char)*digits))
		digits++;
	return digits < end && *digits == ':' ? digits + 1 : at;
}

static bool read_place(const char *text, size_t size, struct place *ret)
{
	const char *at = memmem(text, size, "libxl", 5), *end = text + size;
	char file[40], number[8], function[64];

	/* The first is libxl's name: "libxl: error: libxl_create.c:...". */
	while (at && end - at > 6 && at[5] != '_' && at[5] != '.')
		at = memmem(at + 5, (size_t)(end - at) - 5, "libxl", 5);
	at = at ? take_word(at, end, file, sizeof(file)) : NULL;
	if (!at || at == end || *at != ':')
		return false;
	at = take_word(at + 1, end, number, sizeof(number));
	if (!at || at == end || *at != ':')
		return false;
	at = take_word(at + 1, end, function, sizeof(function));
	if (!at || end - at < 2 || *at != ':')
		return false;
	at = skip_domain(at + 2, end);
	ret->line = (unsigned int)strtoul(number, NULL, 10);
	ret->function_end =
		(size_t)snprintf(ret->name, sizeof(ret->name), "%s:%s: ", file, function);
	snprintf(ret->name + ret->function_end, sizeof(ret->name) - ret->function_end, "%.*s",
		 (int)(end - at < 120 ? end - at : 120), at);
	return true;
}

/*
 * The longest message that @place's text begins with; -1: none. Those that it can begin with
 * stand before it in the order, all with the same function.
 */
static long find_message(const struct place *place)
{
	size_t low = 0, high = XDC_ARRAY_SIZE(libxl_messages);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(libxl_messages[middle], place->name) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low-- > 0) {
		if (xdc_text_starts_with(place->name, libxl_messages[low]))
			return (long)low;
		if (strncmp(libxl_messages[low], place->name, place->function_end) != 0)
			break;
	}
	return -1;
}

static size_t first_range(long message)
{
	size_t low = 0, high = XDC_ARRAY_SIZE(libxl_ranges);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (libxl_ranges[middle].message < message)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static unsigned char distance(unsigned int a, unsigned int b)
{
	unsigned int d = a < b ? b - a : a - b;

	return (unsigned char)(d < NOT_THERE ? d : NOT_THERE);
}

void xdc_libxl_releases_add(struct xdc_libxl_releases *releases, const char *text, size_t size)
{
	unsigned char off[XDC_ARRAY_SIZE(libxl_releases)];
	struct place place;
	long message;

	if (!read_place(text, size, &place))
		return;
	message = find_message(&place);
	if (message < 0)
		return;
	memset(off, NOT_THERE, sizeof(off));
	for (size_t i = first_range(message);
	     i < XDC_ARRAY_SIZE(libxl_ranges) && libxl_ranges[i].message == message; i++) {
		unsigned char d = distance(libxl_ranges[i].line, place.line);

		/* A message may stand in a function more than once. */
		for (size_t r = libxl_ranges[i].first; r <= libxl_ranges[i].last; r++)
			if (d < off[r])
				off[r] = d;
	}
	for (size_t i = 0; i < sizeof(off); i++)
		if (off[i] > releases->off[i])
			releases->off[i] = off[i];
	releases->n_lines++;
}

static bool is_in(const struct xdc_libxl_releases *releases, size_t index, unsigned int off)
{
	return index < XDC_ARRAY_SIZE(libxl_releases) && releases->off[index] == off;
}

/* "4.17.5 to 4.17.7, 4.18.3 to 4.22.0" */
static const char *ranges_text(struct xdc_arena *arena, const struct xdc_libxl_releases *releases,
			       unsigned int off)
{
	const char *text = "";

	for (size_t i = 0; i < XDC_ARRAY_SIZE(libxl_releases); i++) {
		size_t last = i;

		if (!is_in(releases, i, off))
			continue;
		while (is_in(releases, last + 1, off))
			last++;
		text = xdc_arena_printf(arena, "%s%s%s%s%s", text, *text ? ", " : "",
					libxl_releases[i], i == last ? "" : " to ",
					i == last ? "" : libxl_releases[last]);
		i = last;
	}
	return text;
}

struct xdc_libxl_answer xdc_libxl_releases_answer(struct xdc_arena *arena,
						  const struct xdc_libxl_releases *releases)
{
	struct xdc_libxl_answer answer = { .off = NOT_THERE };
	size_t first = 0, last = 0;
	unsigned int a[2], b[2];

	for (size_t i = 0; i < XDC_ARRAY_SIZE(libxl_releases); i++) {
		if (releases->off[i] < answer.off) {
			answer.off = releases->off[i];
			first = i;
		}
		if (releases->off[i] == answer.off)
			last = i;
	}
	if (!releases->n_lines || answer.off > OFF_MAX ||
	    sscanf(libxl_releases[first], "%u.%u", &a[0], &a[1]) != 2 ||
	    sscanf(libxl_releases[last], "%u.%u", &b[0], &b[1]) != 2)
		return answer;
	answer.text = ranges_text(arena, releases, answer.off);
	if (a[0] != b[0] || a[1] != b[1])
		return answer;
	answer.major = a[0];
	answer.minor = a[1];
	if (first != last)
		answer.text = xdc_arena_printf(arena, "%u.%u.x", a[0], a[1]);
	return answer;
}
