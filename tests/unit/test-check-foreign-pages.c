/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-FOREIGN-PAGES"

enum guests { NO_GUESTS, DISK_HERE, DISK_ELSEWHERE, INTERFACE };

/* A controller in a translating group of a dom0 with this kernel. */
static struct xdc_report *report_of(const char *kernel, const char *type, const char *fields,
				    enum guests guests)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	char all[128], groups[32];

	snprintf(groups, sizeof(groups), "1=%s\n", type);
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	snprintf(all, sizeof(all), "iommu_group=1\n%s", fields);
	add_pci(evidence, "0000:00:02.0", all);
	add_record(evidence, "class:net", XDC_STATUS_OK,
		   "eth0=" PCI_PATH "0000:00:02.0/net/eth0\n");
	if (guests == DISK_HERE)
		add_device(evidence, "/devices/vbd-1-51712",
			   "bus=xen-backend\nserves=" PCI_PATH "0000:00:02.0/x\n");
	else if (guests == DISK_ELSEWHERE)
		add_device(evidence, "/devices/vbd-1-51712",
			   "bus=xen-backend\nserves=/devices/virtual/block/loop0\n");
	else if (guests == INTERFACE)
		add_device(evidence, "/devices/vif-1-0", "bus=xen-backend\n");
	add_arm64_dom0(evidence, kernel);
	return xdc_report_new(evidence);
}

static void assert_severity(enum guests guests, enum xdc_severity severity)
{
	xdc_autoreport struct xdc_report *report =
		report_of("6.12.0", "DMA", "driver=d\nbusmaster=1\n", guests);

	assert_int_equal(count_findings(report, ID), 1);
	assert_string_equal(find_finding(report, ID)->subject, "0000:00:02.0");
	assert_string_equal(xdc_severity_name(find_finding(report, ID)->severity),
			    xdc_severity_name(severity));
}

static void test_it_is_as_grave_as_guests_make_it(void **state)
{
	(void)state;
	assert_severity(DISK_HERE, XDC_SEVERITY_ERROR);
	assert_severity(INTERFACE, XDC_SEVERITY_WARNING);
	assert_severity(NO_GUESTS, XDC_SEVERITY_NOTICE);
	assert_severity(DISK_ELSEWHERE, XDC_SEVERITY_NOTICE);
}

/* iommu.passthrough=1 does nothing there: arm_iommu_attach_device() attaches its own domain. */
static void test_the_advice_for_32_bit_arm_is_another(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_finding *finding;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=d\nbusmaster=1\niommu_group=1\n");
	add_observation(evidence, "0000:00:02.0",
			"ops=table\nmap_sg=arm_iommu_map_sg\narch_mapping=1\n");
	add_machine(evidence, &(struct machine){ "armv7l", "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
						 "CONFIG_ARM_DMA_USE_IOMMU=y\n" });
	report = xdc_report_new(evidence);
	finding = find_finding(report, ID);
	assert_non_null(finding);
	assert_contains(finding->advice[0], "status = \"disabled\"");
}

static void test_the_advice_is_about_what_is_wrong(void **state)
{
	xdc_autoreport struct xdc_report *iommu =
		report_of("6.12.0", "DMA", "driver=d\nbusmaster=1\n", DISK_HERE);

	xdc_autoreport struct xdc_report *unused =
		report_of("6.12.0", "DMA", "driver=d\nbusmaster=1\n", NO_GUESTS);
	const struct xdc_finding *finding = find_finding(iommu, ID);

	(void)state;
	assert_contains(finding->advice[0], "iommu.passthrough=1");
	assert_contains(finding->because[finding->n_because - 1].text, "a guest's disk");
	finding = find_finding(unused, ID);
	for (size_t i = 0; i < finding->n_because; i++)
		assert_lacks(finding->because[i].text, "a guest's disk");
}

static void assert_silent(const char *kernel, const char *type, const char *fields)
{
	xdc_autoreport struct xdc_report *report = report_of(kernel, type, fields, DISK_HERE);

	assert_null(find_finding(report, ID));
}

static void test_nothing_is_told_where_guests_pages_fare_well_or_nothing_works(void **state)
{
	(void)state;
	assert_silent("6.12.0", "identity", "driver=d\nbusmaster=1\n");
	/* Own memory is broken too: that is another finding. */
	assert_silent("6.1.0", "DMA", "driver=d\nbusmaster=1\n");
	assert_silent("6.12.0", "DMA", "busmaster=1\n");
	assert_silent("6.12.0", "DMA", "driver=pciback\nbusmaster=1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_is_as_grave_as_guests_make_it),
		cmocka_unit_test(test_the_advice_for_32_bit_arm_is_another),
		cmocka_unit_test(test_the_advice_is_about_what_is_wrong),
		cmocka_unit_test(
			test_nothing_is_told_where_guests_pages_fare_well_or_nothing_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
