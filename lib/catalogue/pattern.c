/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <ctype.h>
#include <errno.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/pattern.h"

enum {
	MATCH_LIMIT = 100000, /* steps: a line of ours takes some hundred */
	HEAP_LIMIT_KIB = 1024,
	USES_BEFORE_JIT = 64, /* compiling to machine code pays off only then */
};

/* Behind a group's "(": its end, or the end of the text. */
static const char *skip_group(const char *at)
{
	unsigned int depth = 1;

	for (; *at && depth; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')')
			depth--;
	}
	return at;
}

static const char *skip_class(const char *at)
{
	if (*at == '^')
		at++;
	if (*at == ']')
		at++;
	while (*at && *at != ']')
		at += at[0] == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : at;
}

/* The literal character at *@cursor, moved behind it; 0 for anything else, which is skipped. */
static char take_literal(const char **cursor)
{
	const char *at = *cursor;
	char c = *at++;

	switch (c) {
	case '\\':
		c = *at;
		if (c)
			at++;
		*cursor = at;
		return ispunct((unsigned char)c) ? c : '\0';
	case '(':
		*cursor = skip_group(at);
		return '\0';
	case '[':
		*cursor = skip_class(at);
		return '\0';
	case '{':
		*cursor = at + strcspn(at, "}") + (strchr(at, '}') ? 1 : 0);
		return '\0';
	case '^':
	case '$':
	case '.':
	case '*':
	case '+':
	case '?':
		*cursor = at;
		return '\0';
	default:
		*cursor = at;
		return c;
	}
}

/* Whether what stands before @at may be left out, or be there more than once. */
static bool is_quantified(const char *at)
{
	return *at && strchr("*+?{", *at);
}

/* Options within a pattern change what its letters mean; none of ours has any. */
static const char *unsupported(const char *text)
{
	for (const char *at = text; *at; at++) {
		if (*at == '\\' && at[1]) {
			if (at[1] == 'Q')
				return "\\Q is not taken here";
			at++;
		} else if (at[0] == '(' &&
			   (at[1] == '*' || (at[1] == '?' && at[2] && !strchr(":<=!>|", at[2])))) {
			return "options and callouts, (?i) or (*...), are not taken here";
		}
	}
	return NULL;
}

static const char *find_literal(const char *text, char **ret)
{
	xdc_autofree char *run = xdc_zalloc(strlen(text) + 1);
	char *longest = xdc_zalloc(strlen(text) + 1);
	const char *error = unsupported(text);
	size_t length = 0;

	for (const char *at = text; *at && !error;) {
		char c;

		if (*at == '|')
			error = "'|' outside a group: give a pattern for each alternative";
		c = take_literal(&at);
		if (c && !is_quantified(at)) {
			run[length++] = c;
			run[length] = '\0';
		} else {
			length = 0;
		}
		if (length > strlen(longest))
			strcpy(longest, run);
	}
	if (!error && strlen(longest) < XDC_LITERAL_MIN)
		error = "no literal text of at least 6 characters outside groups and classes";
	if (error)
		free(longest);
	else
		*ret = longest;
	return error;
}

struct xdc_pattern *xdc_pattern_new(const char *text, const char **ret_error)
{
	struct xdc_pattern *pattern;
	char *literal = NULL;

	*ret_error = find_literal(text, &literal);
	if (*ret_error)
		return NULL;
	pattern = xdc_zalloc(sizeof(*pattern));
	pattern->text = text;
	pattern->literal = literal;
	return pattern;
}

void xdc_pattern_free(struct xdc_pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_data_free(pattern->match_data);
	pcre2_code_free(pattern->code);
	free(pattern->literal);
	free(pattern);
}

static uint32_t name_count(const pcre2_code *code)
{
	uint32_t count = 0;

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
	return count;
}

int xdc_pattern_compile(struct xdc_pattern *pattern, char *error, size_t size)
{
	uint32_t shortcuts = pattern->without_shortcuts ? PCRE2_NO_START_OPTIMIZE : 0;
	PCRE2_SIZE offset;
	int number;

	if (pattern->code)
		return 0;
	pattern->code = pcre2_compile((PCRE2_SPTR)pattern->text, PCRE2_ZERO_TERMINATED,
				      PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C | shortcuts,
				      &number, &offset, NULL);
	if (!pattern->code) {
		PCRE2_UCHAR text[128] = "";

		pcre2_get_error_message(number, text, sizeof(text));
		snprintf(error, size, "at character %zu: %s", offset + 1, (const char *)text);
		return -EINVAL;
	}
	if (name_count(pattern->code) > XDC_CAPTURES_MAX) {
		snprintf(error, size, "more than %d named groups", XDC_CAPTURES_MAX);
		return -EINVAL;
	}
	pattern->match_data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	return pattern->match_data ? 0 : -ENOMEM;
}

/* One for all: it holds the limits. */
static pcre2_match_context *match_context(void)
{
	static pcre2_match_context *context;

	if (!context) {
		context = pcre2_match_context_create(NULL);
		pcre2_set_match_limit(context, MATCH_LIMIT);
		pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
	}
	return context;
}

static void take_captures(const struct xdc_pattern *pattern, const char *text,
			  struct xdc_captures *ret)
{
	const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern->match_data);
	uint32_t count = name_count(pattern->code), size = 0;
	PCRE2_SPTR table = NULL;

	ret->count = 0;
	ret->start = offsets[0];
	ret->end = offsets[1] < offsets[0] ? offsets[0] : offsets[1];
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	for (uint32_t i = 0; i < count; i++, table += size) {
		unsigned int group = (unsigned int)table[0] << 8 | table[1];
		PCRE2_SIZE from = offsets[2 * group], length = offsets[2 * group + 1] - from;

		if (from == PCRE2_UNSET)
			continue;
		if (length >= XDC_CAPTURE_BYTES)
			length = XDC_CAPTURE_BYTES - 1;
		ret->names[ret->count] = (const char *)table + 2;
		memcpy(ret->values[ret->count], text + from, length);
		ret->values[ret->count++][length] = '\0';
	}
}

enum xdc_match_result xdc_pattern_match(struct xdc_pattern *pattern, const char *text, size_t size,
					struct xdc_captures *ret)
{
	char error[256];
	int r;

	if (pattern->gave_up >= XDC_GIVE_UPS_MAX)
		return XDC_MATCH_GAVE_UP;
	if (xdc_pattern_compile(pattern, error, sizeof(error)) < 0)
		return XDC_MATCH_NONE;
	/* Where there is no executable memory to be had it goes on without. */
	if (++pattern->uses == USES_BEFORE_JIT)
		pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	if (size > XDC_LINE_MAX)
		size = XDC_LINE_MAX;
	r = pcre2_match(pattern->code, (PCRE2_SPTR)text, size, 0, 0, pattern->match_data,
			match_context());
	if (r > 0) {
		if (ret)
			take_captures(pattern, text, ret);
		return XDC_MATCH_FOUND;
	}
	if (r == PCRE2_ERROR_NOMATCH)
		return XDC_MATCH_NONE;
	pattern->gave_up++;
	return XDC_MATCH_GAVE_UP;
}

const char *xdc_capture_find(const struct xdc_captures *captures, const char *name)
{
	for (size_t i = 0; i < captures->count; i++)
		if (strcmp(captures->names[i], name) == 0)
			return captures->values[i];
	return NULL;
}
