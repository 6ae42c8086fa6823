/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"

static const struct machine dom0 = { "aarch64", "6.1.0", FEATURES_DIRECT_MAPPED, NULL, NULL };
static const struct machine guest = { "aarch64", "6.1.0", FEATURES_GUEST, NULL, NULL };
static const struct machine no_xen = { "aarch64", "6.1.0", NULL, NULL, NULL };

#define NO_IOMMU "directio=0\n"
#define AN_IOMMU "directio=1\n"

/* A function in a group of the type @group, NULL: in none; @physinfo as Xen says it, NULL: unread.
 */
static void assert_confined(const struct machine *machine, const char *group, const char *physinfo,
			    enum xdc_tri expected)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	add_pci(evidence, "0000:00:02.0", group ? "driver=d\niommu_group=1\n" : "driver=d\n");
	if (group)
		add_record(evidence, "iommu-groups", XDC_STATUS_OK, group);
	if (physinfo)
		add_record(evidence, "xen:physinfo", XDC_STATUS_OK, physinfo);
	add_machine(evidence, machine);
	report = xdc_report_new(evidence);
	assert_int_equal(xdc_device_confined(report->attributions->model,
					     attribution_of(report, "0000:00:02.0")->device),
			 expected);
}

static void test_an_iommu_of_this_kernel_s_that_translates_confines(void **state)
{
	(void)state;
	assert_confined(&no_xen, "1=DMA\n", NULL, XDC_YES);
	assert_confined(&dom0, "1=DMA\n", NO_IOMMU, XDC_YES);
	assert_confined(&no_xen, "1=identity\n", NULL, XDC_NO);
	assert_confined(&dom0, "1=identity\n", NO_IOMMU, XDC_NO);
	assert_confined(&no_xen, NULL, NULL, XDC_NO);
}

static void test_an_iommu_of_xen_s_may_confine_and_that_is_not_known(void **state)
{
	(void)state;
	assert_confined(&dom0, NULL, NO_IOMMU, XDC_NO);
	assert_confined(&dom0, NULL, AN_IOMMU, XDC_UNKNOWN);
	assert_confined(&dom0, NULL, NULL, XDC_UNKNOWN);
	assert_confined(&guest, NULL, NULL, XDC_UNKNOWN);
}

/* What Xen before 4.21 does not translate for, it refuses. */
static void test_with_the_board_s_tree_it_is_known(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_model *model;
	struct dt board, own;

	(void)state;
	dt_board(&board);
	add_bytes(evidence, "host-devicetree", board.blob, board.size);
	dt_start(&own);
	dt_finish(&own);
	add_devicetree(evidence, &own);
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, AN_IOMMU);
	add_device(evidence, BRIDGE_PATH, "bus=platform\nof_node=/pcie@10000000\n");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\n");
	add_platform(evidence, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	add_platform(evidence, "elsewhere", "of_node=/elsewhere\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	model = report->attributions->model;
	assert_int_equal(xdc_device_confined(model, device_of(model, "0000:00:02.0")), XDC_YES);
	assert_int_equal(xdc_device_confined(model, device_of(model, "30be0000.ethernet")),
			 XDC_YES);
	assert_int_equal(xdc_device_confined(model, device_of(model, "elsewhere")), XDC_NO);
}

static void test_virtio_without_access_platform_goes_around(void **state)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=virtio-pci\niommu_group=1\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/virtio0",
		   "bus=virtio\ndriver=v\nfeatures=0010101000000000000000000000000010\n");
	add_machine(evidence, &no_xen);
	report = xdc_report_new(evidence);
	assert_int_equal(xdc_device_confined(report->attributions->model,
					     attribution_of(report, "0000:00:02.0")->device),
			 XDC_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_iommu_of_this_kernel_s_that_translates_confines),
		cmocka_unit_test(test_an_iommu_of_xen_s_may_confine_and_that_is_not_known),
		cmocka_unit_test(test_with_the_board_s_tree_it_is_known),
		cmocka_unit_test(test_virtio_without_access_platform_goes_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
