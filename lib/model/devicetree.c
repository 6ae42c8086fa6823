/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>
#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdt.h"
#include "model/devicetree.h"

enum {
	DEPTH_MAX = 32,
	CELLS_MAX = 4096,
	DOORBELLS_MAX = 64,
};

struct property {
	const char *name;
	const void *value;
	int size;
};

struct walker {
	struct xdc_arena *arena;
	const void *blob;
	struct property *properties; /* of the node that is looked at */
	size_t n_properties;
	struct xdc_devicetree *tree;
	struct xdc_dt_node *nodes;
	size_t count;
	char path[PATH_MAX];
	size_t path_length[DEPTH_MAX + 1]; /* of the node at that depth */
	bool available[DEPTH_MAX + 1];
	uint32_t address_cells[DEPTH_MAX + 1];
	uint32_t size_cells[DEPTH_MAX + 1];
	bool has_ranges[DEPTH_MAX + 1]; /* dma-ranges that translate, of it or above it */
	bool entered[DEPTH_MAX + 1];	/* what is below a node that was left out is too */
	bool direct[DEPTH_MAX + 1];	/* addresses below the node are the CPU's own */
};

/* Once for all that is asked of the node: fdt_getprop() goes through them each time. */
static void read_properties(struct walker *walker, int node)
{
	int offset;

	walker->n_properties = 0;
	fdt_for_each_property_offset(offset, walker->blob, node)
	{
		struct property property;

		property.value =
			fdt_getprop_by_offset(walker->blob, offset, &property.name, &property.size);
		if (!property.value)
			continue;
		xdc_array_reserve((void **)&walker->properties, walker->n_properties,
				  sizeof(*walker->properties));
		walker->properties[walker->n_properties++] = property;
	}
}

/* As fdt_getprop() has it, of the node that is looked at. */
static const void *find_property(const struct walker *walker, const char *name, int *ret_size)
{
	for (size_t i = 0; i < walker->n_properties; i++) {
		if (strcmp(walker->properties[i].name, name) != 0)
			continue;
		if (ret_size)
			*ret_size = walker->properties[i].size;
		return walker->properties[i].value;
	}
	return NULL;
}

/* A property of 32-bit cells, converted; NULL where there is none or it is no such. */
static const uint32_t *read_cells(struct walker *walker, const char *name, size_t *ret_count)
{
	int size = 0;
	const unsigned char *value = find_property(walker, name, &size);
	uint32_t *cells;
	size_t count;

	*ret_count = 0;
	if (!value || size < 4 || size % 4 || size / 4 > CELLS_MAX)
		return NULL;
	count = (size_t)size / 4;
	cells = xdc_arena_alloc(walker->arena, count * sizeof(*cells));
	for (size_t i = 0; i < count; i++) {
		uint32_t cell;

		memcpy(&cell, value + i * 4, sizeof(cell));
		cells[i] = be32toh(cell);
	}
	*ret_count = count;
	return cells;
}

static uint32_t read_cell(struct walker *walker, const char *name, uint32_t otherwise,
			  bool *ret_present)
{
	size_t count;
	const uint32_t *cells = read_cells(walker, name, &count);

	if (ret_present)
		*ret_present = cells;
	return cells ? cells[0] : otherwise;
}

/* The strings of a string list, separated by blanks and safe to print. */
static const char *read_strings(struct walker *walker, const char *name)
{
	int size = 0;
	const char *value = find_property(walker, name, &size);
	char *copy;

	if (!value || size <= 0)
		return "";
	if (value[size - 1] == '\0')
		size--;
	copy = xdc_arena_memdup(walker->arena, value, (size_t)size);
	for (int i = 0; i < size; i++)
		if (copy[i] == '\0')
			copy[i] = ' ';
	return xdc_text_escaped(walker->arena, copy, (size_t)size);
}

static bool has_property(const struct walker *walker, const char *name)
{
	return find_property(walker, name, NULL) != NULL;
}

static bool is_available(struct walker *walker)
{
	const char *status = find_property(walker, "status", NULL);
	const char *text = read_strings(walker, "status");

	return !status || strcmp(text, "okay") == 0 || strcmp(text, "ok") == 0;
}

/* Writes the node's path behind its parent's; false where the tree is deeper than any real. */
static bool enter(struct walker *walker, int node, int depth)
{
	int length = 0;
	const char *name = fdt_get_name(walker->blob, node, &length);
	size_t parent = depth > 0 ? walker->path_length[depth - 1] : 0;

	walker->entered[depth] = false;
	if (!name || parent + (size_t)length + 2 > sizeof(walker->path) ||
	    (depth > 0 && !walker->entered[depth - 1]))
		return false;
	walker->entered[depth] = true;
	if (depth > 0) {
		walker->path[parent++] = '/';
		memcpy(walker->path + parent, name, (size_t)length);
		parent += (size_t)length;
	}
	walker->path[parent] = '\0';
	walker->path_length[depth] = parent;
	read_properties(walker, node);
	walker->available[depth] =
		(depth == 0 || walker->available[depth - 1]) && is_available(walker);
	return true;
}

