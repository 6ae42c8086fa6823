/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the members of struct device are in a kernel without type information, learned from
 * the words of all its devices. Pure: the words come from observe-words.c.
 *
 * What is relied on (include/linux/device.h, Linux 4.15 to 7.1, 32-bit Arm and arm64):
 * dma_ops, dma_mask and coherent_dma_mask stand one behind the other; archdata stands before
 * of_node, and of_node before fwnode, which points into the same node; on 32-bit Arm archdata
 * is mapping and one word of flags (Linux 5.10 to 7.1, with CONFIG_ARM_DMA_USE_IOMMU). Where
 * the words contradict any of it, nothing is learned.
 */
#ifndef XDC_LAYOUT_H
#define XDC_LAYOUT_H

#include "bpf/kallsyms.h"
#include "bpf/sample.h"
#include "bpf/words.h"

/* The beginning of one struct device. */
struct xdc_object {
	const char *path;
	uint64_t address;
	uint64_t chunks_read; /* a bit for each */
	unsigned char bytes[XDC_WORDS_OBJECT_SIZE];
	bool has_of_node; /* as sysfs shows it */
	unsigned int
		coherent_bits; /* of its coherent_dma_mask, as sysfs shows it; 0: it does not */
};

/* What some word of theirs points to. */
struct xdc_target {
	uint64_t address;
	bool read;
	uint64_t words[XDC_WORDS_TARGET_WORDS];
};

struct xdc_words_view {
	const struct xdc_object *objects;
	size_t n_objects;
	const struct xdc_target *targets; /* sorted by address, each once */
	size_t n_targets;
	const struct xdc_kallsyms *kallsyms;
};

enum xdc_layout_how {
	XDC_LAYOUT_UNKNOWN,
	XDC_LAYOUT_BY_TABLES, /* tables of DMA operations were recognised there */
	XDC_LAYOUT_BY_MASKS,  /* the masks that sysfs shows are there; no device has a table */
};

struct xdc_layout {
	enum xdc_layout_how how;
	const char *why;	/* where it is unknown */
	unsigned int word;	/* bytes */
	unsigned int ops;	/* bytes from the beginning of struct device */
	unsigned int slot;	/* of map_page in a table, in words; map_sg is two behind */
	unsigned int mapping;	/* bytes; 0: unknown */
	const char *no_mapping; /* why; NULL where this kernel has none */
	size_t n_objects;
	size_t n_tables; /* different tables, and the devices that have one */
	size_t n_with_table;
	size_t n_nodes; /* devices whose of_node shows where mapping is */
};

/*
 * The word of @size bytes at the byte @offset of @object; 0, or -ENODATA where it was not read
 * or is outside.
 */
int xdc_object_word(const struct xdc_object *object, unsigned int size, unsigned int offset,
		    uint64_t *ret);

/*
 * The addresses within the kernel's image in all words of @objects, sorted, each once: what may
 * be a table. Nothing else is followed: a word may be the bus address of a register, and reading
 * that may do anything. *@ret is the caller's.
 */
size_t xdc_layout_candidates(const struct xdc_words_view *view, uint64_t **ret);

void xdc_layout_learn(const struct xdc_words_view *view, struct xdc_layout *ret);

/* How it was learned, or why not, in words. */
void xdc_layout_describe(const struct xdc_layout *layout, FILE *out);

/*
 * Where the device's own DMA mask is, 0 where it has none or that is nowhere near the device,
 * as those of all buses are.
 */
uint64_t xdc_layout_mask_address(const struct xdc_layout *layout, const struct xdc_object *object);

/*
 * What the device holds for its DMA. @view's targets are those at xdc_layout_candidates() and
 * at xdc_layout_mask_address(). Returns 0, or -ENODATA where its dma_ops could not be read.
 */
int xdc_layout_sample(const struct xdc_layout *layout, const struct xdc_words_view *view,
		      const struct xdc_object *object, struct xdc_bpf_sample *ret);

/*
 * Inside bpf/: layout-mapping.c, the second half of learning; and whether @value is 2^n - 1, as
 * every mask is.
 */
void xdc_layout_learn_mapping(const struct xdc_words_view *view, struct xdc_layout *layout);
bool xdc_is_mask(uint64_t value);

#endif
