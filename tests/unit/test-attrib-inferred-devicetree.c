/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lib/attrib/inferred.c: the rules that ask the device tree, or where a device sits. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/*
 * A board whose virtio devices take grants: /virtio@1 of domain 3 as a platform device, and
 * the bridge's functions by requester ID.
 */
static void add_grants(struct xdc_evidence *evidence, const char *status)
{
	struct dt dt;

	dt_start(&dt);
	dt_begin_iommu(&dt, "xen_iommu", "xen,grant-dma", 1);
	dt_text(&dt, "status", status);
	dt_end(&dt);
	dt_begin(&dt, "virtio@1");
	DT_CELLS(&dt, "iommus", 1, 3);
	dt_end(&dt);
	dt_begin(&dt, "pcie@10000000");
	DT_CELLS(&dt, "iommu-map", 0x10, 1, 5, 1);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_platform(evidence, "1.virtio", "driver=virtio-mmio\nof_node=/virtio@1\n");
}

static void add_virtio(struct xdc_evidence *evidence)
{
	add_device(evidence, PLATFORM_PATH "1.virtio/virtio0", "bus=virtio\ndriver=virtio_blk\n");
}

static struct xdc_report *grant_report(struct xdc_evidence *evidence, const char *kernel,
				       const char *config)
{
	add_machine(evidence, &(struct machine){ "aarch64", kernel, FEATURES_GUEST, NULL, config });
	return xdc_report_new(evidence);
}

#define WITH_GRANTS "CONFIG_XEN_VIRTIO=y\n"

static void test_a_virtio_device_behind_grant_dma_takes_grants(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_grants(evidence, "okay");
	add_virtio(evidence);
	report = grant_report(evidence, "6.1", WITH_GRANTS);
	assert_int_equal(attribution_of(report, "1.virtio")->inferred_path, XDC_PATH_GRANT);
	assert_int_equal(attribution_of(report, "1.virtio")->backend_domid, 3);
	assert_non_null(find_reason(attribution_of(report, "1.virtio"), "grant-dma"));
}

static void test_a_virtio_function_finds_its_domain_by_requester_id(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_grants(evidence, "okay");
	add_pci(evidence, "0000:00:02.0", "driver=virtio-pci\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/virtio1", "bus=virtio\n");
	add_pci(evidence, "0000:00:03.0", "driver=virtio-pci\n");
	add_device(evidence, PCI_PATH "0000:00:03.0/virtio2", "bus=virtio\n");
	report = grant_report(evidence, "6.12", WITH_GRANTS);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->inferred_path, XDC_PATH_GRANT);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->backend_domid, 5);
	assert_int_equal(attribution_of(report, "0000:00:03.0")->inferred_path, XDC_PATH_DIRECT);
	assert_int_equal(attribution_of(report, "0000:00:03.0")->backend_domid, -1);
}

static void test_only_5_19_and_6_0_give_grants_to_any_device(void **state)
{
	static const struct {
		const char *kernel;
		enum xdc_path path;
	} cases[] = {
		{ "5.19", XDC_PATH_GRANT },
		{ "6.0", XDC_PATH_GRANT },
		{ "6.1", XDC_PATH_DIRECT },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_autoreport struct xdc_report *report = NULL;

		add_grants(evidence, "okay");
		report = grant_report(evidence, cases[i].kernel, WITH_GRANTS);
		assert_int_equal(attribution_of(report, "1.virtio")->inferred_path, cases[i].path);
	}
}

static void test_no_grants_without_the_option_or_with_the_node_off(void **state)
{
	struct xdc_evidence *without = xdc_evidence_new(), *off = xdc_evidence_new();
	xdc_autoreport struct xdc_report *without_report = NULL, *off_report = NULL;

	(void)state;
	add_grants(without, "okay");
	add_virtio(without);
	without_report = grant_report(without, "6.1", "CONFIG_XEN=y\n");
	assert_int_equal(attribution_of(without_report, "1.virtio")->inferred_path,
			 XDC_PATH_DIRECT);
	add_grants(off, "disabled");
	add_virtio(off);
	off_report = grant_report(off, "6.1", WITH_GRANTS);
	assert_int_equal(attribution_of(off_report, "1.virtio")->inferred_path, XDC_PATH_DIRECT);
	assert_int_equal(attribution_of(off_report, "1.virtio")->backend_domid, -1);
}

