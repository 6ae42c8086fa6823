/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * dma-ranges: what part of memory a bus lets its devices reach, and at which address. Asked as
 * of_dma_get_range() (drivers/of/address.c) and of_dma_configure_id() (drivers/of/device.c) do,
 * Linux 5.10 to 7.1.
 */
#include <string.h>

#include "model/model.h"

/* The last two cells of @width, 0 with none: PCI's address has flags before them. */
static uint64_t number(const uint32_t *cells, uint32_t width)
{
	uint64_t high = width > 1 ? cells[width - 2] : 0;

	return width ? high << 32 | cells[width - 1] : 0;
}

const struct xdc_dma_range *xdc_dma_ranges_parse(struct xdc_arena *arena, const uint32_t *cells,
						 size_t count, const uint32_t widths[3],
						 size_t *ret_count)
{
	enum { WIDTH_MAX = 4 };
	struct xdc_dma_range *ranges;
	size_t width;

	*ret_count = 0;
	for (size_t i = 0; i < 3; i++)
		if (widths[i] > WIDTH_MAX)
			return NULL;
	width = widths[0] + widths[1] + widths[2];
	if (!width || !count || count % width)
		return NULL;
	ranges = xdc_arena_alloc(arena, count / width * sizeof(*ranges));
	for (; count; count -= width, cells += width) {
		struct xdc_dma_range range = {
			.bus = number(cells, widths[0]),
			.memory = number(cells + widths[0], widths[1]),
			.size = number(cells + widths[0] + widths[1], widths[2]),
		};

		/* One that ends behind the last address there is says nothing. */
		if (range.size && range.bus + (range.size - 1) >= range.bus &&
		    range.memory + (range.size - 1) >= range.memory)
			ranges[(*ret_count)++] = range;
	}
	return *ret_count ? ranges : NULL;
}

/* Cuts the last name off @path: "/soc/mmc" to "/soc", "/soc" to "/"; false for the root. */
static bool go_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash || !slash[1])
		return false;
	slash[slash == path] = '\0';
	return true;
}

/* The first bus may have no dma-ranges at all; above it, one without ends the search. */
const struct xdc_dt_node *xdc_devicetree_dma_bus(const struct xdc_devicetree *tree,
						 const char *path)
{
	xdc_autofree char *at = xdc_strdup(path);
	bool first = true;

	do {
		const struct xdc_dt_node *node = xdc_devicetree_find(tree, at);

		if (node && node->n_dma_ranges)
			return node;
		if (!first && !(node && node->has_dma_ranges))
			return NULL;
		first = false;
	} while (go_up(at));
	return NULL;
}

/* A platform device's bus is its parent in the tree; a PCI function's is its host bridge. */
static const struct xdc_dt_node *bus_of(const struct xdc_devicetree *tree,
					const struct xdc_device *device)
{
	const struct xdc_device *bearer = xdc_device_bearer(device);
	xdc_autofree char *path = NULL;

	if (!bearer || !bearer->of_node || device->has_dma_configure != XDC_YES)
		return NULL;
	path = xdc_strdup(bearer->of_node);
	if (bearer == device && !go_up(path))
		return NULL;
	return xdc_devicetree_dma_bus(tree, path);
}

void xdc_model_read_dma_ranges(struct xdc_model *model)
{
	for (size_t i = 0; model->devicetree && i < model->n_devices; i++) {
		struct xdc_device *device = &model->devices[i];
		const struct xdc_dt_node *bus = bus_of(model->devicetree, device);

		if (!bus)
			continue;
		device->bus_ranges = bus->dma_ranges;
		device->n_bus_ranges = bus->n_dma_ranges;
	}
}

uint64_t xdc_device_bus_limit(const struct xdc_device *device)
{
	uint64_t limit = 0;

	if (device->observed.present)
		return device->observed.bus_dma_limit;
	for (size_t i = 0; i < device->n_bus_ranges; i++) {
		const struct xdc_dma_range *range = &device->bus_ranges[i];
		uint64_t last = range->bus + (range->size - 1);

		limit = last > limit ? last : limit;
	}
	return limit;
}

uint64_t xdc_device_reach(const struct xdc_device *device)
{
	uint64_t mask = device->dma_mask, limit = device->observed.bus_dma_limit, reach = 0;

	if (limit && (!mask || limit < mask))
		mask = limit;
	if (!device->n_bus_ranges)
		return device->dma_mask ? mask : 0;
	mask = mask ? mask : UINT64_MAX;
	for (size_t i = 0; i < device->n_bus_ranges; i++) {
		const struct xdc_dma_range *range = &device->bus_ranges[i];
		uint64_t span = range->size - 1, last;

		if (range->bus > mask)
			continue;
		last = range->memory + (span < mask - range->bus ? span : mask - range->bus);
		reach = last > reach ? last : reach;
	}
	return reach;
}
