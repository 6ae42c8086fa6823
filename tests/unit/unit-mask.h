/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What masking makes of one record. */
#ifndef XDC_UNIT_MASK_H
#define XDC_UNIT_MASK_H

#include "unit.h"

#include "bundle/redact.h"

/* The data of the record @key of the masked @evidence, which it takes over; the caller's. */
char *masked_of(struct xdc_evidence *evidence, const char *key, bool guest_console);

/* A record @key with @text becomes @expected; with @evidence, which it takes over, beside it. */
void assert_masked(const char *key, const char *text, const char *expected);
void assert_masked_with(struct xdc_evidence *evidence, const char *key, const char *text,
			const char *expected);

#endif
