/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "render/render.h"

static const char *text_or_null(const char *text)
{
	return text && *text ? text : NULL;
}

#define CELL(name, expression)                                                                     \
	static const char *cell_##name(struct xdc_arena *arena, const struct xdc_attribution *a)   \
	{                                                                                          \
		(void)arena;                                                                       \
		return text_or_null(expression);                                                   \
	}

CELL(name, a->device->name)
CELL(bus, a->device->bus)
CELL(driver, a->device->driver)
CELL(path, xdc_path_name(a->path))
CELL(basis, xdc_basis_name(a->basis))
CELL(verdict, xdc_verdict_name(a->verdict))
CELL(why, a->why)
CELL(probe, xdc_probe_name(a->device->probe))
CELL(dma, xdc_dma_name(a->device->dma))
CELL(dma_reason, a->device->dma_reason)
CELL(inferred, xdc_path_name(a->inferred_path))
CELL(observed, a->observed ? xdc_path_name(a->observed_path) : NULL)
CELL(own, xdc_memory_name(a->own_memory))
CELL(foreign, xdc_memory_name(a->foreign_pages))
CELL(via, a->device->dma_via ? a->device->dma_via->name : NULL)
CELL(iommu, a->device->iommu ? a->device->iommu->name : NULL)
CELL(node, a->device->of_node)
CELL(description, a->device->description)
CELL(devpath, xdc_text_escaped(arena, a->device->path, strlen(a->device->path)))
CELL(group_type, a->device->group_type)
CELL(coherent, a->device->observed.present && a->device->observed.coherent != XDC_UNKNOWN
		       ? (a->device->observed.coherent == XDC_YES ? "yes" : "no")
		       : NULL)
CELL(mask, a->device->dma_mask
		   ? xdc_arena_printf(arena, "0x%llx", (unsigned long long)a->device->dma_mask)
		   : NULL)

static const char *cell_mapped(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	const struct xdc_activity *activity = a->device->activity;

	return activity ? xdc_arena_printf(arena, "%.1f MiB",
					   (double)activity->counted.bytes / (1 << 20))
			: NULL;
}

static const char *cell_bounced(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	const struct xdc_activity *activity = a->device->activity;
	const double percent = activity ? xdc_bounced_percent(activity) : -1;

	return percent >= 0 ? xdc_arena_printf(arena, "%.0f%%", percent) : NULL;
}

static const char *cell_group(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	if (a->device->group < 0)
		return NULL;
	return xdc_arena_printf(arena, "%ld %s", a->device->group,
				a->device->group_type ? a->device->group_type : "?");
}

static const struct xdc_column columns[] = {
	{ "NAME", false, true, true, "the device, as its bus names it", cell_name },
	{ "BUS", false, true, true, "its bus", cell_bus },
	{ "DRIVER", false, true, true, "the driver that is bound", cell_driver },
	{ "PATH", false, true, false, "its DMA path", cell_path },
	{ "BASIS", false, true, false, "read from the kernel (observed), or inferred", cell_basis },
	{ "VERDICT", false, true, false, "whether that is right", cell_verdict },
	{ "GROUP", false, true, false, "its IOMMU group and the group's type", cell_group },
	{ "WHY", true, true, false, "the verdict in a few words", cell_why },
	{ "PROBE", false, false, false, "never, failed, deferred, bound, unbound", cell_probe },
	{ "DMA", false, false, false, "whether it masters DMA: yes, no, maybe", cell_dma },
	{ "DMA-BECAUSE", true, false, false, "what shows that", cell_dma_reason },
	{ "INFERRED", false, false, false, "the path that the rules give it", cell_inferred },
	{ "OBSERVED", false, false, false, "the path read from the kernel", cell_observed },
	{ "OWN", false, false, false, "how DMA to this domain's own memory fares", cell_own },
	{ "FOREIGN", false, false, false, "how DMA to guests' pages fares", cell_foreign },
	{ "VIA", false, false, true, "the device that does its DMA", cell_via },
	{ "IOMMU", false, false, true, "the IOMMU it is behind", cell_iommu },
	{ "GROUP-TYPE", false, false, false, "its IOMMU group's type", cell_group_type },
	{ "NODE", false, false, true, "its node in the device tree", cell_node },
	{ "MASK", false, false, false, "the addresses its DMA can reach", cell_mask },
	{ "COHERENT", false, false, false, "whether its DMA is cache-coherent", cell_coherent },
	{ "MAPPED", false, false, false, "what it mapped for DMA, with --watch", cell_mapped },
	{ "BOUNCED", false, false, false, "how much of that went through swiotlb's buffer",
	  cell_bounced },
	{ "DESCRIPTION", true, false, false, "what it is, from the udev database",
	  cell_description },
	{ "DEVPATH", false, false, true, "its directory below /sys", cell_devpath },
};

void xdc_columns_list(FILE *out)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(columns); i++)
		fprintf(out, "%12s  %s\n", columns[i].name, columns[i].help);
}

static const struct xdc_column *find_column(const char *name, size_t length)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(columns); i++)
		if (strlen(columns[i].name) == length &&
		    strncasecmp(columns[i].name, name, length) == 0)
			return &columns[i];
	return NULL;
}

struct selection {
	const struct xdc_column **items;
	size_t count;
};

static void select_column(struct selection *selection, const struct xdc_column *column)
{
	xdc_array_reserve((void **)&selection->items, selection->count, sizeof(*selection->items));
	selection->items[selection->count++] = column;
}

int xdc_columns_parse(const char *list, const struct xdc_column ***ret, size_t *ret_count,
		      char **ret_unknown)
{
	struct selection selection = { 0 };
	bool add = !list || *list == '+';

	for (size_t i = 0; add && i < XDC_ARRAY_SIZE(columns); i++)
		if (columns[i].by_default)
			select_column(&selection, &columns[i]);
	if (list && add)
		list++;
	while (list) {
		size_t length = strcspn(list, ",");
		const struct xdc_column *column = find_column(list, length);

		if (!column) {
			char *unknown = xdc_strdup(list);

			unknown[length] = '\0';
			*ret_unknown = unknown;
			free(selection.items);
			return -EINVAL;
		}
		select_column(&selection, column);
		list = list[length] ? list + length + 1 : NULL;
	}
	*ret = selection.items;
	*ret_count = selection.count;
	return 0;
}
