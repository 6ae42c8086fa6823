/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define COLOURED "XDC-NOT-DIRECT-MAPPED"
#define COVERAGE "XDC-COVERAGE"

/* A dom0 with a function of @fields; @physinfo is what the hypervisor says, NULL: not asked. */
static struct xdc_report *report_of(const char *features, const char *fields, const char *physinfo)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_pci(evidence, "0000:00:02.0", fields);
	if (physinfo)
		add_record(evidence, "xen:physinfo", XDC_STATUS_OK, physinfo);
	add_machine(evidence, &(struct machine){ "aarch64", "6.6.0", features, NULL, NULL });
	return xdc_report_new(evidence);
}

static void assert_coloured(const char *fields, const char *physinfo, size_t count,
			    enum xdc_severity severity)
{
	xdc_autoreport struct xdc_report *report =
		report_of(FEATURES_NOT_DIRECT_MAPPED, fields, physinfo);

	assert_int_equal(count_findings(report, COLOURED), count);
	if (count)
		assert_int_equal(find_finding(report, COLOURED)->severity, severity);
}

#define BUSY "driver=d\nbusmaster=1\n"

static void test_dma_of_a_coloured_dom0_needs_an_iommu_of_xen_s(void **state)
{
	(void)state;
	assert_coloured(BUSY, "directio=0\n", 1, XDC_SEVERITY_ERROR);
	assert_coloured(BUSY, NULL, 1, XDC_SEVERITY_WARNING);
	assert_coloured(BUSY, "directio=1\n", 0, XDC_SEVERITY_INFO);
	assert_coloured("driver=d\nbusmaster=0\n", "directio=0\n", 0, XDC_SEVERITY_INFO);
	assert_coloured("busmaster=1\n", "directio=0\n", 0, XDC_SEVERITY_INFO);
}

static void test_a_dom0_mapped_1_to_1_is_not_coloured(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(FEATURES_DIRECT_MAPPED, BUSY, "directio=0\n");

	(void)state;
	assert_null(find_finding(report, COLOURED));
}

static void assert_coverage(const char *features, const char *fields, const char *physinfo,
			    bool told)
{
	xdc_autoreport struct xdc_report *report = report_of(features, fields, physinfo);

	assert_int_equal(count_findings(report, COVERAGE), told);
	if (told)
		assert_int_equal(find_finding(report, COVERAGE)->severity, XDC_SEVERITY_INFO);
}

static void test_devices_that_nothing_confines_are_told_once(void **state)
{
	(void)state;
	assert_coverage(FEATURES_DIRECT_MAPPED, BUSY, "directio=0\n", true);
	assert_coverage(FEATURES_DIRECT_MAPPED, BUSY, "directio=1\n", false);
	assert_coverage(FEATURES_DIRECT_MAPPED, BUSY, "directio=x\n", false);
	assert_coverage(FEATURES_DIRECT_MAPPED, BUSY, NULL, false);
	assert_coverage(FEATURES_DIRECT_MAPPED, "", "directio=0\n", false);
	assert_coverage(FEATURES_GUEST, BUSY, "directio=0\n", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dma_of_a_coloured_dom0_needs_an_iommu_of_xen_s),
		cmocka_unit_test(test_a_dom0_mapped_1_to_1_is_not_coloured),
		cmocka_unit_test(test_devices_that_nothing_confines_are_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
