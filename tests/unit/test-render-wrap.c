/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static void assert_wrapped(const char *text, size_t column, size_t indent, size_t width,
			   const char *expected)
{
	xdc_autofree char *result = NULL;
	FILE *out = unit_stream();

	xdc_wrap(out, text, column, indent, width);
	result = unit_text(out);
	assert_string_equal(result, expected);
}

static void test_a_line_is_as_wide_as_it_may_be(void **state)
{
	(void)state;
	assert_wrapped("aaa bbb ccc", 0, 0, 7, "aaa bbb\nccc\n");
	assert_wrapped("aaa bbb ccc", 0, 0, 6, "aaa\nbbb\nccc\n");
	assert_wrapped("aaa bbb ccc", 0, 0, 11, "aaa bbb ccc\n");
	assert_wrapped("aaa bbb ccc", 0, 0, 10, "aaa bbb\nccc\n");
}

static void test_the_cursor_and_the_indent_take_room(void **state)
{
	(void)state;
	assert_wrapped("aaa bbb ccc", 4, 2, 7, "aaa\n  bbb\n  ccc\n");
	assert_wrapped("aaa bbb ccc", 4, 2, 9, "aaa\n  bbb ccc\n");
}

static void test_no_width_is_one_line(void **state)
{
	(void)state;
	assert_wrapped("aaa bbb ccc", 70, 9, 0, "aaa bbb ccc\n");
	assert_wrapped("", 0, 0, 10, "\n");
}

/* It cannot be cut: an address or a path must be copied whole. */
static void test_a_word_too_long_stands_alone(void **state)
{
	(void)state;
	assert_wrapped("a 0123456789 b", 0, 0, 4, "a\n0123456789\nb\n");
	assert_wrapped("0123456789", 5, 2, 4, "0123456789\n");
}

static void test_a_character_of_several_bytes_is_one_column(void **state)
{
	(void)state;
	assert_wrapped("\xc3\xa4\xc3\xa4\xc3\xa4 b", 0, 0, 5, "\xc3\xa4\xc3\xa4\xc3\xa4 b\n");
	assert_wrapped("\xc3\xa4\xc3\xa4\xc3\xa4 b", 0, 0, 4, "\xc3\xa4\xc3\xa4\xc3\xa4\nb\n");
	assert_int_equal(xdc_text_columns("\xe2\x82\xac\xff", 4), 2);
}

static void test_blanks_between_words_are_one(void **state)
{
	(void)state;
	assert_wrapped("a   b  ", 0, 0, 20, "a b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_line_is_as_wide_as_it_may_be),
		cmocka_unit_test(test_the_cursor_and_the_indent_take_room),
		cmocka_unit_test(test_no_width_is_one_line),
		cmocka_unit_test(test_a_word_too_long_stands_alone),
		cmocka_unit_test(test_a_character_of_several_bytes_is_one_column),
		cmocka_unit_test(test_blanks_between_words_are_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
