/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/layout.h"
#include "unit-words.h"
#include "unit.h"

static void test_dma_ops_is_learned_from_the_tables_that_devices_point_to(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;

	(void)state;
	for (unsigned int size = 4; size <= 8; size += 4) {
		words_start(&w, size, NULL);
		words_add_devices(&w, 7, TABLE);
		words_add_devices(&w, 20, 0);
		words_learn(&w, &layout);
		assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
		assert_int_equal(layout.ops, OPS);
		assert_int_equal(layout.slot, SLOT);
		assert_int_equal(layout.n_tables, 1);
		assert_int_equal(layout.n_with_table, 7);
		assert_int_equal(words_sample(&w, &layout, 0, &sample), 0);
		assert_text(xdc_kallsyms_function(w.kallsyms, sample.map_sg), "xen_swiotlb_map_sg");
		assert_text(xdc_kallsyms_function(w.kallsyms, sample.map), "xen_swiotlb_map_page");
		assert_true(sample.coherent_dma_mask == MASK);
		assert_true(sample.dma_mask == MASK);
		assert_int_equal(words_sample(&w, &layout, 7, &sample), 0);
		assert_true(sample.dma_ops == 0);
		words_end(&w);
	}
}

/* What every kernel up to now has had, and the next may have. */
static void test_a_table_may_have_map_phys_or_no_unmapping(void **state)
{
	static const char *const functions[][4] = {
		{ "iommu_dma_map_phys", "iommu_dma_unmap_phys", "iommu_dma_map_sg",
		  "iommu_dma_unmap_sg" },
		{ "dma_dummy_map_page", NULL, "dma_dummy_map_sg", NULL },
		{ "arm_iommu_map_page.cfi_jt", "arm_iommu_unmap_page", "arm_iommu_map_sg",
		  "arm_iommu_unmap_sg" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(functions); i++) {
		struct words w;
		struct xdc_layout layout;

		words_start(&w, 8, functions[i]);
		words_add_devices(&w, 2, TABLE);
		words_learn(&w, &layout);
		assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
		words_end(&w);
	}
}

static void test_what_only_looks_like_a_table_is_none(void **state)
{
	static const char *const functions[][4] = {
		{ "x_unmap_page", "x_map_page", "x_unmap_sg", "x_map_sg" },
		{ "x_map_pages", "x_unmap_pages", "x_map_sg", NULL },
		{ "x_map_page", "x_map_sg", "x_map_sg", NULL },
		{ "x_map_page", NULL, NULL, NULL },
		{ "x_map_sg", "x_unmap_page", "x_map_sg", NULL },
		{ "x_map_page", "x_unmap_page", "x_map_sg", "x_map_page" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(functions); i++) {
		struct words w;
		struct xdc_layout layout;

		words_start(&w, 8, functions[i]);
		words_add_devices(&w, 9, TABLE);
		words_learn(&w, &layout);
		assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
		words_end(&w);
	}
}

/* What is copied of a table is more than a table: the next may begin in it. */
static void test_a_word_that_points_before_a_table_is_no_dma_ops(void **state)
{
	struct words w;
	struct xdc_layout layout;

	(void)state;
	words_start(&w, 8, NULL);
	words_add_devices(&w, 3, TABLE);
	words_add_devices(&w, 30, 0);
	for (size_t i = 0; i < w.view.n_objects; i++)
		words_put(&w, i, 64, BEFORE_TABLE);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_int_equal(layout.ops, OPS);
	words_end(&w);
}

/* A short struct device may be followed by another in what is copied. */
static void test_the_next_device_in_memory_is_not_taken_for_this_one(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 5, TABLE);
	words_add_devices(&w, 3, 0);
	for (size_t i = 5; i < 8; i++)
		words_put_ops(&w, i, OPS + 512, TABLE);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_int_equal(layout.ops, OPS);
	assert_int_equal(words_sample(&w, &layout, 6, &sample), 0);
	assert_true(sample.dma_ops == 0);
	words_end(&w);
}

static void assert_not_learned(struct words *w, const char *why)
{
	struct xdc_layout layout;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	words_learn(w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
	xdc_layout_describe(&layout, out);
	text = unit_text(out);
	assert_contains(text, "was not learned");
	assert_contains(text, why);
	words_end(w);
}

static void test_what_is_ambiguous_is_not_learned(void **state)
{
	struct words w;

	(void)state;
	/* Two places, as many devices. */
	words_start(&w, 4, NULL);
	words_add_devices(&w, 6, TABLE);
	for (size_t i = 0; i < 6; i++)
		words_put_ops(&w, i, 600, TABLE);
	assert_not_learned(&w, "more than one place");

	/* Two shapes of tables. */
	words_start(&w, 4, NULL);
	words_add_devices(&w, 6, TABLE);
	words_put(&w, 0, OPS, BEFORE_TABLE);
	assert_not_learned(&w, "more than one place");

	/* Most devices have there what is no table. */
	words_start(&w, 4, NULL);
	words_add_devices(&w, 3, TABLE);
	words_add_devices(&w, 4, HEAP);
	assert_not_learned(&w, "most devices have something else");
}

static void test_nothing_is_learned_from_nothing(void **state)
{
	struct words w;

	(void)state;
	words_start(&w, 4, NULL);
	assert_not_learned(&w, "no table");

	words_start(&w, 4, NULL);
	words_add_devices(&w, 30, 0);
	assert_not_learned(&w, "from 30 devices");

	/* Tables, but no masks behind them: another structure's. */
	words_start(&w, 4, NULL);
	words_add_devices(&w, 9, TABLE);
	for (size_t i = 0; i < 9; i++)
		words_put(&w, i, OPS + 4, HEAP + 0x100000);
	assert_not_learned(&w, "no table");
}

/* PCI functions show their masks, which stand behind dma_ops. */
static void test_without_tables_the_masks_of_sysfs_show_the_place(void **state)
{
	struct words w;
	struct xdc_layout layout;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 4, 0);
	w.objects[0].coherent_bits = w.objects[1].coherent_bits = 32;
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_MASKS);
	assert_int_equal(layout.ops, OPS);

	/* One that has other masks, one with an unknown table, or only one that shows any. */
	w.objects[1].coherent_bits = 64;
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
	w.objects[1].coherent_bits = 32;
	words_put(&w, 3, OPS, HEAP);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
	words_put(&w, 3, OPS, 0);
	w.objects[1].coherent_bits = 0;
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
	words_end(&w);
}

