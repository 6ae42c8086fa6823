/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A message that was broken into lines on its way, made one again. */
#ifndef XDC_LOG_JOIN_H
#define XDC_LOG_JOIN_H

#include "base/base.h"

enum {
	XDC_JOINED_LINES = 4,
	XDC_JOINED_MAX = 2048,
};

struct xdc_log_joined {
	char text[XDC_JOINED_MAX];
	size_t size;
	size_t joints[XDC_JOINED_LINES - 1]; /* where the second line and later ones begin */
	size_t n_joints;
};

/*
 * Joins the first line of @text with those behind it that do not begin a message, with a
 * blank between (mail) or nothing (a terminal). False where nothing is to be joined.
 */
bool xdc_log_join(const char *text, size_t size, bool blank, struct xdc_log_joined *ret);

#endif
