/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_comparison *with_records(struct two *two, const char *key,
						 enum xdc_status before, enum xdc_status after)
{
	add_record(two->evidence[0], key, before, "");
	add_record(two->evidence[1], key, after, "");
	return two_compare(two);
}

static void test_another_status_is_told(void **state)
{
	const struct xdc_comparison *c =
		with_records(*state, "kmsg\x1b", XDC_STATUS_OK, XDC_STATUS_DENIED);

	assert_int_equal(c->n_evidence, 1);
	assert_text(c->evidence[0].key, "kmsg\\x1b");
	assert_text(c->evidence[0].before, "ok");
	assert_text(c->evidence[0].after, "denied");
	assert_false(xdc_comparison_is_empty(c));
}

static void test_other_content_is_none(void **state)
{
	struct two *two = *state;

	add_record(two->evidence[0], "kmsg", XDC_STATUS_OK, "");
	add_record(two->evidence[1], "kmsg", XDC_STATUS_OK, "6,1,2,-;more\n");
	assert_true(xdc_comparison_is_empty(two_compare(two)));
}

/* A device's records come and go with it; that none was asked for is told of the whole. */
static void test_parts_are_told_by_their_whole(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_record(two->evidence[0], "dma", XDC_STATUS_OK, "");
	add_record(two->evidence[0], "dma:/devices/a", XDC_STATUS_OK, "");
	add_record(two->evidence[0], "udev", XDC_STATUS_OK, "");
	add_record(two->evidence[0], "udev:/devices/a", XDC_STATUS_OK, "");
	add_record(two->evidence[1], "udev", XDC_STATUS_OK, "");
	add_record(two->evidence[1], "udev:/devices/b", XDC_STATUS_OK, "");
	c = two_compare(two);
	assert_int_equal(c->n_evidence, 1);
	assert_text(c->evidence[0].key, "dma");
	assert_null(c->evidence[0].after);
}

static void test_what_counts_as_an_answer(void **state)
{
	static const struct {
		const char *asked;
		const char *key;
		enum xdc_status status;
		bool answered;
	} cases[] = {
		{ "kmsg", "kmsg", XDC_STATUS_OK, true },
		{ "kmsg", "kmsg", XDC_STATUS_TRUNCATED, true },
		{ "kmsg", "kmsg", XDC_STATUS_ABSENT, true },
		{ "kmsg", "kmsg", XDC_STATUS_DENIED, false },
		{ "kmsg", "kmsg", XDC_STATUS_TIMEOUT, false },
		{ "kmsg", "kmsg", XDC_STATUS_UNSUPPORTED, false },
		{ "kmsg", "uname", XDC_STATUS_OK, false },
		{ "dma:/devices/a", "dma", XDC_STATUS_OK, true },
		{ "dma:/devices/a", "dma", XDC_STATUS_DENIED, false },
		{ "device:/devices/a", "devices", XDC_STATUS_OK, true },
		{ "log:x", "logs", XDC_STATUS_IO_ERROR, false },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoreport struct xdc_report *report =
			xdc_report_new(evidence_with(cases[i].key, cases[i].status, ""));

		if (xdc_compare_answered(report, cases[i].asked) != cases[i].answered)
			fail_msg("%s, as %s is %s", cases[i].asked, cases[i].key,
				 xdc_status_name(cases[i].status));
	}
}

/* Xen is not asked where there is none, so nothing of it is missing. */
static void test_without_xen_its_questions_are_answered(void **state)
{
	xdc_autoreport struct xdc_report *report =
		xdc_report_new(evidence_with("file:/sys/hypervisor/type", XDC_STATUS_ABSENT, ""));

	(void)state;
	assert_true(xdc_compare_answered(report, "xen:physinfo"));
	assert_true(xdc_compare_answered(report, "xenstore"));
	assert_true(xdc_compare_answered(report, "tools"));
	assert_false(xdc_compare_answered(report, "kmsg"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_another_status_is_told),
		two_test(test_other_content_is_none),
		two_test(test_parts_are_told_by_their_whole),
		two_test(test_what_counts_as_an_answer),
		two_test(test_without_xen_its_questions_are_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
