/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/log-join.h"
#include "unit.h"

static void assert_joined(const char *text, bool blank, const char *expected)
{
	struct xdc_log_joined joined;

	assert_true(xdc_log_join(text, strlen(text), blank, &joined));
	assert_int_equal(joined.size, strlen(expected));
	assert_memory_equal(joined.text, expected, joined.size);
}

static void a_terminal_breaks_anywhere(void **state)
{
	(void)state;
	assert_joined("libxl: Permissi\non denied\nlibxl: next\n", false,
		      "libxl: Permission denied");
	assert_joined("(XEN) a\nb\nc\nd\ne\n", false, "(XEN) abcd");
}

static void mail_breaks_at_blanks_and_quotes(void **state)
{
	(void)state;
	assert_joined("> libxl: Permission \n> denied\n", true, "> libxl: Permission denied");
}

static void a_joint_is_where_a_line_began(void **state)
{
	static const char text[] = "(XEN) ab\ncd";
	struct xdc_log_joined joined;

	(void)state;
	assert_true(xdc_log_join(text, strlen(text), false, &joined));
	assert_int_equal(joined.n_joints, 1);
	assert_int_equal(joined.joints[0], 8);
}

static void what_needs_no_joining_is_not(void **state)
{
	struct xdc_log_joined joined;
	char endless[3 * XDC_JOINED_MAX];

	(void)state;
	assert_false(xdc_log_join("(XEN) a\n(XEN) b\n", 16, false, &joined));
	assert_false(xdc_log_join("(XEN) a\n", 8, false, &joined));
	assert_false(xdc_log_join("(XEN) a\n\nb\n", 11, true, &joined));
	memset(endless, 'x', sizeof(endless));
	assert_false(xdc_log_join(endless, sizeof(endless), false, &joined));
	endless[10] = '\n';
	assert_false(xdc_log_join(endless, sizeof(endless), false, &joined));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_breaks_anywhere),
		cmocka_unit_test(mail_breaks_at_blanks_and_quotes),
		cmocka_unit_test(a_joint_is_where_a_line_began),
		cmocka_unit_test(what_needs_no_joining_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
