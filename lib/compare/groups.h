/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* IOMMU groups by who is in them, see groups.c. */
#ifndef XDC_GROUPS_H
#define XDC_GROUPS_H

#include "compare/compare.h"

struct xdc_groups;

/* The groups of @model, of the devices that @other has too; the caller's. */
struct xdc_groups *xdc_groups_new(const struct xdc_model *model, const struct xdc_model *other);
void xdc_groups_free(struct xdc_groups *groups);

/* The first by path of those in the group of @device, which may be it; NULL: it is in none. */
const struct xdc_device *xdc_groups_first(const struct xdc_groups *groups,
					  const struct xdc_device *device);

#endif
