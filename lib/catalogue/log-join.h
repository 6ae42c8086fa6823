/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A message that was broken into lines on its way, made one again. */
#ifndef XDC_LOG_JOIN_H
#define XDC_LOG_JOIN_H

#include "base/base.h"

enum {
	XDC_JOINED_LINES = 4,
	XDC_EVENT_WORDS = 4,
	XDC_EVENT_LINES = 16, /* behind which the last word of an event is looked for */
	XDC_JOINED_MAX = 2048,
};

struct xdc_log_joined {
	char text[XDC_JOINED_MAX];
	size_t size;
	size_t joints[XDC_EVENT_WORDS]; /* where the second line and later ones begin */
	size_t n_joints;
};

/*
 * Joins the first line of @text with those behind it that do not begin a message, with a
 * blank between (mail) or nothing (a terminal). False where nothing is to be joined.
 */
bool xdc_log_join(const char *text, size_t size, bool blank, struct xdc_log_joined *ret);

/*
 * Joins "event 0x10 received:" of an SMMUv3 with its four words, one behind a blank for each;
 * other lines may stand between. False where they are not all there.
 */
bool xdc_log_join_event(const char *text, size_t size, struct xdc_log_joined *ret);

#endif
