/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "fuzz.h"
#include "model/devicetree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	const char *error;
	uint32_t id;

	if (xdc_devicetree_parse(arena, data, size, &tree, &error) == 0) {
		for (size_t i = 0; i < tree->count; i++) {
			const struct xdc_dt_node *node = &tree->nodes[i];

			fuzz_assert_printable(node->path, strlen(node->path));
			fuzz_assert_printable(node->compatible, strlen(node->compatible));
			xdc_devicetree_iommu(tree, node, &id);
			xdc_devicetree_pci_iommu(tree, node, 0x10, &id);
		}
	}
	xdc_arena_free(arena);
	return 0;
}
