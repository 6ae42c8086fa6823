/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds any of many literals in one pass over a text (Wu and Manber 1994: blocks of three
 * bytes say how far to move on). The cost hardly grows with the number of literals.
 */
#ifndef XDC_SCAN_H
#define XDC_SCAN_H

#include "base/base.h"

struct xdc_scanner;

/*
 * For @count literals of at least XDC_LITERAL_MIN bytes (pattern.h), which must outlive it;
 * the caller's.
 */
struct xdc_scanner *xdc_scanner_new(const char *const *literals, size_t count);
void xdc_scanner_free(struct xdc_scanner *scanner);

/* Calls @found for each place where a literal ends, in the order of places. */
typedef void xdc_found_fn(void *arg, size_t literal, size_t end);
void xdc_scanner_run(const struct xdc_scanner *scanner, const char *text, size_t size,
		     xdc_found_fn *found, void *arg);

#endif
