/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID    "XDC-XEN-IOMMU-FAULT"
#define START "(XEN) Xen version 4.17.5 (Debian 4.17.5-1) debug=n\n"
#define VTD(function, address)                                                                     \
	"(XEN) [VT-D]DMAR:[DMA Read] Request device [" function "] fault addr " address "\n"       \
	"(XEN) [VT-D]DMAR: reason 06 - PTE Read access is not set\n"

/* A PV dom0 on a Xen that drives an IOMMU, whose ring has @lines behind its beginning. */
static struct xdc_report *report_of(const char *lines, const char *fields)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	char console[2048];

	snprintf(console, sizeof(console), START "%s", lines);
	add_record(evidence, "xen:console", XDC_STATUS_OK, console);
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=1\n");
	add_pci(evidence, "0000:00:02.0", fields);
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static bool advises(const struct xdc_finding *finding, const char *part)
{
	for (size_t i = 0; i < finding->n_advice; i++)
		if (strstr(finding->advice[i], part))
			return true;
	return false;
}

static bool says(const struct xdc_finding *finding, const char *part)
{
	for (size_t i = 0; i < finding->n_because; i++)
		if (strstr(finding->because[i].text, part))
			return true;
	return false;
}

static void test_refused_dma_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		VTD("0000:00:02.0", "7d93e000"), "driver=i915\nclass=0x030000\nbusmaster=1\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_string_equal(finding->subject, "0000:00:02.0");
	assert_string_equal(finding->title, "Xen's IOMMU refused its DMA at 0x7d93e000");
	assert_string_equal(finding->because[0].text,
			    "the hypervisor's console: VT-d refused DMA, 1 time, first at address "
			    "0x7d93e000 (DMA Read, reason 06 - PTE Read access is not set)");
	assert_string_equal(finding->because[0].evidence[0], "xen:console");
	assert_int_equal(finding->n_because, 1);
	assert_true(advises(finding, "dom0-iommu=map-inclusive"));
	assert_true(advises(finding, "iommu=no-igfx"));
	/* The same sentence explains the device, whose path is right all the same. */
	assert_int_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_OK);
	assert_string_equal(attribution_of(report, "0000:00:02.0")->why, "Xen's IOMMU faults");
	assert_string_equal(
		find_reason(attribution_of(report, "0000:00:02.0"), "xen-iommu-fault")->text,
		finding->because[0].text);
}

static void test_what_xen_turned_off_and_where_msis_go_is_said(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		VTD("0000:00:02.0", "fee00000"), "driver=nvme\nclass=0x010802\nbusmaster=0\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_true(says(finding, "its bus mastering is off"));
	assert_true(says(finding, "0xfee00000 is where x86 devices write their interrupts"));
	assert_false(advises(finding, "no-igfx"));
}

/* What a guest's driver does with its device is no error of dom0's. */
static void test_what_lies_at_the_address_is_said(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		"(XEN)  [0000000000100000, 000000007ffd3fff] (usable)\n"
		"(XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7d000000 end_addr 7f7fffff\n" VTD(
			"0000:00:02.0", "7d93e000"),
		"driver=i915\nclass=0x030000\nbusmaster=1\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_true(says(finding, "0x7d93e000 is in 0x7d000000 to 0x7f7fffff: reserved by the "
				  "firmware for a device's DMA (an RMRR)"));
	assert_true(advises(finding, "Start Xen with dom0-iommu=map-inclusive"));
	assert_false(advises(finding, "Compare the address"));
}

static void test_what_a_guest_says_of_memory_is_no_fact(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of("(d1) (XEN)  [0000000000100000, 000000007ffd3fff] (reserved)\n" VTD(
				  "0000:00:02.0", "7d93e000"),
			  "driver=i915\nclass=0x030000\nbusmaster=1\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(finding->n_because, 1);
	assert_true(advises(finding, "Compare the address"));
}

static void test_a_guest_s_device_is_a_warning(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		VTD("0000:00:02.0", "1000"), "driver=pciback\nclass=0x020000\nbusmaster=0\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(finding->severity, XDC_SEVERITY_WARNING);
	assert_true(says(finding, "held for a guest"));
	assert_false(says(finding, "bus mastering is off"));
}

static void test_a_refused_interrupt_is_a_notice(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		"(XEN) [VT-D]INTR-REMAP: Request device [0000:f0:1f.0] fault index 5\n", "");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
	assert_string_equal(finding->subject, "0000:f0:1f.0");
}

static void test_amd_s_interrupt_range_has_its_own_remedy(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		"(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:14.0 d0 addr 000000fdf8020150 flags "
		"0x8 I\n",
		"");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_true(advises(finding, "ivrs_ioapic"));
	assert_false(advises(finding, "map-inclusive"));
}

static void test_a_doorbell_is_called_a_guess(void **state)
{
	xdc_autoreport struct xdc_report *doorbell = report_of(
		"(XEN) smmu: /smmu@1: Unhandled context fault: fsr=0x402, iova=0xf9030040, "
		"fsynr=0x12, cb=1\n",
		"");
	xdc_autoreport struct xdc_report *other = report_of(
		"(XEN) smmu: /smmu@1: Unhandled context fault: fsr=0x402, iova=0xf9030000, "
		"fsynr=0x12, cb=1\n",
		"");
	const struct xdc_finding *finding = find_finding(doorbell, ID);

	(void)state;
	assert_string_equal(finding->subject, "/smmu@1");
	assert_true(says(finding, "a guess from the address"));
	assert_true(advises(finding, "pci=nomsi"));
	assert_true(advises(finding, "--host-dtb"));
	assert_false(says(find_finding(other, ID), "a guess from the address"));
}

static void test_silence_makes_no_finding(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		"(XEN) I/O virtualisation enabled\n(d1) " VTD("0000:00:02.0", "1000"), "");

	(void)state;
	assert_null(find_finding(report, ID));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused_dma_is_an_error),
		cmocka_unit_test(test_what_xen_turned_off_and_where_msis_go_is_said),
		cmocka_unit_test(test_what_lies_at_the_address_is_said),
		cmocka_unit_test(test_what_a_guest_says_of_memory_is_no_fact),
		cmocka_unit_test(test_a_guest_s_device_is_a_warning),
		cmocka_unit_test(test_a_refused_interrupt_is_a_notice),
		cmocka_unit_test(test_amd_s_interrupt_range_has_its_own_remedy),
		cmocka_unit_test(test_a_doorbell_is_called_a_guess),
		cmocka_unit_test(test_silence_makes_no_finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
