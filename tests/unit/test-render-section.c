/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/section.h"
#include "unit.h"

static char *print(struct xdc_section *section, size_t most, size_t width)
{
	struct xdc_arena *arena = xdc_arena_new();
	FILE *out = unit_stream();

	xdc_section_print(section, arena, most, width, out);
	xdc_arena_free(arena);
	return unit_text(out);
}

static void test_the_same_is_told_once_where_it_came_first(void **state)
{
	struct xdc_section section = { 0 };
	xdc_autofree char *text = NULL;

	(void)state;
	xdc_section_add(&section, "", "a", "    x\n");
	xdc_section_add(&section, "gone: ", "b", "    x\n");
	xdc_section_add(&section, "", "c", "    x\n");
	xdc_section_add(&section, "", "d", "    y\n");
	text = print(&section, 0, 0);
	assert_string_equal(text, "  a, c\n    x\n  gone: b\n    x\n  d\n    y\n");
	assert_int_equal(section.count, 0);
}

static void test_many_names_are_cut_and_wrapped(void **state)
{
	struct xdc_section section = { 0 };
	xdc_autofree char *text = NULL;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		xdc_section_add(&section, "", "name", "");
	text = print(&section, 3, 14);
	assert_string_equal(text, "  name, name,\n    name and 1\n    more\n");
}

static void test_nothing_is_printed_of_nothing(void **state)
{
	struct xdc_section section = { 0 };
	xdc_autofree char *text = print(&section, 0, 80);

	(void)state;
	assert_string_equal(text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_is_told_once_where_it_came_first),
		cmocka_unit_test(test_many_names_are_cut_and_wrapped),
		cmocka_unit_test(test_nothing_is_printed_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
