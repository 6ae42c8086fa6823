/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/kallsyms.h"
#include "unit.h"

static int read_text(const char *text, struct xdc_kallsyms **ret)
{
	xdc_autofree char *copy = xdc_strdup(text);
	xdc_autofclose FILE *file = fmemopen(copy, strlen(copy), "r");

	assert_non_null(file);
	return xdc_kallsyms_read(file, ret);
}

static struct xdc_kallsyms *read_symbols(const char *text)
{
	struct xdc_kallsyms *kallsyms = NULL;

	assert_int_equal(read_text(text, &kallsyms), 0);
	return kallsyms;
}

static void assert_refused(const char *text, int error)
{
	struct xdc_kallsyms *kallsyms = NULL;

	assert_int_equal(read_text(text, &kallsyms), error);
	assert_null(kallsyms);
}

#define MAP_SG "ffffffc008123400 t xen_swiotlb_map_sg\n"

static void test_a_function_is_found_by_its_address(void **state)
{
	struct xdc_kallsyms *kallsyms = read_symbols(
		"ffffffc008123600 T iommu_dma_map_page\n"
		"ffffffc008000000 T _text\n" MAP_SG "ffffffc008123500 t xen_swiotlb_map_phys\n"
		"ffffffc008123700 W arm_iommu_map_sg\n"
		"ffffffc008123800 t xen_grant_dma_map_sg\t[xen_grant]\n");

	(void)state;
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123400), "xen_swiotlb_map_sg");
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123500), "xen_swiotlb_map_phys");
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123600), "iommu_dma_map_page");
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123700), "arm_iommu_map_sg");
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123800), "xen_grant_dma_map_sg");
	/* One that is no function of a table, and one within a function. */
	assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008000000));
	assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008123404));
	assert_null(xdc_kallsyms_function(kallsyms, 0));
	xdc_kallsyms_free(kallsyms);
}

/* A Thumb kernel's pointers to functions have bit 0 set. */
static void test_on_32_bit_an_odd_address_is_the_function_before_it(void **state)
{
	struct xdc_kallsyms *kallsyms = read_symbols("c0123400 t xen_swiotlb_map_sg\n");

	(void)state;
	assert_int_equal(xdc_kallsyms_word_size(kallsyms), 4);
	assert_text(xdc_kallsyms_function(kallsyms, 0xc0123400), "xen_swiotlb_map_sg");
	assert_text(xdc_kallsyms_function(kallsyms, 0xc0123401), "xen_swiotlb_map_sg");
	assert_null(xdc_kallsyms_function(kallsyms, 0xc0123402));
	xdc_kallsyms_free(kallsyms);
	kallsyms = read_symbols(MAP_SG);
	assert_int_equal(xdc_kallsyms_word_size(kallsyms), 8);
	assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008123401));
	xdc_kallsyms_free(kallsyms);
}

static void test_the_image_is_between_its_two_symbols(void **state)
{
	static const char *const broken[] = {
		MAP_SG, MAP_SG "ffffffc008000000 T _stext\n",
		MAP_SG "ffffffc009000000 T _einittext\n",
		/* A module's are not the kernel's. */
		MAP_SG "ffffffc008000000 T _stext\nffffffc009000000 T _einittext\t[m]\n"
	};
	struct xdc_kallsyms *kallsyms =
		read_symbols(MAP_SG "ffffffc008000000 T _stext\nffffffc009000000 T _einittext\n");

	(void)state;
	assert_true(xdc_kallsyms_in_image(kallsyms, 0xffffffc008000000));
	assert_true(xdc_kallsyms_in_image(kallsyms, 0xffffffc008ffffff));
	assert_false(xdc_kallsyms_in_image(kallsyms, 0xffffffc007ffffff));
	assert_false(xdc_kallsyms_in_image(kallsyms, 0xffffffc009000000));
	assert_true(xdc_kallsyms_has_function(kallsyms, "xen_swiotlb_map_sg"));
	assert_false(xdc_kallsyms_has_function(kallsyms, "map_sg"));
	xdc_kallsyms_free(kallsyms);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(broken); i++) {
		kallsyms = read_symbols(broken[i]);
		assert_false(xdc_kallsyms_in_image(kallsyms, 0xffffffc008123400));
		assert_false(xdc_kallsyms_in_image(kallsyms, 0));
		xdc_kallsyms_free(kallsyms);
	}
}

static void test_data_is_no_function(void **state)
{
	struct xdc_kallsyms *kallsyms = read_symbols(MAP_SG "ffffffc008123900 d map_sg_table\n"
							    "ffffffc008123a00 r map_page_names\n");

	(void)state;
	assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008123900));
	assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008123a00));
	xdc_kallsyms_free(kallsyms);
}

static void test_hidden_addresses_are_told_from_none(void **state)
{
	(void)state;
	assert_refused("0000000000000000 t xen_swiotlb_map_sg\n0000000000000000 T _text\n",
		       -EACCES);
	assert_refused("ffffffc008000000 T _text\n", -ENOENT);
	assert_refused("nothing of the kind\n", -ENOENT);
	assert_refused("\n", -ENOENT);
}

