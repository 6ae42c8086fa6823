/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID	 "XDC-DMA-MASK-REFUSED"
#define CONFLICT "ops=table\nmap_sg=xen_swiotlb_map_sg\ndma_iommu=1\n"
#define WARNING                                                                                    \
	"4,1,2,-;WARNING: CPU: 0 PID: 1 at kernel/dma/mapping.c:888 dma_supported+0x50/0x80\n"
#define FAILED(error) "3,1,2,-;ahci: probe of 0000:00:02.0 failed with error " error "\n"

/* A function in a translating group of a 6.12 dom0. */
static struct xdc_report *report_of(const char *fields, const char *observed, const char *log)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, log);
	char all[128];

	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	snprintf(all, sizeof(all), "iommu_group=1\n%s", fields);
	add_pci(evidence, "0000:00:02.0", all);
	if (observed)
		add_observation(evidence, "0000:00:02.0", observed);
	add_arm64_dom0(evidence, "6.12.0");
	return xdc_report_new(evidence);
}

static void test_a_bound_device_with_flag_and_table_is_a_warning(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("driver=ahci\nbusmaster=1\n", CONFLICT, "");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_WARNING);
	assert_string_equal(finding->subject, "0000:00:02.0");
	assert_int_equal(finding->n_because, 1);
	assert_string_equal(finding->because[0].evidence[0], "dma:" PCI_PATH "0000:00:02.0");
	assert_contains(finding->advice[0], "iommu.passthrough=1");
}

/* The failed probe took the table with it; the flag, the error and the WARN are left. */
static void test_a_driver_that_failed_of_it_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("", "ops=none\ndma_iommu=1\n", WARNING FAILED("-5"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_int_equal(finding->n_because, 3);
	assert_string_equal(finding->because[1].text,
			    "the kernel log has 1 such warning that names no device");
	assert_string_equal(finding->because[1].evidence[0], "kmsg");
	assert_contains(finding->because[2].text, "failed with error -5");
	assert_string_equal(finding->because[2].evidence[0], "kmsg");
}

#define NAMED(device)                                                                              \
	WARNING "4,2,3,-;Call trace:\n4,3,4,-; ahci_init_one+0x1/0x2\n"                            \
		"4,4,5,-;---[ end trace 0000000000000000 ]---\n"                                   \
		"4,5,6,-;ahci " device ": 64-bit DMA enable failed\n DEVICE=+pci:" device "\n"

/* A warning is quoted where it is known to be of this device, and of another's nothing. */
static void test_only_the_device_s_own_warning_is_quoted(void **state)
{
	xdc_autoreport struct xdc_report *own =
		report_of("driver=ahci\nbusmaster=1\n", CONFLICT, NAMED("0000:00:02.0"));
	xdc_autoreport struct xdc_report *other =
		report_of("driver=ahci\nbusmaster=1\n", CONFLICT, NAMED("0000:00:03.0"));

	(void)state;
	assert_int_equal(find_finding(own, ID)->n_because, 2);
	assert_contains(find_finding(own, ID)->because[1].text, "dma_supported+0x50/0x80");
	assert_contains(find_finding(own, ID)->because[1].text, "asked for by ahci_init_one()");
	assert_int_equal(find_finding(other, ID)->n_because, 1);
}

static void assert_silent(const char *fields, const char *observed, const char *log)
{
	xdc_autoreport struct xdc_report *report = report_of(fields, observed, log);

	/* A warning in the log is told, by the catalogue: of no device. */
	assert_int_equal(count_findings(report, ID), strstr(log, "kernel/dma/mapping.c") ? 1 : 0);
	if (find_finding(report, ID))
		assert_string_equal(find_finding(report, ID)->subject, "");
}

static void test_nothing_is_told_of_what_failed_of_something_else(void **state)
{
	(void)state;
	assert_silent("", "ops=none\ndma_iommu=1\n", WARNING FAILED("-22"));
	assert_silent("", "ops=none\ndma_iommu=0\n", WARNING FAILED("-5"));
	assert_silent("", "ops=none\ndma_iommu=1\n", FAILED("-5"));
	assert_silent("", "ops=none\ndma_iommu=1\n", WARNING);
	assert_silent("", NULL, WARNING FAILED("-5"));
	assert_silent("", "ops=none\ndma_iommu=1\n", NAMED("0000:00:03.0") FAILED("-5"));
}

static void test_nothing_is_told_where_only_one_is_set(void **state)
{
	(void)state;
	assert_silent("driver=ahci\nbusmaster=1\n", "ops=none\ndma_iommu=1\n", WARNING);
	assert_silent("driver=ahci\nbusmaster=1\n",
		      "ops=table\nmap_sg=xen_swiotlb_map_sg\ndma_iommu=0\n", "");
	/* No mask to set where nothing shows DMA. */
	assert_silent("driver=ahci\nbusmaster=0\n", CONFLICT, "");
	assert_silent("driver=ahci\nbusmaster=1\n", NULL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_bound_device_with_flag_and_table_is_a_warning),
		cmocka_unit_test(test_a_driver_that_failed_of_it_is_an_error),
		cmocka_unit_test(test_only_the_device_s_own_warning_is_quoted),
		cmocka_unit_test(test_nothing_is_told_of_what_failed_of_something_else),
		cmocka_unit_test(test_nothing_is_told_where_only_one_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
