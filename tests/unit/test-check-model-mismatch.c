/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-MODEL-MISMATCH"

static struct xdc_report *report_of(const char *fields, const char *observed)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_pci(evidence, "0000:00:02.0", fields);
	add_observation(evidence, "0000:00:02.0", observed);
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_two_answers_that_differ_are_told_with_both(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("driver=d\nbusmaster=1\n", "ops=none\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_WARNING);
	assert_string_equal(finding->subject, "0000:00:02.0");
	assert_string_equal(finding->because[0].text, "observed direct, inferred swiotlb-xen");
	assert_string_equal(finding->because[0].evidence[0], "dma:" PCI_PATH "0000:00:02.0");
	assert_int_equal(count_findings(report, ID), 1);
}

static void test_answers_that_agree_or_miss_are_not_told(void **state)
{
	static const char *const cases[][2] = {
		{ "driver=d\n", "ops=table\nmap_sg=xen_swiotlb_map_sg\n" },
		{ "driver=d\n", "ops=unreadable\n" },
		{ "", "ops=none\n" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoreport struct xdc_report *report = report_of(cases[i][0], cases[i][1]);

		assert_null(find_finding(report, ID));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_answers_that_differ_are_told_with_both),
		cmocka_unit_test(test_answers_that_agree_or_miss_are_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
