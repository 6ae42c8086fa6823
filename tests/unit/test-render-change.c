/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/render.h"
#include "unit.h"

static char *render(const struct xdc_comparison *c, const struct xdc_table_options *options)
{
	FILE *out = unit_stream();

	assert_int_equal(xdc_render_change(c, options, out), 0);
	return unit_text(out);
}

static void test_each_device_stands_there_as_it_is_and_as_it_would_be(void **state)
{
	const struct xdc_table_options options = { .width = 80 };
	xdc_autofree char *text = NULL;

	two_remedied(*state);
	both_dom0(*state);
	text = render(two_compare(*state), &options);
	assert_true(xdc_text_starts_with(text, "NAME"));
	assert_contains(text, "0000:00:02.0");
	assert_contains(text, "broken");
	/* It is not there now: no assumption adds it. */
	assert_lacks(text, "0000:00:03.0");
	assert_contains(text, "\nWhat would be found then:\n");
	assert_lacks(text, "nothing");
	assert_true(is_harmless(text));
}

static void test_all_shows_what_does_no_dma(void **state)
{
	const struct xdc_table_options options = { .all = true, .width = 80 };
	const struct xdc_table_options usual = { .width = 80 };
	struct two *two = *state;
	xdc_autofree char *text = NULL, *folded = NULL;

	for (size_t i = 0; i < 2; i++)
		add_platform(two->evidence[i], "timer", "");
	both_dom0(two);
	two_compare(two);
	text = render(two->c, &options);
	folded = render(two->c, &usual);
	assert_contains(text, "timer");
	assert_lacks(folded, "timer");
}

static void test_that_nothing_would_be_found_is_said(void **state)
{
	const struct xdc_table_options options = { .width = 80 };
	struct two *two = *state;
	xdc_autofree char *text = NULL;

	for (size_t i = 0; i < 2; i++)
		add_record(two->evidence[i], "file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	text = render(two_compare(two), &options);
	assert_contains(text, "What would be found then:\nnothing\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_each_device_stands_there_as_it_is_and_as_it_would_be),
		two_test(test_all_shows_what_does_no_dma),
		two_test(test_that_nothing_would_be_found_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
