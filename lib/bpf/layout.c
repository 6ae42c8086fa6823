/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/layout.h"

enum {
	NEAR = 4096,	 /* a bus's device and the struct device in it are closer than that */
	MASKS_KNOWN = 2, /* devices whose masks sysfs shows, for them to show the place */
};

int xdc_object_word(const struct xdc_object *object, unsigned int size, unsigned int offset,
		    uint64_t *ret)
{
	uint32_t narrow;

	if (offset > sizeof(object->bytes) - size ||
	    !(object->chunks_read >> (offset / XDC_WORDS_CHUNK_SIZE) & 1))
		return -ENODATA;
	if (size == sizeof(*ret)) {
		memcpy(ret, object->bytes + offset, sizeof(*ret));
	} else {
		memcpy(&narrow, object->bytes + offset, sizeof(narrow));
		*ret = narrow;
	}
	return 0;
}

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

size_t xdc_layout_candidates(const struct xdc_words_view *view, uint64_t **ret)
{
	unsigned int size = xdc_kallsyms_word_size(view->kallsyms);
	uint64_t *found = NULL, value;
	size_t count = 0, unique = 0;

	for (size_t i = 0; i < view->n_objects; i++) {
		for (unsigned int at = 0; at < XDC_WORDS_OBJECT_SIZE; at += size) {
			if (xdc_object_word(&view->objects[i], size, at, &value) < 0 ||
			    value % size || !xdc_kallsyms_in_image(view->kallsyms, value))
				continue;
			xdc_array_reserve((void **)&found, count, sizeof(*found));
			found[count++] = value;
		}
	}
	if (count)
		qsort(found, count, sizeof(*found), by_value);
	for (size_t i = 0; i < count; i++)
		if (!unique || found[unique - 1] != found[i])
			found[unique++] = found[i];
	*ret = found;
	return unique;
}

/* Whether @name is a table's function @suffix ("map_sg") and not its opposite, unmap_sg. */
static bool is_function(const char *name, const char *suffix, bool unmap)
{
	/* What compilers add: "xen_swiotlb_map_page.cfi_jt". */
	size_t length = name ? strcspn(name, ".") : 0, tail = strlen(suffix);

	return length >= tail && strncmp(name + length - tail, suffix, tail) == 0 &&
	       unmap == (length >= tail + 2 && strncmp(name + length - tail - 2, "un", 2) == 0);
}

/* Tables without unmapping exist: dma_dummy_ops. */
static bool is_none_or(const struct xdc_words_view *view, uint64_t value, const char *suffix,
		       const char *other)
{
	const char *name = xdc_kallsyms_function(view->kallsyms, value);

	return !value || is_function(name, suffix, true) ||
	       (other && is_function(name, other, true));
}

/*
 * struct dma_map_ops (include/linux/dma-map-ops.h) has map_page, unmap_page, map_sg, unmap_sg in
 * a row, from 6.19 map_phys and unmap_phys, behind 6 to 9 others. Returns the place of the first
 * of them, or -1 for what is no table.
 */
static int table_slot(const struct xdc_words_view *view, const struct xdc_target *target)
{
	for (int i = 0; target->read && i + 3 < XDC_WORDS_TARGET_WORDS; i++) {
		const uint64_t *w = target->words + i;
		const char *map = xdc_kallsyms_function(view->kallsyms, w[0]);

		if ((is_function(map, "map_page", false) || is_function(map, "map_phys", false)) &&
		    is_none_or(view, w[1], "map_page", "map_phys") &&
		    is_function(xdc_kallsyms_function(view->kallsyms, w[2]), "map_sg", false) &&
		    is_none_or(view, w[3], "map_sg", NULL))
			return i;
	}
	return -1;
}

