/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds any of many words in a text in one pass (Aho and Corasick, 1975), so that masking
 * hundreds of names in megabytes of logs costs the text once and not once for each name.
 */
#ifndef XDC_MATCHER_H
#define XDC_MATCHER_H

#include "base/base.h"

/* How a word has to stand in the text; letters are compared without regard to case. */
enum xdc_match_flags {
	XDC_MATCH_BEGIN = 1, /* no letter or digit before it */
	XDC_MATCH_END = 2,   /* none behind it */
	XDC_MATCH_WORD = XDC_MATCH_BEGIN | XDC_MATCH_END,
	XDC_MATCH_CASE = 4, /* with regard to case */
	XDC_MATCH_HEX = 8,  /* no hexadecimal digit before or behind it */
};

struct xdc_match {
	size_t start;
	size_t end;
	const void *what; /* as given to xdc_matcher_add() */
};

struct xdc_matcher;

struct xdc_matcher *xdc_matcher_new(void);
void xdc_matcher_free(struct xdc_matcher *matcher);

/*
 * Adds a word, which is copied. Returns false where there is no room for more: 4 million
 * bytes in all. Not after xdc_matcher_build().
 */
bool xdc_matcher_add(struct xdc_matcher *matcher, const char *word, size_t size, unsigned int flags,
		     const void *what);
void xdc_matcher_build(struct xdc_matcher *matcher);

/*
 * The words in @text, each the first and then the longest that begins there, none overlapping
 * another; of two that are written alike the one added first. *@ret is the caller's.
 */
size_t xdc_matcher_find(const struct xdc_matcher *matcher, const char *text, size_t size,
			struct xdc_match **ret);

/* Whether a word may begin at @at: what is before is no letter or digit, or an escape, "\x09". */
bool xdc_word_begins(const char *text, size_t at);

#endif
