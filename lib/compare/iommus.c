/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "compare/compare.h"

static struct xdc_named *list(const struct xdc_model *model)
{
	struct xdc_named *named = xdc_zalloc(model->n_iommus * sizeof(*named));

	for (size_t i = 0; i < model->n_iommus; i++)
		named[i] = (struct xdc_named){ model->iommus[i].name, &model->iommus[i] };
	return named;
}

static struct xdc_value owner(const struct xdc_iommu *iommu)
{
	return xdc_value_text(iommu->owner == XDC_OWNER_UNKNOWN ? NULL
								: xdc_owner_name(iommu->owner));
}

static void compare_fields(const struct xdc_comparison *c, const struct xdc_iommu *before,
			   const struct xdc_iommu *after, struct xdc_fields *fields)
{
	/* Whether a driver has it is told by either. */
	static const char *const keys[] = { "class:iommu", "devicetree", NULL };
	const struct xdc_unread unread = xdc_compare_unread(c, keys);
	struct xdc_field_change changes[] = {
		{ "owner", "owner", owner(before), owner(after), unread },
		{ "driver", "driver", xdc_value_text(before->driver), xdc_value_text(after->driver),
		  unread },
		{ "compatible", "compatible", xdc_value_text(before->compatible),
		  xdc_value_text(after->compatible), unread },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(changes); i++)
		xdc_fields_add(fields, &changes[i]);
}

static void pair_iommus(void *arg, const void *before, const void *after)
{
	static const char *const keys[] = { "class:iommu", "devicetree", NULL };
	struct xdc_comparison *c = arg;
	struct xdc_iommu_change change = { .before = before, .after = after };

	if (before && after)
		compare_fields(c, before, after, &change.change.fields);
	else
		change.change.unread = xdc_compare_unread(c, keys);
	xdc_change_settle(&change.change, before, after, &c->of_iommus);
	if (change.change.kind == XDC_SAME)
		return;
	xdc_array_reserve((void **)&c->iommus, c->n_iommus, sizeof(*c->iommus));
	c->iommus[c->n_iommus++] = change;
}

void xdc_compare_iommus(struct xdc_comparison *c)
{
	const struct xdc_model *before = c->before->model, *after = c->after->model;
	xdc_autofree struct xdc_named *x = list(before), *y = list(after);

	xdc_pair(x, before->n_iommus, y, after->n_iommus, pair_iommus, c);
}
