/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-KERNEL-NEWER"

/* Of a dom0 with one device; @observed: what was read of that, or NULL. */
static struct xdc_report *report_of(const char *kernel, const char *observed)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_platform(evidence, "x", "driver=d\nof_node=/x\n");
	if (observed)
		add_observation(evidence, "x", observed);
	add_arm64_dom0(evidence, kernel);
	return xdc_report_new(evidence);
}

static void test_the_newest_rules_are_named_where_the_kernel_is_newer(void **state)
{
	static const char *const newer[] = { "7.3.0-rc1", "7.10.2", "8.0.0" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(newer); i++) {
		xdc_autoreport struct xdc_report *report = report_of(newer[i], NULL);
		const struct xdc_finding *finding = find_finding(report, ID);

		assert_non_null(finding);
		assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
		assert_text(finding->subject, newer[i]);
		assert_contains(finding->because[0].text, "Linux 7.2");
		assert_contains(finding->because[0].text, "1 of 1 devices");
		/* The newest rules are applied all the same. */
		assert_int_equal(attribution_of(report, "x")->path, XDC_PATH_SWIOTLB_XEN);
	}
}

static void test_nothing_is_told_of_a_kernel_that_the_rules_know(void **state)
{
	static const char *const known[] = { "5.10.0", "6.12.1", "7.2.12", "x" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(known); i++) {
		xdc_autoreport struct xdc_report *report = report_of(known[i], NULL);

		assert_null(find_finding(report, ID));
	}
}

static void test_what_is_observed_needs_no_rule(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("7.3.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");

	(void)state;
	assert_int_equal(attribution_of(report, "x")->basis, XDC_BASIS_OBSERVED);
	assert_null(find_finding(report, ID));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_newest_rules_are_named_where_the_kernel_is_newer),
		cmocka_unit_test(test_nothing_is_told_of_a_kernel_that_the_rules_know),
		cmocka_unit_test(test_what_is_observed_needs_no_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
