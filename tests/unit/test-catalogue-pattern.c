/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/pattern.h"
#include "unit.h"

static void assert_literal(const char *text, const char *literal)
{
	const char *error = NULL;
	struct xdc_pattern *pattern = xdc_pattern_new(text, &error);

	assert_null(error);
	assert_text(pattern->literal, literal);
	xdc_pattern_free(pattern);
}

static void the_literal_is_what_every_match_holds(void **state)
{
	(void)state;
	assert_literal("domain creation fail: [A-Z].*denied", "domain creation fail: ");
	assert_literal("(a|b) short then longest text [0-9]+", " short then longest text ");
	assert_literal("swiotlb buffer is full \\(sz: [0-9]+", "swiotlb buffer is full (sz: ");
	/* The last character may be missing, or be there twice. */
	assert_literal("abcdefgh?ij", "abcdefg");
	assert_literal("abcdefgh{2}ij", "abcdefg");
	assert_literal("[a-z\\]]literal", "literal");
	assert_literal("(no(t|r) (this)) but this", " but this");
}

static void assert_refused(const char *text, const char *why)
{
	const char *error = NULL;

	assert_null(xdc_pattern_new(text, &error));
	assert_non_null(error);
	assert_contains(error, why);
}

static void what_has_no_literal_is_refused(void **state)
{
	(void)state;
	assert_refused("[a-z]+ text", "no literal");
	assert_refused("", "no literal");
	assert_refused("one thing|another thing", "outside a group");
	assert_refused("(?i)whatever the case", "options");
	assert_refused("(*LIMIT_MATCH=1)whatever", "options");
	assert_refused("\\Qliteral text", "not taken");
}

static void named_groups_are_captured(void **state)
{
	const char *error;
	struct xdc_pattern *pattern = xdc_pattern_new(
		"device (?<bdf>[0-9:.]+) fails(?: with (?<error>-[0-9]+))?", &error);
	static const char text[] = "the device 0000:03:00.0 fails with nothing";
	struct xdc_captures captures;

	(void)state;
	assert_int_equal(xdc_pattern_match(pattern, text, strlen(text), &captures),
			 XDC_MATCH_FOUND);
	assert_text(xdc_capture_find(&captures, "bdf"), "0000:03:00.0");
	assert_null(xdc_capture_find(&captures, "error"));
	assert_null(xdc_capture_find(&captures, "other"));
	assert_int_equal(captures.start, 4);
	xdc_pattern_free(pattern);
}

static void a_long_capture_is_cut(void **state)
{
	const char *error;
	struct xdc_pattern *pattern = xdc_pattern_new("value is (?<v>x+)", &error);
	char text[300] = "value is ";
	struct xdc_captures captures;

	(void)state;
	memset(text + strlen(text), 'x', 200);
	assert_int_equal(xdc_pattern_match(pattern, text, strlen(text), &captures),
			 XDC_MATCH_FOUND);
	assert_int_equal(strlen(xdc_capture_find(&captures, "v")), XDC_CAPTURE_BYTES - 1);
	xdc_pattern_free(pattern);
}

static void what_backtracks_gives_up(void **state)
{
	const char *error;
	struct xdc_pattern *pattern = xdc_pattern_new("prefix (a+)+b", &error);
	char text[100] = "prefix ";

	(void)state;
	memset(text + strlen(text), 'a', 60);
	strcat(text, "!b");
	assert_int_equal(xdc_pattern_match(pattern, text, strlen(text), NULL), XDC_MATCH_GAVE_UP);
	assert_int_equal(pattern->gave_up, 1);
	for (int i = 0; i < 2 * XDC_GIVE_UPS_MAX; i++)
		xdc_pattern_match(pattern, text, strlen(text), NULL);
	/* A log of such lines is not endured: not even what it would find is looked for. */
	assert_int_equal(pattern->gave_up, XDC_GIVE_UPS_MAX);
	assert_int_equal(xdc_pattern_match(pattern, "prefix ab", 9, NULL), XDC_MATCH_GAVE_UP);
	xdc_pattern_free(pattern);
}

static void it_goes_on_as_machine_code(void **state)
{
	const char *error;
	struct xdc_pattern *pattern = xdc_pattern_new("number (?<n>[0-9]+)", &error);
	struct xdc_captures captures;

	(void)state;
	for (int i = 0; i < 200; i++)
		assert_int_equal(xdc_pattern_match(pattern, "number 7", 8, &captures),
				 XDC_MATCH_FOUND);
	assert_text(xdc_capture_find(&captures, "n"), "7");
	assert_int_equal(xdc_pattern_match(pattern, "number x", 8, NULL), XDC_MATCH_NONE);
	xdc_pattern_free(pattern);
}

static void a_faulty_pattern_says_where(void **state)
{
	const char *error;
	struct xdc_pattern *pattern = xdc_pattern_new("literal text [z-a]", &error);
	char text[200] = "";

	(void)state;
	assert_true(xdc_pattern_compile(pattern, text, sizeof(text)) < 0);
	assert_contains(text, "at character");
	xdc_pattern_free(pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_literal_is_what_every_match_holds),
		cmocka_unit_test(what_has_no_literal_is_refused),
		cmocka_unit_test(named_groups_are_captured),
		cmocka_unit_test(a_long_capture_is_cut),
		cmocka_unit_test(what_backtracks_gives_up),
		cmocka_unit_test(it_goes_on_as_machine_code),
		cmocka_unit_test(a_faulty_pattern_says_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
