/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A pattern (PCRE2) that finds a message in a line. Lines are bytes, not UTF-8, and may be
 * hostile: every match has a limit. Each pattern must hold a literal, text that stands in
 * whatever it matches, so that lines without are never looked at.
 */
#ifndef XDC_PATTERN_H
#define XDC_PATTERN_H

#include "base/base.h"

enum {
	XDC_LITERAL_MIN = 6, /* shorter ones would be found everywhere */
	XDC_CAPTURES_MAX = 8,
	XDC_CAPTURE_BYTES = 64,
	XDC_GIVE_UPS_MAX = 16,
	XDC_LINE_MAX = 4096, /* no more of a line than this is matched at once */
};

/* What named groups have captured: cut where it is longer. */
struct xdc_captures {
	const char *names[XDC_CAPTURES_MAX]; /* of the pattern */
	char values[XDC_CAPTURES_MAX][XDC_CAPTURE_BYTES];
	size_t count;
	size_t start; /* of the match */
	size_t end;
};

struct xdc_pattern {
	const char *text;
	char *literal;
	void *code; /* compiled when it is first needed */
	void *match_data;
	unsigned int uses;
	unsigned int line;	/* of the entry's file */
	unsigned int gave_up;	/* how often a match exceeded its limit */
	bool without_shortcuts; /* no look ahead for what must be there: the worst case */
};

/*
 * The pattern @text, which must outlive it; the caller's. NULL where it holds no literal of
 * XDC_LITERAL_MIN characters outside groups, classes and alternatives, with why (static) in
 * *@ret_error.
 */
struct xdc_pattern *xdc_pattern_new(const char *text, const char **ret_error);
void xdc_pattern_free(struct xdc_pattern *pattern);

/* Compiles it; 0, or -EINVAL with what is wrong in @error. */
int xdc_pattern_compile(struct xdc_pattern *pattern, char *error, size_t size);

enum xdc_match_result {
	XDC_MATCH_NONE,
	XDC_MATCH_FOUND,
	XDC_MATCH_GAVE_UP, /* it would take longer than any line deserves */
};

/*
 * Whether it is in @text, at most XDC_LINE_MAX bytes of which are looked at. A pattern that has
 * given up XDC_GIVE_UPS_MAX times is not tried any more.
 */
enum xdc_match_result xdc_pattern_match(struct xdc_pattern *pattern, const char *text, size_t size,
					struct xdc_captures *ret);

/* The value of @name; NULL where it was not captured. */
const char *xdc_capture_find(const struct xdc_captures *captures, const char *name);

#endif
