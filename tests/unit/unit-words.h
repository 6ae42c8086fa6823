/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A kernel's memory as bpf/layout.h sees it: devices, and one table they may point to. */
#ifndef XDC_UNIT_WORDS_H
#define XDC_UNIT_WORDS_H

#include "bpf/layout.h"

enum {
	OPS = 360, /* of dma_ops; the masks stand behind it at once on both word sizes */
	OF_NODE = 428,
	SLOT = 8,
	OBJECTS_MAX = 64,
};

#define IMAGE	     UINT64_C(0xc0300000)
#define IMAGE_END    UINT64_C(0xc1500000)
#define TABLE	     UINT64_C(0xc0f00000)
#define BEFORE_TABLE (TABLE - 64)
#define HEAP	     UINT64_C(0xc6000000)
#define MASK	     UINT64_C(0xffffffff)

struct words {
	struct xdc_words_view view;
	struct xdc_kallsyms *kallsyms;
	struct xdc_object objects[OBJECTS_MAX];
	struct xdc_target *targets;
	size_t n_targets;
	uint64_t table[XDC_WORDS_TARGET_WORDS];
	unsigned int size;
};

/*
 * @functions: map_page, unmap_page, map_sg and unmap_sg of the table, NULL for none there; NULL
 * for swiotlb-xen's. 32-bit Arm's arm_iommu_map_sg is in the kernel too.
 */
void words_start(struct words *words, unsigned int size, const char *const functions[4]);
void words_end(struct words *words);

/* @count devices whose dma_ops is @ops, with masks of 32 bits. */
void words_add_devices(struct words *words, size_t count, uint64_t ops);
/* A word of a device. */
void words_put(struct words *words, size_t index, unsigned int offset, uint64_t value);
/* A dma_ops at @offset, with masks behind it. */
void words_put_ops(struct words *words, size_t index, unsigned int offset, uint64_t ops);
/* Its of_node and fwnode, with @mapping and @flags before them. */
void words_put_node(struct words *words, size_t index, uint64_t node, uint64_t mapping,
		    uint64_t flags);

void words_learn(struct words *words, struct xdc_layout *ret);
int words_sample(struct words *words, const struct xdc_layout *layout, size_t index,
		 struct xdc_bpf_sample *ret);

#endif
