/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-preflight.h"

static void test_keys_are_found_by_their_whole_name(void **state)
{
	(void)state;
	assert_text(xdc_key_find("memory")->name, "memory");
	assert_text(xdc_key_find("acpi")->name, "acpi");
	assert_text(xdc_key_find("xenstore_feature_mask")->name, "xenstore_feature_mask");
	assert_null(xdc_key_find("memor"));
	assert_null(xdc_key_find("memoryx"));
	assert_null(xdc_key_find(""));
	assert_int_equal(xdc_key_find("virtio")->since, 18);
	assert_int_equal(xdc_key_find("llc_colors")->since, 20);
	assert_text(xdc_key_find("builder")->successor, "type");
}

static void test_the_nearest_is_the_one_that_was_meant(void **state)
{
	static const char *const cases[][2] = {
		{ "memroy", "memory" }, { "vcpu", "vcpus" },	 { "kernal", "kernel" },
		{ "disks", "disk" },	{ "ramdsk", "ramdisk" }, { "on_chrash", "on_crash" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++)
		assert_text(xdc_key_nearest(cases[i][0])->name, cases[i][1]);
	assert_null(xdc_key_nearest("wombat"));
	assert_null(xdc_key_nearest("q"));
	assert_null(xdc_key_nearest("a_key_that_is_longer_than_any_that_there_has_ever_been"));
}

static void test_what_xm_had_has_a_successor(void **state)
{
	(void)state;
	assert_string_equal(xdc_key_of_xm("pvh"), "type=\"pvh\"");
	assert_string_equal(xdc_key_of_xm("cpu"), "cpus");
	assert_null(xdc_key_of_xm("memory"));
	assert_null(xdc_key_of_xm("memroy"));
}

static void test_words_are_whole_ones(void **state)
{
	const struct xdc_key *action = xdc_key_find("on_crash"),
			     *mode = xdc_key_find("passthrough");

	(void)state;
	assert_true(xdc_key_allows(action, "preserve"));
	assert_false(xdc_key_allows(action, "Preserve"));
	assert_false(xdc_key_allows(action, "restart rename-restart"));
	assert_false(xdc_key_allows(action, "pre"));
	assert_false(xdc_key_allows(action, ""));
	assert_true(xdc_key_allows(mode, "Share_PT"));
	assert_false(xdc_key_allows(mode, "share"));
	assert_true(xdc_key_allows(xdc_key_find("name"), "anything"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_are_found_by_their_whole_name),
		cmocka_unit_test(test_the_nearest_is_the_one_that_was_meant),
		cmocka_unit_test(test_what_xm_had_has_a_successor),
		cmocka_unit_test(test_words_are_whole_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
