/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "unit.h"

static void assert_escaped(const char *text, size_t size, const char *expected)
{
	struct xdc_arena *arena = xdc_arena_new();

	assert_string_equal(xdc_text_escaped(arena, text, size), expected);
	xdc_arena_free(arena);
}

static void test_escape_leaves_text_alone(void **state)
{
	static const char text[] = " 0000:00:02.0 ~\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";

	(void)state;
	assert_escaped(text, strlen(text), text);
	assert_escaped("", 0, "");
}

static void test_escape_replaces_control_characters(void **state)
{
	(void)state;
	assert_escaped("a\tb\nc\rd", 7, "a\\x09b\\x0ac\\x0dd");
	assert_escaped("\x1b[31m", 5, "\\x1b[31m");
	assert_escaped("\0x\x1f\x7f", 4, "\\x00x\\x1f\\x7f");
	for (char c = 1; c < 0x20; c++) {
		char expected[8];

		snprintf(expected, sizeof(expected), "\\x%02x", (unsigned int)c);
		assert_escaped(&c, 1, expected);
	}
}

/* U+009B alone begins an escape sequence on some terminals. */
static void test_escape_replaces_c1_controls(void **state)
{
	(void)state;
	assert_escaped("\xc2\x80", 2, "\\xc2\\x80");
	assert_escaped("\xc2\x9b", 2, "\\xc2\\x9b");
	assert_escaped("\xc2\x9f", 2, "\\xc2\\x9f");
	/* A no-break space is the first behind them. */
	assert_escaped("\xc2\xa0", 2, "\xc2\xa0");
}

static void test_escape_replaces_invalid_utf8(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "\x80", "\\x80" },
		{ "\xff", "\\xff" },
		/* Overlong forms of "/" in two, three and four bytes. */
		{ "\xc0\xaf", "\\xc0\\xaf" },
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },
		{ "\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf" },
		/* The smallest code points of three and four bytes are none. */
		{ "\xe0\xa0\x80", "\xe0\xa0\x80" },
		{ "\xf0\x90\x80\x80", "\xf0\x90\x80\x80" },
		/* The last code point, then a surrogate, and U+110000. */
		{ "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf" },
		{ "\xed\x9f\xbf", "\xed\x9f\xbf" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80" },
		/* Cut short, and what follows is kept. */
		{ "\xe2\x82", "\\xe2\\x82" },
		{ "\xe2\x82x", "\\xe2\\x82x" },
		{ "\xc3(", "\\xc3(" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++)
		assert_escaped(cases[i].text, strlen(cases[i].text), cases[i].expected);
}

/* What is behind the size given must not complete a character. */
static void test_escape_does_not_look_behind_the_size(void **state)
{
	(void)state;
	assert_escaped("\xc3\xa4", 1, "\\xc3");
	assert_int_equal(xdc_utf8_length("\xe2\x82\xac", 2), 0);
	assert_int_equal(xdc_utf8_length("\xe2\x82\xac", 3), 3);
	assert_int_equal(xdc_utf8_length("x", 0), 0);
}

static void test_escape_doubles_the_backslash(void **state)
{
	(void)state;
	assert_escaped("a\\x41", 5, "a\\\\x41");
}

static void test_unescape_undoes_escape_for_every_byte(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	char all[256];
	char *text;
	size_t size = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (char)i;
	text = xdc_text_escaped(arena, all, sizeof(all));
	assert_true(is_harmless(text));
	assert_int_equal(xdc_text_unescape(text, &size), 0);
	assert_int_equal(size, sizeof(all));
	assert_memory_equal(text, all, sizeof(all));
	xdc_arena_free(arena);
}

static void test_unescape_refuses_broken_escapes(void **state)
{
	static const char *const broken[] = {
		"\\", "a\\", "\\x", "\\x4", "\\x4g", "\\xg4", "\\n", "\\X41", "\\x4G", "\\xAB",
	};
	char text[16];

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(broken); i++) {
		strcpy(text, broken[i]);
		assert_int_equal(xdc_text_unescape(text, NULL), -EINVAL);
	}
}

static void test_unescape_takes_one_layer_off(void **state)
{
	char text[] = "\\\\x41\\x5cx42";

	(void)state;
	assert_int_equal(xdc_text_unescape(text, NULL), 0);
	assert_string_equal(text, "\\x41\\x42");
}

static void test_first_line_is_cut_and_trimmed(void **state)
{
	char two[] = "dom0 \t\r\nsecond", blank[] = " \n", none[] = "";

	(void)state;
	assert_string_equal(xdc_text_first_line(two), "dom0");
	assert_string_equal(xdc_text_first_line(blank), "");
	assert_string_equal(xdc_text_first_line(none), "");
}

static void test_next_line_gives_each_line_once(void **state)
{
	char text[] = "one\n\nthree\nlast";
	char *cursor = text;

	(void)state;
	assert_string_equal(xdc_text_next_line(&cursor), "one");
	assert_string_equal(xdc_text_next_line(&cursor), "");
	assert_string_equal(xdc_text_next_line(&cursor), "three");
	assert_text(xdc_text_next_line(&cursor), "last");
	assert_null(xdc_text_next_line(&cursor));
	assert_null(xdc_text_next_line(&cursor));
}

static void test_next_line_of_a_final_newline_adds_no_line(void **state)
{
	char text[] = "one\n";
	char *cursor = text, *none = NULL;

	(void)state;
	assert_string_equal(xdc_text_next_line(&cursor), "one");
	assert_null(xdc_text_next_line(&cursor));
	assert_null(xdc_text_next_line(&none));
}

