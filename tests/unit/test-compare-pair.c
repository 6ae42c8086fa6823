/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "compare/compare.h"
#include "unit.h"

struct seen {
	char text[64];
};

static void note(void *arg, const void *before, const void *after)
{
	struct seen *seen = arg;
	const char *b = before, *a = after;

	strncat(seen->text, b ? b : "-", sizeof(seen->text) - strlen(seen->text) - 1);
	strncat(seen->text, a ? a : "-", sizeof(seen->text) - strlen(seen->text) - 1);
	strncat(seen->text, " ", sizeof(seen->text) - strlen(seen->text) - 1);
}

static void test_things_meet_by_name_in_its_order(void **state)
{
	struct xdc_named before[] = { { "c", "c" }, { "a", "a" } };
	struct xdc_named after[] = { { "d", "D" }, { "b", "B" }, { "c", "C" } };
	struct seen seen = { "" };

	(void)state;
	xdc_pair(before, 2, after, 3, note, &seen);
	assert_string_equal(seen.text, "a- -B cC -D ");
}

/* The second of a name meets the second. */
static void test_things_of_one_name_meet_in_their_order(void **state)
{
	static const char things[][2] = { "1", "2", "3" };
	struct xdc_named before[] = { { "x", things[1] }, { "x", things[0] }, { "x", things[2] } };
	struct xdc_named after[] = { { "x", things[0] }, { "x", things[1] } };
	struct seen seen = { "" };

	(void)state;
	xdc_pair(before, 3, after, 2, note, &seen);
	assert_string_equal(seen.text, "11 22 3- ");
}

static void test_an_empty_list_has_no_pairs(void **state)
{
	struct xdc_named one[] = { { "a", "a" } };
	struct seen seen = { "" };

	(void)state;
	xdc_pair(NULL, 0, NULL, 0, note, &seen);
	assert_string_equal(seen.text, "");
	xdc_pair(NULL, 0, one, 1, note, &seen);
	xdc_pair(one, 1, NULL, 0, note, &seen);
	assert_string_equal(seen.text, "-a a- ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_things_meet_by_name_in_its_order),
		cmocka_unit_test(test_things_of_one_name_meet_in_their_order),
		cmocka_unit_test(test_an_empty_list_has_no_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
