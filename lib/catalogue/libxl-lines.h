/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where each message of libxl stands in its source, release by release (tags RELEASE-4.11.0 to
 * 4.22.0): libxl prints that place, so its lines tell which releases can have written them.
 * Distributions that patch a file move its lines by a few: such an answer says so.
 */
#ifndef XDC_LIBXL_LINES_H
#define XDC_LIBXL_LINES_H

#include "base/base.h"

enum { XDC_LIBXL_RELEASES_MAX = 96 };

/* Releases, and how far from where theirs stand the lines are that were seen. */
struct xdc_libxl_releases {
	unsigned int n_lines;			   /* that are known */
	unsigned char off[XDC_LIBXL_RELEASES_MAX]; /* the farthest of all lines; 255: not in it */
};

/*
 * Takes in the message that @text (a line of a log) holds: "libxl_create.c:720:
 * libxl__domain_make: Domain 3:domain creation fail". One that is not known changes nothing.
 */
void xdc_libxl_releases_add(struct xdc_libxl_releases *releases, const char *text, size_t size);

struct xdc_libxl_answer {
	const char *text;   /* "4.18.x", "4.18.0 to 4.19.6"; NULL: it cannot be told */
	unsigned int major; /* where all are of one MAJOR.MINOR, else 0 */
	unsigned int minor;
	unsigned int off; /* 0: lines stand exactly there; else a patched build, by so many */
};

/* Which releases wrote them; text is static or of @arena. */
struct xdc_libxl_answer xdc_libxl_releases_answer(struct xdc_arena *arena,
						  const struct xdc_libxl_releases *releases);

#endif