static void test_has_word_takes_whole_words_only(void **state)
{
	(void)state;
	assert_true(xdc_text_has_word("arm,smmu-v3", "arm,smmu-v3"));
	assert_true(xdc_text_has_word("a b\tc\nd", "c"));
	assert_true(xdc_text_has_word("  a  b", "b"));
	assert_true(xdc_text_has_word("aa a", "a"));
	assert_false(xdc_text_has_word("arm,smmu-v3x", "arm,smmu-v3"));
	assert_false(xdc_text_has_word("xarm,smmu-v3", "arm,smmu-v3"));
	assert_false(xdc_text_has_word("arm,smmu", "arm,smmu-v3"));
	assert_false(xdc_text_has_word("", "a"));
	assert_false(xdc_text_has_word("a", ""));
}

static void test_prefix_and_suffix(void **state)
{
	(void)state;
	assert_true(xdc_text_starts_with("device:/x", "device:"));
	assert_false(xdc_text_starts_with("dev", "device:"));
	assert_true(xdc_text_ends_with("kernel.gz", ".gz"));
	assert_true(xdc_text_ends_with(".gz", ".gz"));
	assert_false(xdc_text_ends_with("gz", ".gz"));
	assert_false(xdc_text_ends_with("kernel.gz ", ".gz"));
}

static void test_number_parse_reads_each_base(void **state)
{
	uint64_t value = 0;

	(void)state;
	assert_int_equal(xdc_number_parse("17", 10, &value), 0);
	assert_int_equal(value, 17);
	assert_int_equal(xdc_number_parse("0x11", 0, &value), 0);
	assert_int_equal(value, 17);
	assert_int_equal(xdc_number_parse("00022801", 16, &value), 0);
	assert_int_equal(value, 0x22801);
	assert_int_equal(xdc_number_parse("ff", 16, &value), 0);
	assert_int_equal(value, 0xff);
	assert_int_equal(xdc_number_parse("18446744073709551615", 10, &value), 0);
	assert_true(value == UINT64_MAX);
}

static void test_number_parse_refuses_what_is_no_number(void **state)
{
	static const char *const texts[] = {
		"",  "-1", "+1",  " 1", "\t1",	    "1 ", "1\n", "1x",	"0x1",
		"a", "1.", "1,0", "x",	"\xd9\xa1", "-",  "0-",	 "--1",
	};
	uint64_t value = 42;

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++)
		assert_int_equal(xdc_number_parse(texts[i], 10, &value), -EINVAL);
	assert_int_equal(xdc_number_parse("0x", 0, &value), -EINVAL);
	assert_int_equal(xdc_number_parse("0x-1", 0, &value), -EINVAL);
	assert_int_equal(xdc_number_parse("18446744073709551616", 10, &value), -ERANGE);
	assert_int_equal(xdc_number_parse("10000000000000000", 16, &value), -ERANGE);
	assert_int_equal(value, 42);
}

/* A line of a guest's must not read otherwise than it is. */
static void test_what_turns_the_order_of_text_is_escaped(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();

	(void)state;
	assert_string_equal(xdc_text_escaped(arena,
					     "a\xe2\x80\xae"
					     "b",
					     5),
			    "a\\xe2\\x80\\xaeb");
	assert_string_equal(xdc_text_escaped(arena, "\xe2\x81\xa6", 3), "\\xe2\\x81\\xa6");
	assert_string_equal(xdc_text_escaped(arena, "\xe2\x80\x9c", 3), "\xe2\x80\x9c");
	xdc_arena_free(arena);
}

static void test_a_time_is_told_in_utc(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();

	(void)state;
	assert_text(xdc_text_time(arena, 0), "1970-01-01T00:00:00Z");
	assert_text(xdc_text_time(arena, 1700000000), "2023-11-14T22:13:20Z");
	assert_text(xdc_text_time(arena, 951782400), "2000-02-29T00:00:00Z");
	assert_null(xdc_text_time(arena, -1));
	/* Where time_t has 32 bits, it ends in 2038. */
	if (sizeof(time_t) > 4)
		assert_text(xdc_text_time(arena, 253402300799), "9999-12-31T23:59:59Z");
	else
		assert_null(xdc_text_time(arena, 253402300799));
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_time_is_told_in_utc),
		cmocka_unit_test(test_what_turns_the_order_of_text_is_escaped),
		cmocka_unit_test(test_escape_leaves_text_alone),
		cmocka_unit_test(test_escape_replaces_control_characters),
		cmocka_unit_test(test_escape_replaces_c1_controls),
		cmocka_unit_test(test_escape_replaces_invalid_utf8),
		cmocka_unit_test(test_escape_does_not_look_behind_the_size),
		cmocka_unit_test(test_escape_doubles_the_backslash),
		cmocka_unit_test(test_unescape_undoes_escape_for_every_byte),
		cmocka_unit_test(test_unescape_refuses_broken_escapes),
		cmocka_unit_test(test_unescape_takes_one_layer_off),
		cmocka_unit_test(test_first_line_is_cut_and_trimmed),
		cmocka_unit_test(test_next_line_gives_each_line_once),
		cmocka_unit_test(test_next_line_of_a_final_newline_adds_no_line),
		cmocka_unit_test(test_has_word_takes_whole_words_only),
		cmocka_unit_test(test_prefix_and_suffix),
		cmocka_unit_test(test_number_parse_reads_each_base),
		cmocka_unit_test(test_number_parse_refuses_what_is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