static void test_grants_need_the_configuration(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_grants(evidence, "okay");
	add_virtio(evidence);
	report = grant_report(evidence, "6.1", NULL);
	assert_int_equal(attribution_of(report, "1.virtio")->inferred_path, XDC_PATH_UNKNOWN);
	assert_true(has_missing(attribution_of(report, "1.virtio"), "kernel-config"));
	/* Only where there is something to ask about. */
	assert_int_equal(attribution_of(report, "virtio0")->n_missing, 0);
}

static void test_a_restricted_pool_is_used_where_nothing_translates(void **state)
{
	static const struct {
		const char *config;
		enum xdc_path path;
	} cases[] = {
		{ "CONFIG_DMA_RESTRICTED_POOL=y\n", XDC_PATH_RESTRICTED },
		{ "CONFIG_ARM64=y\n", XDC_PATH_DIRECT },
		{ NULL, XDC_PATH_UNKNOWN },
	};
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin(&dt, "pool@1");
	dt_text(&dt, "compatible", "restricted-dma-pool");
	DT_CELLS(&dt, "phandle", 1);
	dt_end(&dt);
	dt_begin(&dt, "wifi@2");
	DT_CELLS(&dt, "memory-region", 9, 1);
	dt_end(&dt);
	dt_finish(&dt);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_autoreport struct xdc_report *report = NULL;

		add_devicetree(evidence, &dt);
		add_platform(evidence, "2.wifi", "driver=d\nof_node=/wifi@2\n");
		add_platform(evidence, "3.other", "driver=d\nof_node=/other@3\n");
		report = grant_report(evidence, "6.1", cases[i].config);
		assert_int_equal(attribution_of(report, "2.wifi")->inferred_path, cases[i].path);
		assert_int_equal(attribution_of(report, "3.other")->inferred_path, XDC_PATH_DIRECT);
	}
}

static void test_a_device_on_a_bus_without_dma_goes_through_the_one_above(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *a;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "driver=xhci_hcd\n");
	add_device(evidence, PCI_PATH "0000:00:01.0/usb1/1-1", "bus=usb\ndriver=usb\n");
	add_device(evidence, "/devices/system/cpu/cpu0", "bus=cpu\n");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	a = attribution_of(report, "1-1");
	assert_int_equal(a->inferred_path, XDC_PATH_VIA);
	assert_int_equal(a->path, XDC_PATH_VIA);
	assert_string_equal(a->device->dma_via->name, "0000:00:01.0");
	/* And where there is none above, through nothing. */
	assert_int_equal(attribution_of(report, "cpu0")->inferred_path, XDC_PATH_NONE);
}

/* What firmware says of a PCI function it says of its bridge. */
static void test_a_pci_function_is_described_by_its_bridge(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "driver=ahci\n");
	add_device(evidence, PLATFORM_PATH "bare/pci0001:00/0001:00:01.0",
		   "bus=pci\ndriver=ahci\n");
	add_platform(evidence, "bare", "driver=d\n");
	/* An ACPI host bridge is a device of no bus. */
	add_device(evidence, "/devices/pci0002:00/0002:00:01.0", "bus=pci\ndriver=ahci\n");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "0000:00:01.0")->inferred_path,
			 XDC_PATH_SWIOTLB_XEN);
	assert_int_equal(attribution_of(report, "0001:00:01.0")->inferred_path, XDC_PATH_DIRECT);
	assert_int_equal(attribution_of(report, "0002:00:01.0")->inferred_path,
			 XDC_PATH_SWIOTLB_XEN);
}

/* A device whose directory could not be opened: nothing is known of it, its bus neither. */
static void test_a_device_that_could_not_be_read_has_no_known_path(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("device:" PLATFORM_PATH "x", XDC_STATUS_DENIED, "");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_record(evidence, "devices", XDC_STATUS_OK, "");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "x")->inferred_path, XDC_PATH_UNKNOWN);
	assert_true(has_missing(attribution_of(report, "x"), "device:" PLATFORM_PATH "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_virtio_device_behind_grant_dma_takes_grants),
		cmocka_unit_test(test_a_virtio_function_finds_its_domain_by_requester_id),
		cmocka_unit_test(test_only_5_19_and_6_0_give_grants_to_any_device),
		cmocka_unit_test(test_no_grants_without_the_option_or_with_the_node_off),
		cmocka_unit_test(test_grants_need_the_configuration),
		cmocka_unit_test(test_a_restricted_pool_is_used_where_nothing_translates),
		cmocka_unit_test(test_a_device_on_a_bus_without_dma_goes_through_the_one_above),
		cmocka_unit_test(test_a_pci_function_is_described_by_its_bridge),
		cmocka_unit_test(test_a_device_that_could_not_be_read_has_no_known_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
