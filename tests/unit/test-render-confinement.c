/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "render/render.h"
#include "unit.h"

static void assert_told(const struct xdc_confinement *confinement, const char *expected)
{
	xdc_autofree char *result = NULL;
	FILE *out = unit_stream();

	xdc_render_confinement(confinement, 80, out);
	result = unit_text(out);
	assert_string_equal(result, expected);
}

static void test_all_is_in_force(void **state)
{
	const struct xdc_confinement all = { 1000, true, true, true, true, 7, true, true };

	(void)state;
	assert_told(&all, "\nConfined before it looked at what it had read: user 1000 in root's "
			  "place, no\ncapabilities, no new privileges, no files (Landlock 7), few "
			  "system calls\n(seccomp), limits.\n");
}

/* Linux 5.10: nothing is hidden, and what does its work is named. */
static void test_what_is_missing_is_told(void **state)
{
	const struct xdc_confinement some = { 1000, false, true, true, true, 0, true, true };

	(void)state;
	assert_told(&some, "\nConfined before it looked at what it had read: user 1000, no "
			   "capabilities, no\nnew privileges, few system calls (seccomp), limits.\n"
			   "Not in force: Landlock.\n");
}

static void test_files_that_can_be_opened_are_told(void **state)
{
	const struct xdc_confinement few = { .user = 0, .no_capabilities = true };

	(void)state;
	assert_told(&few, "\nConfined before it looked at what it had read: no capabilities.\n"
			  "Not in force: another user than root, no new privileges, Landlock, few "
			  "system\ncalls (seccomp), limits.\n"
			  "Files could still be opened by name.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_is_in_force),
		cmocka_unit_test(test_what_is_missing_is_told),
		cmocka_unit_test(test_files_that_can_be_opened_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