/* x86's variable; a driver may have one of that name too, and then it is not clear which. */
static void test_the_global_table_is_known_only_where_it_is_the_only_one(void **state)
{
	static const struct {
		const char *text;
		uint64_t address;
	} cases[] = {
		{ MAP_SG "ffffffff82000000 B dma_ops\n", 0xffffffff82000000 },
		{ MAP_SG "ffffffff82000000 D dma_ops\n", 0xffffffff82000000 },
		{ MAP_SG "ffffffff82000000 d dma_ops\nffffffff82000100 b dma_ops\n", 0 },
		{ MAP_SG "ffffffff82000000 T dma_ops\n", 0 },
		{ MAP_SG "ffffffff82000000 D my_dma_ops\n", 0 },
		{ MAP_SG "ffffffff82000000 D dma_ops_x\n", 0 },
		{ MAP_SG, 0 },
		/* A module's is not the kernel's. */
		{ MAP_SG "ffffffffc0000000 d dma_ops\t[drv]\n", 0 },
		{ MAP_SG "ffffffffc0000000 d dma_ops\t[drv]\nffffffff82000000 B dma_ops\n",
		  0xffffffff82000000 },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_kallsyms *kallsyms = read_symbols(cases[i].text);

		assert_true(xdc_kallsyms_global_dma_ops(kallsyms) == cases[i].address);
		xdc_kallsyms_free(kallsyms);
	}
}

/* Lines whose names have every length around that of a buffer, then @end; and one more. */
static struct xdc_kallsyms *read_long_lines(const char *end)
{
	struct xdc_kallsyms *kallsyms;
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();

	for (size_t length = 470; length < 520; length++) {
		fputs("ffffffc008999900 t ", out);
		for (size_t i = 0; i < length; i++)
			fputc('a', out);
		fprintf(out, "%s\n", end);
	}
	fputs(MAP_SG, out);
	text = unit_text(out);
	kallsyms = read_symbols(text);
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123400), "xen_swiotlb_map_sg");
	return kallsyms;
}

/* Rust's names can be that long. */
static void test_long_lines_do_not_spoil_the_next(void **state)
{
	struct xdc_kallsyms *kallsyms = read_long_lines("map_sg\t[module]");

	(void)state;
	assert_null(xdc_kallsyms_function(kallsyms, 0xa));
	xdc_kallsyms_free(kallsyms);
}

static void test_the_rest_of_a_long_line_is_no_line(void **state)
{
	struct xdc_kallsyms *kallsyms = read_long_lines(" t map_sg");

	(void)state;
	for (uint64_t tail = 0xa; tail <= 0xaaaaaaaaaaaaaaa; tail = tail << 4 | 0xa)
		assert_null(xdc_kallsyms_function(kallsyms, tail));
	xdc_kallsyms_free(kallsyms);
}

static void test_malformed_lines_are_passed_over(void **state)
{
	struct xdc_kallsyms *kallsyms = read_symbols("ffffffc008123401\n"
						     "ffffffc008123402 \n"
						     "ffffffc008123403 t\n"
						     "ffffffc008123404 tt map_sg\n"
						     "  t map_sg\n"
						     "ffffffffffffffffff t map_sg\n"
						     "zz t map_sg\n" MAP_SG);

	(void)state;
	for (uint64_t i = 1; i < 5; i++)
		assert_null(xdc_kallsyms_function(kallsyms, 0xffffffc008123400 + i));
	assert_text(xdc_kallsyms_function(kallsyms, 0xffffffc008123400), "xen_swiotlb_map_sg");
	xdc_kallsyms_free(kallsyms);
}

/* A file made up to exhaust memory. */
static void test_more_symbols_than_any_kernel_has_are_left_out(void **state)
{
	struct xdc_kallsyms *kallsyms;
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();

	(void)state;
	for (unsigned int i = 1; i <= 5000; i++)
		fprintf(out, "%016x t a_map_sg\n", i);
	text = unit_text(out);
	kallsyms = read_symbols(text);
	assert_non_null(xdc_kallsyms_function(kallsyms, 4096));
	assert_null(xdc_kallsyms_function(kallsyms, 4097));
	xdc_kallsyms_free(kallsyms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_function_is_found_by_its_address),
		cmocka_unit_test(test_on_32_bit_an_odd_address_is_the_function_before_it),
		cmocka_unit_test(test_the_image_is_between_its_two_symbols),
		cmocka_unit_test(test_data_is_no_function),
		cmocka_unit_test(test_hidden_addresses_are_told_from_none),
		cmocka_unit_test(test_the_global_table_is_known_only_where_it_is_the_only_one),
		cmocka_unit_test(test_long_lines_do_not_spoil_the_next),
		cmocka_unit_test(test_the_rest_of_a_long_line_is_no_line),
		cmocka_unit_test(test_malformed_lines_are_passed_over),
		cmocka_unit_test(test_more_symbols_than_any_kernel_has_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
