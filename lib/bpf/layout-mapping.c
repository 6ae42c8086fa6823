/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where archdata.mapping is on 32-bit Arm: before of_node, and that shows by fwnode, the word
 * behind it, which points into the node at the same distance on all devices.
 */
#include <stdlib.h>

#include "bpf/layout.h"

enum {
	NODES = 3,	     /* devices that must show it */
	FLAGS_MAX = 3,	     /* dma_ops_setup, and up to 5.19 dma_coherent */
	LOWEST = 0x40000000, /* of all that the kernel maps: CONFIG_VMSPLIT_1G */
};

/*
 * struct device_node (include/linux/of.h) has name, phandle and full_name before fwnode; up to
 * 4.19 also type.
 */
static bool is_node_and_fwnode(uint64_t of_node, uint64_t fwnode, unsigned int size)
{
	return of_node && of_node % size == 0 &&
	       (fwnode - of_node == 3 * size || fwnode - of_node == 4 * size);
}

/* How many of the devices with a node have it at @at; 0 where all have the same. */
static size_t count_nodes(const struct xdc_words_view *view, unsigned int size, unsigned int at)
{
	uint64_t of_node, fwnode, first = 0;
	size_t count = 0;
	bool differ = false;

	for (size_t i = 0; i < view->n_objects; i++) {
		const struct xdc_object *object = &view->objects[i];

		if (!object->has_of_node || xdc_object_word(object, size, at, &of_node) < 0 ||
		    xdc_object_word(object, size, at + size, &fwnode) < 0 ||
		    !is_node_and_fwnode(of_node, fwnode, size))
			continue;
		differ |= first && first != of_node;
		first = of_node;
		count++;
	}
	return differ ? count : 0;
}

/* The one place where most devices that have a node have it; 0: there is none, or another. */
static unsigned int find_of_node(const struct xdc_words_view *view, struct xdc_layout *layout)
{
	size_t with_node = 0;
	unsigned int found = 0;

	for (size_t i = 0; i < view->n_objects; i++)
		with_node += view->objects[i].has_of_node;
	for (unsigned int at = layout->ops; at < XDC_WORDS_OBJECT_SIZE; at += layout->word) {
		size_t count = count_nodes(view, layout->word, at);

		if (count < NODES || 2 * count <= with_node)
			continue;
		if (found)
			return 0;
		found = at;
		layout->n_nodes = count;
	}
	return found;
}

/* Whether all that is at @mapping and behind it may be what archdata holds. */
static bool is_archdata(const struct xdc_words_view *view, unsigned int size, unsigned int mapping)
{
	for (size_t i = 0; i < view->n_objects; i++) {
		uint64_t pointer, flags;

		if (xdc_object_word(&view->objects[i], size, mapping, &pointer) < 0 ||
		    xdc_object_word(&view->objects[i], size, mapping + size, &flags) < 0)
			continue;
		if (flags > FLAGS_MAX || pointer % size || (pointer && pointer < LOWEST) ||
		    xdc_kallsyms_in_image(view->kallsyms, pointer))
			return false;
	}
	return true;
}

void xdc_layout_learn_mapping(const struct xdc_words_view *view, struct xdc_layout *layout)
{
	unsigned int of_node;

	/* arch/arm/mm/dma-mapping.c has it with CONFIG_ARM_DMA_USE_IOMMU only, as archdata has. */
	if (layout->word != 4 || !xdc_kallsyms_has_function(view->kallsyms, "arm_iommu_map_sg"))
		return;
	of_node = find_of_node(view, layout);
	if (!of_node)
		layout->no_mapping = "of_node was not recognised";
	else if (of_node < layout->ops + 2 * layout->word ||
		 !is_archdata(view, layout->word, of_node - 2 * layout->word))
		layout->no_mapping = "the words before of_node are others";
	else
		layout->mapping = of_node - 2 * layout->word;
}

static void describe_mapping(const struct xdc_layout *layout, FILE *out)
{
	if (layout->mapping)
		fprintf(out,
			"; archdata.mapping is at byte %u, before of_node, recognised on %zu "
			"devices",
			layout->mapping, layout->n_nodes);
	else if (layout->no_mapping)
		fprintf(out, "; where archdata.mapping is, was not learned: %s",
			layout->no_mapping);
}

void xdc_layout_describe(const struct xdc_layout *layout, FILE *out)
{
	switch (layout->how) {
	case XDC_LAYOUT_UNKNOWN:
		fprintf(out,
			"the kernel has no type information, and where dma_ops is was not "
			"learned from %zu devices: %s",
			layout->n_objects, layout->why);
		return;
	case XDC_LAYOUT_BY_TABLES:
		fprintf(out,
			"without type information: dma_ops is at byte %u of struct device, "
			"where %zu table%s of DMA operations %s recognised on %zu of %zu devices",
			layout->ops, layout->n_tables, layout->n_tables == 1 ? "" : "s",
			layout->n_tables == 1 ? "was" : "were", layout->n_with_table,
			layout->n_objects);
		break;
	case XDC_LAYOUT_BY_MASKS:
		fprintf(out,
			"without type information: dma_ops is at byte %u of struct device, "
			"before the masks that sysfs shows; none of %zu devices has a table",
			layout->ops, layout->n_objects);
		break;
	}
	describe_mapping(layout, out);
}
