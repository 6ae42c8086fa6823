/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "helper/xlcfg.h"

struct scan {
	const char *at;
	const char *end;
	unsigned int line;
	unsigned int depth; /* of brackets */
};

/* Behind the string that begins at @scan->at; a backslash takes the next character along. */
static void skip_string(struct scan *scan)
{
	char quote = *scan->at++;

	while (scan->at < scan->end && *scan->at != quote) {
		if (*scan->at == '\\' && scan->at + 1 < scan->end)
			scan->at++;
		scan->line += *scan->at == '\n';
		scan->at++;
	}
	if (scan->at < scan->end)
		scan->at++;
}

static void skip_comment(struct scan *scan)
{
	while (scan->at < scan->end && *scan->at != '\n')
		scan->at++;
}

static bool in_word(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '.' || c == '_';
}

/* Whether an assignment follows the word that ends at @scan->at. */
static bool assigns(const struct scan *scan, bool *ret_added)
{
	const char *at = scan->at;

	while (at < scan->end && (*at == ' ' || *at == '\t'))
		at++;
	*ret_added = at + 1 < scan->end && at[0] == '+' && at[1] == '=';
	return *ret_added || (at < scan->end && *at == '=');
}

/* Takes the word at @scan->at; whether it is a key, which then is in *@ret. */
static bool take_word(struct scan *scan, struct xdc_xlcfg_name *ret)
{
	const char *begin = scan->at;
	size_t length;

	while (scan->at < scan->end && in_word(*scan->at))
		scan->at++;
	length = (size_t)(scan->at - begin);
	if (length >= sizeof(ret->name))
		length = sizeof(ret->name) - 1;
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->name, begin, length);
	ret->line = scan->line;
	return !scan->depth && assigns(scan, &ret->added);
}

size_t xdc_xlcfg_names(const char *text, size_t size, struct xdc_xlcfg_name *ret, size_t max)
{
	struct scan scan = { .at = text, .end = text + size, .line = 1 };
	size_t count = 0;

	while (scan.at < scan.end) {
		struct xdc_xlcfg_name name;
		char c = *scan.at;

		if (c == '\'' || c == '"') {
			skip_string(&scan);
		} else if (c == '#') {
			skip_comment(&scan);
		} else if (islower((unsigned char)c)) {
			if (take_word(&scan, &name) && count < max)
				ret[count] = name, count++;
			else if (count == max)
				return count;
		} else {
			scan.line += c == '\n';
			scan.depth += c == '[';
			scan.depth -= c == ']' && scan.depth;
			scan.at++;
		}
	}
	return count;
}
