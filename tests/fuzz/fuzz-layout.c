/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The words of devices in a kernel without type information, whatever they are: a layout is
 * learned or not, and says so. The first byte is the word's size and the number of devices; each
 * six after it put one word: device, offset, what kind of address, and three of its bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "bpf/layout.h"
#include "bpf/observe-names.h"
#include "fuzz.h"

enum { OBJECTS_MAX = 16, POKE_SIZE = 6 };

#define IMAGE UINT64_C(0xc0300000)
#define HEAP  UINT64_C(0xc6000000)

static const char symbols[] = "c0300000 T _stext\nc1500000 T _einittext\n"
			      "c0400000 t xen_swiotlb_map_page\nc0400100 t xen_swiotlb_unmap_page\n"
			      "c0400200 t xen_swiotlb_map_sg\nc0400300 t xen_swiotlb_unmap_sg\n"
			      "c0401000 t arm_iommu_map_sg\n";
static const char symbols_wide[] = "00000000c0300000 T _stext\n00000000c1500000 T _einittext\n"
				   "00000000c0400000 t iommu_dma_map_page\n"
				   "00000000c0400200 t iommu_dma_map_sg\n";

static struct xdc_kallsyms *read_symbols(const char *text)
{
	struct xdc_kallsyms *kallsyms;
	FILE *file = fmemopen((char *)text, strlen(text), "r");

	if (!file || xdc_kallsyms_read(file, &kallsyms) < 0)
		abort();
	fclose(file);
	return kallsyms;
}

static uint64_t value_of(const uint8_t *poke, uint64_t object)
{
	const uint64_t raw = poke[3] | (uint64_t)poke[4] << 8 | (uint64_t)poke[5] << 16;

	switch (poke[2] % 5) {
	case 0:
		return IMAGE + raw;
	case 1:
		return HEAP + raw;
	case 2:
		return raw % 64 ? UINT64_MAX >> (raw % 64) : UINT64_MAX;
	case 3:
		return object + raw % 2048;
	default:
		return raw;
	}
}

static void put_words(struct xdc_object *objects, size_t count, unsigned int word,
		      const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < count; i++) {
		objects[i].path = "/devices/platform/device";
		objects[i].address = HEAP + (i + 1) * 0x10000;
		objects[i].chunks_read = (UINT64_C(1) << XDC_WORDS_CHUNKS) - 1;
		objects[i].has_of_node = i % 2;
		objects[i].coherent_bits = 32;
	}
	for (; size >= POKE_SIZE; size -= POKE_SIZE, data += POKE_SIZE) {
		/* 0xff: all of them, as members are at one offset. */
		size_t first = data[0] == 0xff ? 0 : data[0] % count;
		size_t last = data[0] == 0xff ? count - 1 : first;
		size_t offset = (size_t)data[1] % (XDC_WORDS_OBJECT_SIZE / word) * word;

		for (size_t i = first; i <= last; i++) {
			uint64_t value = value_of(data, objects[i].address);

			/* The machines that this is run on are little-endian. */
			memcpy(objects[i].bytes + offset, &value, word);
		}
	}
}

static int by_address(const void *a, const void *b)
{
	const struct xdc_target *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

/* A table where its address says so, by a function in each word or in the slots of one. */
static void add_target(struct xdc_words_view *view, struct xdc_target *targets, uint64_t address)
{
	struct xdc_target *target = &targets[view->n_targets++];

	target->address = address;
	target->read = address % 16 != 8;
	target->words[0] = UINT32_MAX;
	if (address < IMAGE + 0x200000)
		for (unsigned int i = 0; i < 4; i++)
			target->words[(address / 64 % 4) * 4 + i] = IMAGE + 0x100000 + i * 0x100;
}

static void sample_all(struct xdc_words_view *view, struct xdc_target *targets,
		       const struct xdc_layout *layout)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	xdc_layout_describe(layout, out);
	for (size_t i = 0; i < view->n_objects; i++) {
		uint64_t mask = xdc_layout_mask_address(layout, &view->objects[i]);

		if (mask)
			add_target(view, targets, mask);
	}
	qsort(targets, view->n_targets, sizeof(*targets), by_address);
	for (size_t i = 0; layout->how != XDC_LAYOUT_UNKNOWN && i < view->n_objects; i++) {
		struct xdc_bpf_sample sample = { 0 };

		if (xdc_layout_sample(layout, view, &view->objects[i], &sample) == 0)
			xdc_observe_write_fields(out, &sample, view->kallsyms);
	}
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct xdc_kallsyms *kallsyms[2];
	struct xdc_object *objects = xdc_zalloc(OBJECTS_MAX * sizeof(*objects));
	struct xdc_words_view view = { .objects = objects };
	struct xdc_target *targets;
	struct xdc_layout layout = { 0 };
	uint64_t *candidates;
	size_t count;

	if (!kallsyms[0]) {
		kallsyms[0] = read_symbols(symbols);
		kallsyms[1] = read_symbols(symbols_wide);
	}
	view.n_objects = size ? data[0] / 2 % OBJECTS_MAX + 1 : 1;
	view.kallsyms = kallsyms[size ? data[0] % 2 : 0];
	put_words(objects, view.n_objects, xdc_kallsyms_word_size(view.kallsyms), data + !!size,
		  size - !!size);
	count = xdc_layout_candidates(&view, &candidates);
	targets = xdc_zalloc((count + OBJECTS_MAX) * sizeof(*targets));
	for (size_t i = 0; i < count; i++)
		add_target(&view, targets, candidates[i]);
	view.targets = targets;
	xdc_layout_learn(&view, &layout);
	if (layout.how == XDC_LAYOUT_UNKNOWN && !layout.why)
		abort();
	sample_all(&view, targets, &layout);
	free(candidates);
	free(targets);
	free(objects);
	return 0;
}
