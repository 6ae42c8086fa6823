/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_a_machine_is_the_same_as_itself(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	for (size_t i = 0; i < 2; i++) {
		add_board(two->evidence[i]);
		add_arm64_dom0(two->evidence[i], "6.1.0");
	}
	c = two_compare(two);
	assert_true(xdc_comparison_is_empty(c));
	/* Every device is there, for whoever shows what is the same, too. */
	assert_true(c->n_devices > 0);
	for (size_t i = 0; i < c->n_devices; i++)
		assert_int_equal(c->devices[i].change.kind, XDC_SAME);
}

static void test_no_evidence_is_compared(void **state)
{
	assert_true(xdc_comparison_is_empty(two_compare(*state)));
}

static void test_an_unread_difference_is_counted_apart(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	both_record(two, "uname", XDC_STATUS_OK, "release=6.1.0\nmachine=aarch64\n");
	both_record(two, "file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	add_file(two->evidence[0], "/proc/cmdline", "quiet\n");
	add_record(two->evidence[1], "file:/proc/cmdline", XDC_STATUS_DENIED, "");
	c = two_compare(two);
	assert_false(xdc_comparison_is_empty(c));
	assert_int_equal(c->of_host.differ, 1);
	assert_int_equal(c->of_host.unread, 1);
}

/* A change all of whose fields may be none may be none. */
static void test_one_known_field_makes_a_change_known(void **state)
{
	const struct xdc_unread unread = { XDC_SIDE_AFTER, "k" };
	struct xdc_field_change items[2] = { { .unread = unread }, { .unread = unread } };
	struct xdc_change change = { .fields = { items, 2 } };
	struct xdc_count count = { 0 };

	(void)state;
	xdc_change_settle(&change, true, true, &count);
	assert_int_equal(change.kind, XDC_CHANGED);
	assert_unread(&change.unread, XDC_SIDE_AFTER, "k");
	items[1].unread = (struct xdc_unread){ 0 };
	change.unread = (struct xdc_unread){ 0 };
	xdc_change_settle(&change, true, true, &count);
	assert_unread(&change.unread, XDC_SIDE_NEITHER, NULL);
	assert_int_equal(count.differ, 2);
	assert_int_equal(count.unread, 1);
}

static void test_values_differ_by_type_and_content(void **state)
{
	static const char *const items[] = { "a", "b" };
	const struct xdc_value list = { .type = XDC_VALUE_LIST, .items = items, .n_items = 2 };
	const struct xdc_value shorter = { .type = XDC_VALUE_LIST, .items = items, .n_items = 1 };
	const struct xdc_field_change same[] = {
		{ .before = list, .after = list },
		{ .before = xdc_value_text("a"), .after = xdc_value_text("a") },
		{ .before = xdc_value_text(NULL), .after = xdc_value_number(-1) },
		{ .before = xdc_value_tri(XDC_YES), .after = xdc_value_tri(XDC_YES) },
	};
	const struct xdc_field_change other[] = {
		{ .before = list, .after = shorter },
		{ .before = xdc_value_text("a"), .after = xdc_value_text("b") },
		{ .before = xdc_value_number(1), .after = xdc_value_tri(XDC_YES) },
		{ .before = xdc_value_tri(XDC_UNKNOWN), .after = xdc_value_tri(XDC_NO) },
	};
	struct xdc_fields fields = { 0 };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(same); i++)
		xdc_fields_add(&fields, &same[i]);
	assert_int_equal(fields.count, 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(other); i++)
		xdc_fields_add(&fields, &other[i]);
	assert_int_equal(fields.count, XDC_ARRAY_SIZE(other));
	free(fields.items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_a_machine_is_the_same_as_itself),
		two_test(test_no_evidence_is_compared),
		two_test(test_an_unread_difference_is_counted_apart),
		two_test(test_one_known_field_makes_a_change_known),
		two_test(test_values_differ_by_type_and_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
