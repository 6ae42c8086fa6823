/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "bpf/layout.h"
#include "unit-words.h"
#include "unit.h"

#define NODE  UINT64_C(0xc7000000)
#define OTHER UINT64_C(0xc7001000)

/* Devices with a table and a node each, two of them with a mapping. */
static void start(struct words *w)
{
	words_start(w, 4, NULL);
	words_add_devices(w, 6, TABLE);
	words_add_devices(w, 4, 0);
	for (size_t i = 0; i < 6; i++)
		words_put_node(w, i, NODE + i * 64, i < 2 ? HEAP : 0, 1);
}

static void assert_unknown(struct words *w, const char *why)
{
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	words_learn(w, &layout);
	assert_int_equal(layout.how, XDC_LAYOUT_BY_TABLES);
	assert_int_equal(layout.mapping, 0);
	assert_int_equal(words_sample(w, &layout, 0, &sample), 0);
	assert_int_equal(sample.has & XDC_BPF_HAS_ARCH_MAPPING, 0);
	xdc_layout_describe(&layout, out);
	text = unit_text(out);
	if (why)
		assert_contains(text, why);
	else
		assert_lacks(text, "mapping");
	words_end(w);
}

static void test_the_mapping_is_before_the_node(void **state)
{
	struct words w;
	struct xdc_layout layout;
	struct xdc_bpf_sample sample;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	(void)state;
	start(&w);
	words_learn(&w, &layout);
	assert_int_equal(layout.mapping, OF_NODE - 8);
	assert_int_equal(layout.n_nodes, 6);
	for (size_t i = 0; i < 10; i++) {
		assert_int_equal(words_sample(&w, &layout, i, &sample), 0);
		assert_true(sample.has & XDC_BPF_HAS_ARCH_MAPPING);
		assert_true(sample.arch_mapping == (i < 2 ? HEAP : 0));
	}
	xdc_layout_describe(&layout, out);
	text = unit_text(out);
	assert_contains(text, "dma_ops is at byte 360");
	assert_contains(text, "1 table of DMA operations was recognised on 6 of 10 devices");
	assert_contains(text, "archdata.mapping is at byte 420");
	assert_contains(text, "recognised on 6 devices");
	words_end(&w);
}

static void test_a_kernel_that_has_no_mapping_is_told_nothing_of_it(void **state)
{
	static const char *const functions[] = { "xen_swiotlb_map_page", NULL, "xen_swiotlb_map_sg",
						 NULL };
	static char symbols[] = "c0300000 T _stext\nc1500000 T _einittext\n"
				"c0400000 t xen_swiotlb_map_page\n"
				"c0400100 t xen_swiotlb_unmap_page\n"
				"c0400200 t xen_swiotlb_map_sg\n"
				"c0400300 t xen_swiotlb_unmap_sg\n";
	xdc_autofclose FILE *file = fmemopen(symbols, strlen(symbols), "r");
	struct words w;

	(void)state;
	words_start(&w, 8, functions);
	words_add_devices(&w, 3, TABLE);
	assert_unknown(&w, NULL);

	start(&w);
	xdc_kallsyms_free(w.kallsyms);
	assert_int_equal(xdc_kallsyms_read(file, &w.kallsyms), 0);
	w.view.kallsyms = w.kallsyms;
	assert_unknown(&w, NULL);
}

static void test_nothing_is_learned_where_nodes_do_not_show_it(void **state)
{
	struct words w;

	(void)state;
	/* One node for all may be anything. */
	start(&w);
	for (size_t i = 0; i < 6; i++)
		words_put_node(&w, i, NODE, 0, 0);
	assert_unknown(&w, "of_node was not recognised");

	/* Two places. */
	start(&w);
	for (size_t i = 0; i < 6; i++) {
		words_put(&w, i, 600, NODE + i * 64);
		words_put(&w, i, 604, NODE + i * 64 + 12);
	}
	assert_unknown(&w, "of_node was not recognised");

	/* Of most devices it is not there. */
	start(&w);
	for (size_t i = 0; i < 3; i++)
		words_put(&w, i, OF_NODE + 4, NODE);
	assert_unknown(&w, "of_node was not recognised");

	/* Too few have any. */
	start(&w);
	for (size_t i = 0; i < 4; i++)
		w.objects[i].has_of_node = false;
	assert_unknown(&w, "of_node was not recognised");
}

static void test_words_that_are_no_archdata_are_not_taken_for_it(void **state)
{
	static const struct {
		uint64_t mapping, flags;
	} cases[] = { { HEAP, 4 }, { HEAP, HEAP }, { HEAP + 2, 0 }, { 8, 0 }, { TABLE, 0 } };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct words w;

		start(&w);
		words_put_node(&w, 3, OTHER, cases[i].mapping, cases[i].flags);
		assert_unknown(&w, "the words before of_node are others");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_mapping_is_before_the_node),
		cmocka_unit_test(test_a_kernel_that_has_no_mapping_is_told_nothing_of_it),
		cmocka_unit_test(test_nothing_is_learned_where_nodes_do_not_show_it),
		cmocka_unit_test(test_words_that_are_no_archdata_are_not_taken_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
