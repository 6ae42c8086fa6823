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

static bool because_of(const struct xdc_finding *finding, const char *text)
{
	for (size_t i = 0; i < finding->n_because; i++)
		if (strcmp(finding->because[i].text, text) == 0)
			return true;
	return false;
}

/* Where that was counted, what was at work is named: also where Xen drives an IOMMU. */
static void test_what_is_at_work_behind_no_iommu_is_named(void **state)
{
	static const char *const physinfo[] = { "directio=0\n", "directio=1\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(physinfo); i++) {
		xdc_autoreport struct xdc_report *report = NULL;
		struct xdc_evidence *evidence =
			evidence_with("activity", XDC_STATUS_OK, "milliseconds=3000\n");

		add_pci(evidence, "0000:00:02.0", BUSY);
		add_platform(evidence, "quiet", "driver=d\n");
		/* virtio without VIRTIO_F_ACCESS_PLATFORM goes around any. */
		add_pci(evidence, "0000:00:03.0", BUSY);
		add_record(evidence, "device:" PCI_PATH "0000:00:03.0/virtio0", XDC_STATUS_OK,
			   "bus=virtio\ndriver=virtio_blk\nfeatures="
			   "0010101000000000000000000000000010\n");
		add_record(evidence, "activity:" PCI_PATH "0000:00:03.0", XDC_STATUS_OK,
			   "maps=1\n");
		add_record(evidence, "xen:physinfo", XDC_STATUS_OK, physinfo[i]);
		add_machine(evidence, &(struct machine){ "aarch64", "6.6.0", FEATURES_DIRECT_MAPPED,
							 NULL, NULL });
		report = xdc_report_new(evidence);
		assert_int_equal(count_findings(report, COVERAGE), 1);
		assert_true(because_of(find_finding(report, COVERAGE),
				       "in 3.0 s 1 device did DMA, 1 of them behind no IOMMU: "
				       "0000:00:03.0"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_at_work_behind_no_iommu_is_named),
		cmocka_unit_test(test_dma_of_a_coloured_dom0_needs_an_iommu_of_xen_s),
		cmocka_unit_test(test_a_dom0_mapped_1_to_1_is_not_coloured),
		cmocka_unit_test(test_devices_that_nothing_confines_are_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
