/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lib/attrib/verdict.c: devices without a driver, and those that do no DMA of their own. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum happened { NOTHING, FAILED, FAULTED };

/*
 * A function without a driver behind the board's SMMU, in a group of that type, and what the
 * log says of it.
 */
static struct xdc_report *unbound(enum happened happened, const char *type)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	FILE *log = unit_stream();
	char groups[32];

	if (happened != NOTHING)
		log_message(log, NULL, "ahci: probe of 0000:00:02.0 failed with error -5");
	if (happened == FAULTED)
		log_fault(log, "9050000.smmuv3", 0x10, 0xfffe1000);
	add_log(evidence, log);
	snprintf(groups, sizeof(groups), "1=%s\n", type);
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "iommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_a_device_without_a_driver_is_idle(void **state)
{
	xdc_autoreport struct xdc_report *report = unbound(NOTHING, "DMA");
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	(void)state;
	assert_int_equal(a->path, XDC_PATH_NONE);
	assert_int_equal(a->verdict, XDC_VERDICT_IDLE);
	assert_int_equal(a->own_memory, XDC_MEMORY_NOT_ASKED);
	assert_string_equal(a->why, "");
}

/* The path it had at its probe is the reason why it has none now. */
static void test_a_driver_that_failed_of_its_path_is_broken(void **state)
{
	xdc_autoreport struct xdc_report *report = unbound(FAILED, "DMA");
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	(void)state;
	assert_int_equal(a->path, XDC_PATH_NONE);
	assert_int_equal(a->inferred_path, XDC_PATH_SWIOTLB_XEN);
	assert_int_equal(a->own_memory, XDC_MEMORY_BROKEN);
	assert_int_equal(a->verdict, XDC_VERDICT_BROKEN);
	assert_contains(a->why, "probe failed");
	assert_contains(find_reason(a, "probe-failed")->text, "failed with error -5");
	assert_string_equal(find_reason(a, "probe-failed")->evidence[0], "kmsg");
}

static void test_a_driver_that_failed_on_a_right_path_is_idle(void **state)
{
	xdc_autoreport struct xdc_report *report = unbound(FAILED, "identity");
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	(void)state;
	assert_int_equal(a->verdict, XDC_VERDICT_IDLE);
	assert_contains(a->why, "probe failed");
}

/* What is not known of the path may be what it failed of. */
static void test_a_driver_that_failed_on_an_unknown_path_is_not_idle(void **state)
{
	xdc_autoreport struct xdc_report *report = unbound(FAILED, "unknown");

	(void)state;
	assert_int_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_UNKNOWN);
}

static void test_faults_are_told_with_their_address(void **state)
{
	xdc_autoreport struct xdc_report *report = unbound(FAULTED, "DMA");
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");
	const struct xdc_reason *reason = find_reason(a, "iommu-fault");

	(void)state;
	assert_contains(a->why, "IOMMU faults");
	assert_non_null(reason);
	assert_contains(reason->text, "9050000.smmuv3 reports event 0x10 (F_TRANSLATION)");
	assert_contains(reason->text, "stream ID 0x10");
	assert_contains(reason->text, "1 times");
	assert_contains(reason->text, "0xfffe1000");
	assert_string_equal(reason->evidence[0], "kmsg");
}

static void test_what_is_held_for_a_guest_is_in_order(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *a;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=pciback\nbusmaster=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	a = attribution_of(report, "0000:00:02.0");
	assert_int_equal(a->path, XDC_PATH_ASSIGNED);
	assert_int_equal(a->verdict, XDC_VERDICT_OK);
	assert_int_equal(a->own_memory, XDC_MEMORY_NOT_ASKED);
}

static void test_what_goes_through_another_device_is_idle_itself(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=xhci_hcd\nbusmaster=1\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/1-1", "bus=usb\ndriver=usb\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "1-1")->path, XDC_PATH_VIA);
	assert_int_equal(attribution_of(report, "1-1")->verdict, XDC_VERDICT_IDLE);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_OK);
}

/* Its bus mastering is off: a driver that does no DMA cannot have it go wrong. */
static void test_a_function_that_does_no_dma_is_not_broken(void **state)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=d\nbusmaster=0\niommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->device->dma, XDC_DMA_NO);
	assert_int_not_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_device_without_a_driver_is_idle),
		cmocka_unit_test(test_a_driver_that_failed_of_its_path_is_broken),
		cmocka_unit_test(test_a_driver_that_failed_on_a_right_path_is_idle),
		cmocka_unit_test(test_a_driver_that_failed_on_an_unknown_path_is_not_idle),
		cmocka_unit_test(test_faults_are_told_with_their_address),
		cmocka_unit_test(test_what_is_held_for_a_guest_is_in_order),
		cmocka_unit_test(test_what_goes_through_another_device_is_idle_itself),
		cmocka_unit_test(test_a_function_that_does_no_dma_is_not_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
