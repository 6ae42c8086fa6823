/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdt.h"
#include "unit.h"

static void test_a_tree_is_one_and_a_part_of_it_is_none(void **state)
{
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_text(&dt, "model", "board");
	dt_finish(&dt);
	assert_int_equal(xdc_fdt_check(dt.blob, sizeof(dt.blob)), 0);
	for (size_t size = 0; size < fdt_totalsize(dt.blob); size++)
		assert_true(xdc_fdt_check(dt.blob, size) < 0);
	memset(dt.blob, 0, FDT_V1_SIZE);
	assert_int_equal(xdc_fdt_check(dt.blob, sizeof(dt.blob)), -FDT_ERR_BADMAGIC);
}

/* libfdt itself falls over the first of them. */
static void test_versions_of_before_2005_are_refused(void **state)
{
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_finish(&dt);
	for (uint32_t version = 0; version < 16; version++) {
		fdt_set_version(dt.blob, version);
		fdt_set_last_comp_version(dt.blob, 0);
		assert_int_equal(xdc_fdt_check(dt.blob, sizeof(dt.blob)), -FDT_ERR_BADVERSION);
	}
	fdt_set_version(dt.blob, 16);
	assert_int_equal(xdc_fdt_check(dt.blob, sizeof(dt.blob)), 0);
}

/* libfdt takes them for small ones, reads before the value, or goes round for ever. */
static void test_negative_lengths_are_refused(void **state)
{
	struct dt dt;
	int property;

	(void)state;
	dt_start(&dt);
	dt_text(&dt, "model", "board");
	dt_finish(&dt);
	property = fdt_first_property_offset(dt.blob, 0);
	assert_true(property >= 0);
	for (int length = -16; length < 0; length++) {
		char *at = (char *)dt.blob + fdt_off_dt_struct(dt.blob) + property + FDT_TAGSIZE;

		fdt32_st(at, (uint32_t)length);
		assert_int_equal(xdc_fdt_check(dt.blob, sizeof(dt.blob)), -FDT_ERR_BADSTRUCTURE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_tree_is_one_and_a_part_of_it_is_none),
		cmocka_unit_test(test_versions_of_before_2005_are_refused),
		cmocka_unit_test(test_negative_lengths_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