/* Zero means that there is no table, so what was not read must not be zero. */
static void test_what_was_not_read_is_not_told(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;
	uint64_t value;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 3, TABLE);
	words_add_devices(&w, 1, 0);
	w.objects[3].chunks_read &= ~(UINT64_C(1) << OPS / XDC_WORDS_CHUNK_SIZE);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_int_equal(words_sample(&w, &layout, 3, &sample), -ENODATA);
	assert_int_equal(xdc_object_word(&w.objects[0], 4, XDC_WORDS_OBJECT_SIZE - 4, &value), 0);
	assert_int_equal(xdc_object_word(&w.objects[0], 8, XDC_WORDS_OBJECT_SIZE - 4, &value),
			 -ENODATA);
	assert_int_equal(xdc_object_word(&w.objects[0], 4, XDC_WORDS_OBJECT_SIZE, &value),
			 -ENODATA);
	words_end(&w);
}

/* A module's, or one whose functions kallsyms does not name. */
static void test_an_unknown_table_is_told_as_unreadable(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 3, TABLE);
	words_add_devices(&w, 1, HEAP);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_int_equal(words_sample(&w, &layout, 3, &sample), 0);
	assert_true(sample.dma_ops && sample.has & XDC_BPF_OPS_UNREADABLE);
	assert_true(sample.map == 0 && sample.map_sg == 0);
	words_end(&w);
}

static void test_a_mask_far_from_the_device_is_left_out(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 4, TABLE);
	words_put(&w, 3, OPS + 4, HEAP + 0x100000);
	words_put(&w, 3, OPS + 12, 0x1234);
	words_learn(&w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_true(xdc_layout_mask_address(&layout, &w.objects[3]) == 0);
	assert_int_equal(words_sample(&w, &layout, 3, &sample), 0);
	assert_int_equal(sample.has & (XDC_BPF_HAS_DMA_MASK | XDC_BPF_HAS_COHERENT_MASK), 0);
	words_end(&w);
}

static void test_only_aligned_words_within_the_image_are_followed(void **state)
{
	struct words w;
	xdc_autofree uint64_t *found = NULL;

	(void)state;
	words_start(&w, 4, NULL);
	words_add_devices(&w, 2, 0);
	words_put(&w, 0, 16, IMAGE);
	words_put(&w, 1, 32, IMAGE);
	words_put(&w, 0, 20, IMAGE - 4);
	words_put(&w, 0, 24, IMAGE_END);
	words_put(&w, 0, 28, IMAGE + 2);
	words_put(&w, 0, 32, IMAGE_END - 4);
	words_put(&w, 0, 36, HEAP);
	assert_int_equal(xdc_layout_candidates(&w.view, &found), 2);
	assert_true(found[0] == IMAGE && found[1] == IMAGE_END - 4);
	words_end(&w);
}

/* Noise of the kind that memory is full of: pointers, small numbers, masks. */
static void test_noise_is_never_learned_from(void **state)
{
	static const uint64_t values[] = { 0,	  1,	HEAP, HEAP + 64, BEFORE_TABLE,
					   TABLE, MASK, ~0U,  IMAGE,	 0x9010000 };
	uint32_t random = 1;

	(void)state;
	for (size_t round = 0; round < 50; round++) {
		struct xdc_layout layout;
		struct words w;

		words_start(&w, 4, NULL);
		words_add_devices(&w, 20, 0);
		for (size_t i = 0; i < 20; i++) {
			for (unsigned int at = 0; at < XDC_WORDS_OBJECT_SIZE; at += 4) {
				random = random * 1664525 + 1013904223;
				words_put(&w, i, at,
					  values[(random >> 16) % XDC_ARRAY_SIZE(values)]);
			}
		}
		words_learn(&w, &layout);
		assert_int_equal(layout.how, XDC_LAYOUT_UNKNOWN);
		words_end(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dma_ops_is_learned_from_the_tables_that_devices_point_to),
		cmocka_unit_test(test_a_table_may_have_map_phys_or_no_unmapping),
		cmocka_unit_test(test_what_only_looks_like_a_table_is_none),
		cmocka_unit_test(test_a_word_that_points_before_a_table_is_no_dma_ops),
		cmocka_unit_test(test_the_next_device_in_memory_is_not_taken_for_this_one),
		cmocka_unit_test(test_what_is_ambiguous_is_not_learned),
		cmocka_unit_test(test_nothing_is_learned_from_nothing),
		cmocka_unit_test(test_without_tables_the_masks_of_sysfs_show_the_place),
		cmocka_unit_test(test_what_was_not_read_is_not_told),
		cmocka_unit_test(test_an_unknown_table_is_told_as_unreadable),
		cmocka_unit_test(test_a_mask_far_from_the_device_is_left_out),
		cmocka_unit_test(test_only_aligned_words_within_the_image_are_followed),
		cmocka_unit_test(test_noise_is_never_learned_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
