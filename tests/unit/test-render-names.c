/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "render/render.h"
#include "unit.h"

static const char *const names[] = { "a", "b", "c", "d" };

static void test_a_long_list_is_cut(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();

	(void)state;
	assert_text(xdc_names_text(arena, names, 0, 2), "");
	assert_text(xdc_names_text(arena, names, 1, 2), "a");
	assert_text(xdc_names_text(arena, names, 2, 2), "a, b");
	assert_text(xdc_names_text(arena, names, 4, 2), "a, b and 2 more");
	xdc_arena_free(arena);
}

static void test_all_are_named_without_a_limit(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();

	(void)state;
	assert_text(xdc_names_text(arena, names, 4, 0), "a, b, c, d");
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_long_list_is_cut),
		cmocka_unit_test(test_all_are_named_without_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
