/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/render.h"
#include "unit.h"

static char *render(struct two *two, const struct xdc_comparison_options *options)
{
	FILE *out = unit_stream();

	assert_int_equal(xdc_render_comparison_table(two_compare(two), options, out), 0);
	return unit_text(out);
}

static void test_nothing_is_printed_of_no_difference(void **state)
{
	const struct xdc_comparison_options options = { .width = 80 };
	xdc_autofree char *text = NULL;

	both_dom0(*state);
	text = render(*state, &options);
	assert_string_equal(text, "");
}

static void test_the_answer_comes_first_and_what_differs_below(void **state)
{
	const struct xdc_comparison_options options = { .before = "old\x1b", .width = 80 };
	xdc_autofree char *text = NULL;

	two_remedied(*state);
	both_dom0(*state);
	text = render(*state, &options);
	assert_true(xdc_text_starts_with(text, "5 differences: 3 devices, 2 findings.\n"
					       "before  old\\x1b\n"
					       "after   this machine, now\n"));
	assert_contains(text, "\nDevices\n  0000:00:02.0\n");
	assert_contains(text, "    verdict            broken -> ok\n");
	assert_contains(text, "    group's type       DMA -> identity\n");
	assert_contains(text, "  new: 0000:00:03.0\n    driver nvme, path ");
	assert_contains(text, "Not shown: 1 not known to do DMA (--all shows them).");
	assert_contains(text, "  gone: error XDC-SWIOTLB-OVER-IOMMU: 0000:00:02.0\n");
	assert_contains(text, "    severity           error -> notice\n");
	/* No section without a difference in it. */
	assert_lacks(text, "\nHost\n");
	assert_lacks(text, "IOMMUs");
	assert_lacks(text, "could be read");
	assert_true(is_harmless(text));
	assert_true(widest_line(text) <= 80);
}

static void test_all_shows_what_is_folded(void **state)
{
	const struct xdc_comparison_options options = { .all = true };
	struct two *two = *state;
	xdc_autofree char *text = NULL;

	add_record(two->evidence[0], "kernel-config", XDC_STATUS_OK, "CONFIG_ODD=y\n");
	two_remedied(two);
	both_dom0(two);
	text = render(two, &options);
	assert_contains(text, "  new: timer\n");
	assert_contains(text, "  CONFIG_ODD           y -> n\n");
	assert_lacks(text, "Not shown");
}

static void test_build_options_without_a_question_are_counted(void **state)
{
	const struct xdc_comparison_options options = { 0 };
	struct two *two = *state;
	xdc_autofree char *text = NULL;

	add_record(two->evidence[0], "kernel-config", XDC_STATUS_OK,
		   "CONFIG_ODD=y\nCONFIG_SWIOTLB_XEN=y\n");
	add_record(two->evidence[1], "kernel-config", XDC_STATUS_OK, "CONFIG_XEN_BACKEND=y\n");
	both_dom0(two);
	text = render(two, &options);
	assert_contains(text, "  CONFIG_SWIOTLB_XEN   y -> n\n");
	assert_contains(text, "  CONFIG_XEN_BACKEND   n -> y\n");
	assert_contains(text, "1 that no rule or check asks for (--all names them)");
	assert_lacks(text, "CONFIG_ODD");
}

static void test_what_may_be_none_is_marked_with_why(void **state)
{
	const struct xdc_comparison_options options = { .width = 80 };
	struct two *two = *state;
	xdc_autofree char *text = NULL;

	add_record(two->evidence[1], FEATURES_KEY, XDC_STATUS_DENIED, "");
	for (size_t i = 0; i < 2; i++) {
		add_file(two->evidence[i], "/proc/xen/capabilities", "control_d\n");
		add_board(two->evidence[i]);
		add_pci(two->evidence[i], "0000:00:02.0",
			i ? "driver=other\nbusmaster=1\n" : "driver=nvme\nbusmaster=1\n");
	}
	both_dom0(two);
	text = render(two, &options);
	assert_contains(text, "    driver             nvme -> other\n");
	assert_contains(text, "may be none, marked (?).");
	assert_contains(text, "  mapped 1:1           yes -> unknown (?)");
	assert_contains(text, "    path               swiotlb-xen -> unknown (?)\n");
	assert_contains(text, "    (?)                " FEATURES_KEY);
	assert_contains(text, "\nWhat could be read\n  ok -> denied: " FEATURES_KEY "\n");
	assert_true(widest_line(text) <= 80);
}

static void test_evidence_alone_is_told_too(void **state)
{
	const struct xdc_comparison_options options = { 0 };
	struct two *two = *state;
	xdc_autofree char *text = NULL;

	add_record(two->evidence[0], "kmsg", XDC_STATUS_DENIED, "");
	add_record(two->evidence[1], "kmsg", XDC_STATUS_OK, "");
	both_dom0(two);
	text = render(two, &options);
	assert_true(xdc_text_starts_with(text, "No difference in what both could read.\n"));
	assert_contains(text, "  denied -> ok: kmsg\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_nothing_is_printed_of_no_difference),
		two_test(test_the_answer_comes_first_and_what_differs_below),
		two_test(test_all_shows_what_is_folded),
		two_test(test_build_options_without_a_question_are_counted),
		two_test(test_what_may_be_none_is_marked_with_why),
		two_test(test_evidence_alone_is_told_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
