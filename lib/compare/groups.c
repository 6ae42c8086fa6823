/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * IOMMU groups. Their numbers are given in the order of probing, so another boot or kernel may
 * number the same groups otherwise. A group is who is in it, of the devices that both machines
 * have, and goes by the first of them: the groups are the same where for each device that one is.
 */
#include <stdlib.h>
#include <string.h>

#include "compare/groups.h"

struct group {
	long number;
	const struct xdc_device *first;
};

struct xdc_groups {
	struct group *items; /* by number */
	size_t count;
};

static int by_number_and_path(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return strcmp(x->first->path, y->first->path);
}

/* Leaves the first of each number. */
static void drop_others(struct xdc_groups *groups)
{
	size_t kept = 0;

	for (size_t i = 0; i < groups->count; i++)
		if (!kept || groups->items[kept - 1].number != groups->items[i].number)
			groups->items[kept++] = groups->items[i];
	groups->count = kept;
}

struct xdc_groups *xdc_groups_new(const struct xdc_model *model, const struct xdc_model *other)
{
	struct xdc_groups *groups = xdc_zalloc(sizeof(*groups));

	groups->items = xdc_zalloc(model->n_devices * sizeof(*groups->items));
	for (size_t i = 0; i < model->n_devices; i++) {
		const struct xdc_device *device = &model->devices[i];

		if (device->group >= 0 && xdc_model_device(other, device->path))
			groups->items[groups->count++] = (struct group){ device->group, device };
	}
	if (groups->count)
		qsort(groups->items, groups->count, sizeof(*groups->items), by_number_and_path);
	drop_others(groups);
	return groups;
}

void xdc_groups_free(struct xdc_groups *groups)
{
	free(groups->items);
	free(groups);
}

static int by_number(const void *key, const void *group)
{
	long wanted = *(const long *)key, number = ((const struct group *)group)->number;

	return (wanted > number) - (wanted < number);
}

const struct xdc_device *xdc_groups_first(const struct xdc_groups *groups,
					  const struct xdc_device *device)
{
	const struct group *found = NULL;

	if (groups->count)
		found = bsearch(&device->group, groups->items, groups->count,
				sizeof(*groups->items), by_number);
	return found ? found->first : NULL;
}
