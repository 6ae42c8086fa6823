/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-words.h"
#include "unit.h"

enum { FUNCTION = 0xc0400000, MASK_DISTANCE = 512 };

static void write_symbols(FILE *out, unsigned int size, const char *const functions[4])
{
	int digits = (int)size * 2;

	fprintf(out, "%0*llx T _stext\n", digits, (unsigned long long)IMAGE);
	fprintf(out, "%0*llx T _einittext\n", digits, (unsigned long long)IMAGE_END);
	for (unsigned int i = 0; i < 4; i++)
		if (functions[i])
			fprintf(out, "%0*x t %s\n", digits, FUNCTION + i * 0x100, functions[i]);
	fprintf(out, "%0*x t arm_iommu_map_sg\n", digits, FUNCTION + 0x1000);
}

void words_start(struct words *words, unsigned int size, const char *const functions[4])
{
	static const char *const swiotlb_xen[] = { "xen_swiotlb_map_page", "xen_swiotlb_unmap_page",
						   "xen_swiotlb_map_sg", "xen_swiotlb_unmap_sg" };
	xdc_autofree char *symbols = NULL;
	xdc_autofclose FILE *file = NULL;
	FILE *out = unit_stream();

	if (!functions)
		functions = swiotlb_xen;
	memset(words, 0, sizeof(*words));
	write_symbols(out, size, functions);
	symbols = unit_text(out);
	file = fmemopen(symbols, strlen(symbols), "r");
	assert_int_equal(xdc_kallsyms_read(file, &words->kallsyms), 0);
	words->size = size;
	words->view.objects = words->objects;
	words->view.kallsyms = words->kallsyms;
	for (unsigned int i = 0; i < 4; i++)
		words->table[SLOT + i] = functions[i] ? FUNCTION + i * 0x100 : 0;
}

void words_end(struct words *words)
{
	xdc_kallsyms_free(words->kallsyms);
	free(words->targets);
}

static void put(struct xdc_object *object, unsigned int offset, uint64_t value, unsigned int size)
{
	uint32_t narrow = (uint32_t)value;

	assert_true(offset + size <= sizeof(object->bytes));
	if (size == 8)
		memcpy(object->bytes + offset, &value, sizeof(value));
	else
		memcpy(object->bytes + offset, &narrow, sizeof(narrow));
}

void words_put(struct words *words, size_t index, unsigned int offset, uint64_t value)
{
	put(&words->objects[index], offset, value, words->size);
}

void words_put_ops(struct words *words, size_t index, unsigned int offset, uint64_t ops)
{
	struct xdc_object *object = &words->objects[index];
	unsigned int behind = (offset + 2 * words->size + 7) & ~7U;

	words_put(words, index, offset, ops);
	words_put(words, index, offset + words->size, object->address + MASK_DISTANCE);
	put(object, behind, MASK, 8);
}

void words_put_node(struct words *words, size_t index, uint64_t node, uint64_t mapping,
		    uint64_t flags)
{
	words->objects[index].has_of_node = true;
	words_put(words, index, OF_NODE - 8, mapping);
	words_put(words, index, OF_NODE - 4, flags);
	words_put(words, index, OF_NODE, node);
	words_put(words, index, OF_NODE + 4, node + 12);
}

void words_add_devices(struct words *words, size_t count, uint64_t ops)
{
	for (size_t i = 0; i < count; i++) {
		struct xdc_object *object = &words->objects[words->view.n_objects];

		assert_true(words->view.n_objects < OBJECTS_MAX);
		object->path = "/devices/platform/device";
		object->address = HEAP + 0x10000 + words->view.n_objects * 0x10000;
		object->chunks_read = (UINT64_C(1) << XDC_WORDS_CHUNKS) - 1;
		words_put_ops(words, words->view.n_objects++, OPS, ops);
	}
}

/* What the kernel's memory holds at an address: the table, from where it is pointed to, or a mask.
 */
static void read_target(const struct words *words, struct xdc_target *target)
{
	size_t shift = target->address == TABLE ? 0 : (TABLE - BEFORE_TABLE) / words->size;

	target->read = true;
	if (target->address == TABLE || target->address == BEFORE_TABLE)
		memcpy(target->words + shift, words->table,
		       sizeof(words->table) - shift * sizeof(*words->table));
	else
		target->words[0] = MASK;
}

static int by_address(const void *a, const void *b)
{
	const struct xdc_target *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static void add_target(struct words *words, uint64_t address)
{
	struct xdc_target *target;

	xdc_array_reserve((void **)&words->targets, words->n_targets, sizeof(*words->targets));
	target = &words->targets[words->n_targets++];
	*target = (struct xdc_target){ .address = address };
	read_target(words, target);
	words->view.targets = words->targets;
	words->view.n_targets = words->n_targets;
}

void words_learn(struct words *words, struct xdc_layout *ret)
{
	xdc_autofree uint64_t *addresses = NULL;
	size_t count = xdc_layout_candidates(&words->view, &addresses);

	words->n_targets = words->view.n_targets = 0;
	for (size_t i = 0; i < count; i++)
		add_target(words, addresses[i]);
	xdc_layout_learn(&words->view, ret);
}

int words_sample(struct words *words, const struct xdc_layout *layout, size_t index,
		 struct xdc_bpf_sample *ret)
{
	uint64_t address = xdc_layout_mask_address(layout, &words->objects[index]);

	if (address) {
		add_target(words, address);
		qsort(words->targets, words->n_targets, sizeof(*words->targets), by_address);
	}
	return xdc_layout_sample(layout, &words->view, &words->objects[index], ret);
}
