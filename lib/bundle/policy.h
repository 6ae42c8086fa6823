/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which function masks which record. */
#ifndef XDC_POLICY_H
#define XDC_POLICY_H

#include "bundle/mask.h"

struct xdc_policy {
	struct xdc_redact_policy is;
	xdc_mask_fn *mask;
};

/* NULL: no policy knows the key. */
const struct xdc_policy *xdc_policy_of(const char *key);

/* What a bundle that is not masked shows, in a few words. Static. */
const char *xdc_mask_unmasked(enum xdc_mask kind);

#endif