/*
 * Only with nothing else to translate above it: no board is known where there is. Whoever has no
 * #address-cells has its parent's (of_bus_n_addr_cells(), drivers/of/base.c).
 */
static void read_dma_ranges(struct walker *walker, int depth, struct xdc_dt_node *ret)
{
	uint32_t above = depth ? walker->address_cells[depth - 1] : 1;
	bool translated = depth && walker->has_ranges[depth - 1];
	const uint32_t *cells;
	uint32_t *widths[] = { &walker->address_cells[depth], &walker->size_cells[depth] };
	size_t count;

	*widths[0] = read_cell(walker, "#address-cells", above, NULL);
	*widths[1] =
		read_cell(walker, "#size-cells", depth ? walker->size_cells[depth - 1] : 1, NULL);
	cells = read_cells(walker, "dma-ranges", &count);
	walker->has_ranges[depth] = translated || cells;
	if (!translated)
		ret->dma_ranges = xdc_dma_ranges_parse(
			walker->arena, cells, count,
			(const uint32_t[]){ *widths[0], above, *widths[1] }, &ret->n_dma_ranges);
}

static void read_node(struct walker *walker, int node, int depth, struct xdc_dt_node *ret)
{
	*ret = (struct xdc_dt_node){
		.compatible = read_strings(walker, "compatible"),
		.dma_coherent = has_property(walker, "dma-coherent"),
		.has_dma_ranges = has_property(walker, "dma-ranges"),
		.phandle = fdt_get_phandle(walker->blob, node),
	};
	ret->iommu_cells = read_cell(walker, "#iommu-cells", 0, &ret->is_iommu);
	ret->is_iommu = ret->is_iommu || xdc_text_has_word(ret->compatible, "xen,grant-dma");
	ret->iommus = read_cells(walker, "iommus", &ret->n_iommus);
	ret->iommu_map = read_cells(walker, "iommu-map", &ret->n_iommu_map);
	ret->iommu_map_mask = read_cell(walker, "iommu-map-mask", UINT32_MAX, NULL);
	read_dma_ranges(walker, depth, ret);
	ret->memory_region = read_cells(walker, "memory-region", &ret->n_memory_region);
	ret->backend_domid = read_cell(walker, "xen,backend-domid", 0, &ret->has_backend_domid);
}

static bool is_of_interest(const struct xdc_dt_node *node)
{
	return node->is_iommu || node->iommus || node->iommu_map || node->dma_coherent ||
	       node->has_dma_ranges || node->memory_region || node->has_backend_domid ||
	       xdc_text_has_word(node->compatible, "restricted-dma-pool");
}

/* Devicetree Specification 2.3.8: empty `ranges` translate nothing. */
static void read_bus(struct walker *walker, int depth)
{
	int size = -1;

	walker->direct[depth] = depth == 0 || (walker->direct[depth - 1] &&
					       find_property(walker, "ranges", &size) && size == 0);
}

static uint64_t join_cells(const uint32_t *cells, size_t count)
{
	return count == 2 ? (uint64_t)cells[0] << 32 | cells[1] : cells[0];
}

static void read_doorbell(struct walker *walker, int depth, const char *compatible)
{
	struct xdc_devicetree *tree = walker->tree;
	size_t count, address, size;
	const uint32_t *reg;
	uint64_t first, length;

	if (depth == 0 || !walker->direct[depth - 1] || tree->n_doorbells == DOORBELLS_MAX ||
	    (!xdc_text_has_word(compatible, "arm,gic-v3-its") &&
	     !xdc_text_has_word(compatible, "arm,gic-v2m-frame")))
		return;
	address = walker->address_cells[depth - 1];
	size = walker->size_cells[depth - 1];
	reg = read_cells(walker, "reg", &count);
	if (address < 1 || address > 2 || size < 1 || size > 2 || count < address + size)
		return;
	first = join_cells(reg, address);
	length = join_cells(reg + address, size);
	if (length)
		tree->doorbells[tree->n_doorbells++] = (struct xdc_dt_doorbell){
			.path = xdc_text_escaped(walker->arena, walker->path,
						 walker->path_length[depth]),
			.first = first,
			.last = first + length - 1,
		};
}

