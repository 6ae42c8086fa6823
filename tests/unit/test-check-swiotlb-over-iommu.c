/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID     "XDC-SWIOTLB-OVER-IOMMU"
#define FAILED "3,1,2,-;ahci: probe of 0000:00:02.0 failed with error -5\n"

/* A function with @fields in a group of that type; @log is the kernel's. */
static struct xdc_report *report_of(const char *machine, const char *type, const char *fields,
				    const char *log)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, log);
	char groups[32], all[128];

	snprintf(groups, sizeof(groups), "1=%s\n", type);
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	snprintf(all, sizeof(all), "iommu_group=1\n%s", fields);
	add_pci(evidence, "0000:00:02.0", all);
	add_machine(evidence, &(struct machine){ machine, "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
						 "CONFIG_ARM_DMA_USE_IOMMU=y\n" });
	return xdc_report_new(evidence);
}

static void test_a_device_whose_dma_faults_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("aarch64", "DMA", "driver=ahci\nbusmaster=1\n", "");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_string_equal(finding->subject, "0000:00:02.0");
	assert_true(finding->n_because >= 2);
	assert_string_equal(finding->because[0].evidence[0], "device:" PCI_PATH "0000:00:02.0");
	assert_contains(finding->advice[0], "iommu.passthrough=1");
	assert_int_equal(count_findings(report, ID), 1);
}

static void test_a_driver_that_failed_of_it_is_told_so(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("aarch64", "DMA", "", FAILED);
	const struct xdc_finding *finding = find_finding(report, ID);
	bool said = false;

	(void)state;
	assert_non_null(finding);
	assert_contains(finding->title, "Its driver failed");
	for (size_t i = 0; i < finding->n_because; i++)
		said = said || strstr(finding->because[i].text, "failed with error -5");
	assert_true(said);
}

/* What the title says already is no reason. */
static void test_that_no_driver_is_bound_is_not_repeated(void **state)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, FAILED);
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_finding *finding;

	(void)state;
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	add_pci(evidence, "0000:00:02.0", "iommu_group=1\n");
	add_observation(evidence, "0000:00:02.0", "ops=none\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	finding = find_finding(report, ID);
	assert_non_null(finding);
	for (size_t i = 0; i < finding->n_because; i++)
		assert_lacks(finding->because[i].text, "no driver is bound");
}

static void test_32_bit_arm_is_advised_otherwise(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("armv7l", "DMA", "driver=ahci\nbusmaster=1\n", "");

	(void)state;
	assert_non_null(find_finding(report, ID));
	assert_contains(find_finding(report, ID)->advice[0], "status = \"disabled\"");
	assert_contains(find_finding(report, ID)->advice[0], "does not help on 32-bit Arm");
}

static void assert_silent(const char *type, const char *fields, const char *log)
{
	xdc_autoreport struct xdc_report *report = report_of("aarch64", type, fields, log);

	assert_null(find_finding(report, ID));
}

static void test_nothing_is_told_where_nothing_faults(void **state)
{
	(void)state;
	assert_silent("identity", "driver=ahci\nbusmaster=1\n", "");
	/* Not in use. */
	assert_silent("DMA", "", "");
	/* Nothing shows that it does DMA. */
	assert_silent("DMA", "driver=ahci\n", "");
	assert_silent("DMA", "driver=ahci\nbusmaster=0\n", "");
	/* Held for a guest: another page table is in force. */
	assert_silent("DMA", "driver=pciback\nbusmaster=1\n", "");
	/* It failed, and not of this. */
	assert_silent("identity", "", FAILED);
	/* Not known is no finding. */
	assert_silent("unknown", "driver=ahci\nbusmaster=1\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_device_whose_dma_faults_is_an_error),
		cmocka_unit_test(test_a_driver_that_failed_of_it_is_told_so),
		cmocka_unit_test(test_that_no_driver_is_bound_is_not_repeated),
		cmocka_unit_test(test_32_bit_arm_is_advised_otherwise),
		cmocka_unit_test(test_nothing_is_told_where_nothing_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