static int by_address(const void *a, const void *b)
{
	const struct xdc_target *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static const struct xdc_target *find_target(const struct xdc_words_view *view, uint64_t address)
{
	const struct xdc_target key = { .address = address };

	return view->n_targets ? bsearch(&key, view->targets, view->n_targets,
					 sizeof(*view->targets), by_address)
			       : NULL;
}

bool xdc_is_mask(uint64_t value)
{
	return value && !(value & (value + 1));
}

static unsigned int align_up(unsigned int offset)
{
	return (offset + 7) & ~7U;
}

static bool is_near(const struct xdc_object *object, uint64_t pointer)
{
	return pointer + NEAR > object->address && pointer < object->address + NEAR;
}

/* Whether dma_mask and coherent_dma_mask may stand behind a dma_ops at @offset. */
static bool masks_follow(const struct xdc_object *object, unsigned int size, unsigned int offset,
			 uint64_t *ret_coherent)
{
	uint64_t pointer;

	return xdc_object_word(object, size, offset + size, &pointer) == 0 &&
	       is_near(object, pointer) &&
	       xdc_object_word(object, 8, align_up(offset + 2 * size), ret_coherent) == 0 &&
	       xdc_is_mask(*ret_coherent);
}

/* The devices that have a table at @offset, by the slot of its functions. */
static void count_votes(const struct xdc_words_view *view, const int *slots, unsigned int size,
			unsigned int offset, size_t votes[XDC_WORDS_TARGET_WORDS])
{
	memset(votes, 0, XDC_WORDS_TARGET_WORDS * sizeof(*votes));
	for (size_t i = 0; i < view->n_objects; i++) {
		const struct xdc_target *target;
		uint64_t value, coherent;

		if (xdc_object_word(&view->objects[i], size, offset, &value) < 0 || !value)
			continue;
		target = find_target(view, value);
		if (target && slots[target - view->targets] >= 0 &&
		    masks_follow(&view->objects[i], size, offset, &coherent))
			votes[slots[target - view->targets]]++;
	}
}

/*
 * The place with the most votes, which must be the first that has any: what is copied beyond a
 * short struct device may be another. Votes for two shapes of tables are an error.
 */
static void elect(const struct xdc_words_view *view, const int *slots, struct xdc_layout *layout)
{
	size_t votes[XDC_WORDS_TARGET_WORDS];
	unsigned int first = 0;
	bool any = false, disputed = false;

	for (unsigned int at = 0; at < XDC_WORDS_OBJECT_SIZE; at += layout->word) {
		count_votes(view, slots, layout->word, at, votes);
		for (unsigned int slot = 0; slot < XDC_ARRAY_SIZE(votes); slot++) {
			if (!votes[slot])
				continue;
			disputed |= any &&
				    (slot != layout->slot || votes[slot] >= layout->n_with_table);
			if (!any) {
				first = at;
				layout->slot = slot;
				layout->n_with_table = votes[slot];
			}
			any = true;
		}
	}
	layout->ops = first;
	if (disputed)
		layout->why = "words at more than one place of struct device look like dma_ops";
	else if (any)
		layout->how = XDC_LAYOUT_BY_TABLES;
}

/* How many devices have something else there than a table, and how many tables there are. */
static size_t count_others(const struct xdc_words_view *view, const int *slots,
			   struct xdc_layout *layout)
{
	bool *seen = xdc_zalloc((view->n_targets + 1) * sizeof(*seen));
	size_t others = 0;

	for (size_t i = 0; i < view->n_objects; i++) {
		const struct xdc_target *target;
		uint64_t value;

		if (xdc_object_word(&view->objects[i], layout->word, layout->ops, &value) < 0 ||
		    !value)
			continue;
		target = find_target(view, value);
		if (!target || slots[target - view->targets] != (int)layout->slot) {
			others++;
		} else if (!seen[target - view->targets]) {
			seen[target - view->targets] = true;
			layout->n_tables++;
		}
	}
	free(seen);
	return others;
}

/*
 * Where no device has a table, as without Xen: the one place before masks that are those of
 * sysfs (drivers/pci/pci-sysfs.c), and where no device has anything.
 */
static bool are_known_masks(const struct xdc_words_view *view, unsigned int size, unsigned int at)
{
	size_t known = 0;

	for (size_t i = 0; i < view->n_objects; i++) {
		const struct xdc_object *object = &view->objects[i];
		uint64_t value, coherent;

		if (xdc_object_word(object, size, at, &value) < 0 || value)
			return false;
		if (!object->coherent_bits)
			continue;
		if (!masks_follow(object, size, at, &coherent) ||
		    coherent != UINT64_MAX >> (64 - object->coherent_bits))
			return false;
		known++;
	}
	return known >= MASKS_KNOWN;
}

static void learn_by_masks(const struct xdc_words_view *view, struct xdc_layout *layout)
{
	size_t found = 0;

	for (unsigned int at = 0; at < XDC_WORDS_OBJECT_SIZE; at += layout->word) {
		if (!are_known_masks(view, layout->word, at))
			continue;
		layout->ops = at;
		found++;
	}
	if (found == 1)
		layout->how = XDC_LAYOUT_BY_MASKS;
	else
		layout->why = "no table of DMA operations was recognised";
}

void xdc_layout_learn(const struct xdc_words_view *view, struct xdc_layout *ret)
{
	int *slots = xdc_zalloc((view->n_targets + 1) * sizeof(*slots));

	*ret = (struct xdc_layout){
		.word = xdc_kallsyms_word_size(view->kallsyms),
		.n_objects = view->n_objects,
	};
	for (size_t i = 0; i < view->n_targets; i++)
		slots[i] = table_slot(view, &view->targets[i]);
	elect(view, slots, ret);
	if (ret->how == XDC_LAYOUT_BY_TABLES &&
	    count_others(view, slots, ret) >= ret->n_with_table) {
		ret->how = XDC_LAYOUT_UNKNOWN;
		ret->why = "where tables of DMA operations were recognised, most devices have "
			   "something else";
	} else if (!ret->how && !ret->why) {
		learn_by_masks(view, ret);
	}
	free(slots);
	if (ret->how)
		xdc_layout_learn_mapping(view, ret);
}

uint64_t xdc_layout_mask_address(const struct xdc_layout *layout, const struct xdc_object *object)
{
	uint64_t pointer;

	return xdc_object_word(object, layout->word, layout->ops + layout->word, &pointer) == 0 &&
			       is_near(object, pointer)
		       ? pointer
		       : 0;
}

static void sample_table(const struct xdc_layout *layout, const struct xdc_words_view *view,
			 struct xdc_bpf_sample *sample)
{
	const struct xdc_target *table = find_target(view, sample->dma_ops);

	if (!table || !table->read || layout->how != XDC_LAYOUT_BY_TABLES) {
		sample->has |= XDC_BPF_OPS_UNREADABLE;
		return;
	}
	sample->map = table->words[layout->slot];
	sample->map_sg = table->words[layout->slot + 2];
}

static void sample_masks(const struct xdc_layout *layout, const struct xdc_words_view *view,
			 const struct xdc_object *object, struct xdc_bpf_sample *sample)
{
	uint64_t address = xdc_layout_mask_address(layout, object), value;
	const struct xdc_target *mask = address ? find_target(view, address) : NULL;

	if (mask && mask->read) {
		sample->dma_mask = mask->words[0];
		if (layout->word == 4)
			sample->dma_mask |= mask->words[1] << 32;
		sample->has |= XDC_BPF_HAS_DMA_MASK;
	} else if (xdc_object_word(object, layout->word, layout->ops + layout->word, &value) == 0 &&
		   !value) {
		sample->has |= XDC_BPF_HAS_DMA_MASK;
	}
	if (xdc_object_word(object, 8, align_up(layout->ops + 2 * layout->word), &value) == 0 &&
	    (!value || xdc_is_mask(value))) {
		sample->coherent_dma_mask = value;
		sample->has |= XDC_BPF_HAS_COHERENT_MASK;
	}
}

int xdc_layout_sample(const struct xdc_layout *layout, const struct xdc_words_view *view,
		      const struct xdc_object *object, struct xdc_bpf_sample *ret)
{
	uint64_t value;
	int r = xdc_object_word(object, layout->word, layout->ops, &value);

	if (r < 0)
		return r;
	*ret = (struct xdc_bpf_sample){
		.dma_ops = value,
		.has = XDC_BPF_HAS_DMA_OPS,
		.group_domain = XDC_BPF_NO_DOMAIN,
	};
	if (value)
		sample_table(layout, view, ret);
	sample_masks(layout, view, object, ret);
	if (layout->mapping &&
	    xdc_object_word(object, layout->word, layout->mapping, &value) == 0) {
		ret->arch_mapping = value;
		ret->has |= XDC_BPF_HAS_ARCH_MAPPING;
	}
	return 0;
}