static void visit(struct walker *walker, int node, int depth)
{
	struct xdc_dt_node found;

	if (!enter(walker, node, depth))
		return;
	read_node(walker, node, depth, &found);
	read_bus(walker, depth);
	read_doorbell(walker, depth, found.compatible);
	if (strcmp(walker->path, "/hypervisor") == 0)
		walker->tree->hypervisor = found.compatible;
	if (depth == 0 && has_property(walker, "model"))
		walker->tree->model = read_strings(walker, "model");
	if (!is_of_interest(&found))
		return;
	found.path = xdc_text_escaped(walker->arena, depth ? walker->path : "/",
				      depth ? walker->path_length[depth] : 1);
	found.available = walker->available[depth];
	xdc_array_reserve((void **)&walker->nodes, walker->count, sizeof(*walker->nodes));
	walker->nodes[walker->count++] = found;
}

int xdc_devicetree_parse(struct xdc_arena *arena, const void *blob, size_t size,
			 struct xdc_devicetree **ret, const char **ret_error)
{
	struct walker walker = { .arena = arena, .blob = blob };
	xdc_autofree char *aligned = NULL;
	int depth = 0;
	int r;

	/* libfdt reads 64-bit words where they are aligned in the blob. */
	aligned = xdc_zalloc(size);
	memcpy(aligned, blob, size);
	walker.blob = aligned;
	r = xdc_fdt_check(aligned, size);
	if (r < 0) {
		*ret_error = fdt_strerror(r);
		return -EINVAL;
	}
	walker.tree = xdc_arena_alloc(arena, sizeof(*walker.tree));
	walker.tree->doorbells =
		xdc_arena_alloc(arena, DOORBELLS_MAX * sizeof(*walker.tree->doorbells));
	for (int node = 0; node >= 0 && depth >= 0; node = fdt_next_node(aligned, node, &depth)) {
		/* No real tree is as deep. */
		if (depth <= DEPTH_MAX)
			visit(&walker, node, depth);
	}
	walker.tree->count = walker.count;
	walker.tree->nodes = xdc_arena_alloc(arena, walker.count * sizeof(*walker.nodes));
	if (walker.count)
		memcpy(walker.tree->nodes, walker.nodes, walker.count * sizeof(*walker.nodes));
	free(walker.nodes);
	free(walker.properties);
	*ret = walker.tree;
	return 0;
}

const struct xdc_dt_node *xdc_devicetree_find(const struct xdc_devicetree *tree, const char *path)
{
	for (size_t i = 0; i < tree->count; i++)
		if (strcmp(tree->nodes[i].path, path) == 0)
			return &tree->nodes[i];
	return NULL;
}

const struct xdc_dt_node *xdc_devicetree_by_phandle(const struct xdc_devicetree *tree,
						    uint32_t phandle)
{
	for (size_t i = 0; phandle && i < tree->count; i++)
		if (tree->nodes[i].phandle == phandle)
			return &tree->nodes[i];
	return NULL;
}

const struct xdc_dt_node *xdc_devicetree_iommu(const struct xdc_devicetree *tree,
					       const struct xdc_dt_node *node, uint32_t *ret_id)
{
	const struct xdc_dt_node *iommu;

	if (!node->n_iommus)
		return NULL;
	iommu = xdc_devicetree_by_phandle(tree, node->iommus[0]);
	if (!iommu || !iommu->is_iommu)
		return NULL;
	*ret_id = iommu->iommu_cells && node->n_iommus > 1 ? node->iommus[1] : 0;
	return iommu;
}

const struct xdc_dt_node *xdc_devicetree_pci_iommu(const struct xdc_devicetree *tree,
						   const struct xdc_dt_node *node,
						   uint32_t requester_id, uint32_t *ret_id)
{
	uint32_t id = requester_id & node->iommu_map_mask;

	for (size_t i = 0; i + 4 <= node->n_iommu_map; i += 4) {
		const uint32_t *entry = &node->iommu_map[i];
		const struct xdc_dt_node *iommu;

		if (id < entry[0] || id - entry[0] >= entry[3])
			continue;
		iommu = xdc_devicetree_by_phandle(tree, entry[1]);
		if (!iommu || !iommu->is_iommu)
			return NULL;
		*ret_id = entry[2] + (id - entry[0]);
		return iommu;
	}
	return NULL;
}

bool xdc_devicetree_has_id(const struct xdc_devicetree *tree, const struct xdc_dt_node *node,
			   const struct xdc_dt_node *iommu, uint32_t id)
{
	for (size_t i = 0; i < node->n_iommus;) {
		const uint32_t *cell = &node->iommus[i];
		const struct xdc_dt_node *to = xdc_devicetree_by_phandle(tree, *cell);
		uint32_t mask;

		if (!to || !to->is_iommu || to->iommu_cells > node->n_iommus - i - 1)
			return false;
		mask = to->iommu_cells == 2 ? ~cell[2] : UINT32_MAX;
		if (to == iommu && (!to->iommu_cells || ((cell[1] ^ id) & mask) == 0))
			return true;
		i += 1 + to->iommu_cells;
	}
	return false;
}
