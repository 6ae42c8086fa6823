/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/log.h"
#include "unit.h"

#define FULL                                                                                       \
	"rtl8192ee 0000:03:00.0: swiotlb buffer is full (sz: 4000 bytes), total 32768 (slots), "   \
	"used 32768 (slots)"
#define BOOT	"0123456789abcdef0123456789abcdef"
#define EARLIER "fedcba9876543210fedcba9876543210"

static struct xdc_evidence *machine(void)
{
	struct xdc_evidence *evidence =
		evidence_with("iommu-groups", XDC_STATUS_OK, "1=identity\n");

	add_pci(evidence, "0000:03:00.0", "driver=rtl8192ee\nbusmaster=1\n");
	add_record(evidence, "logs", XDC_STATUS_OK, "boot_id=" BOOT "\nring=lost\n");
	return evidence;
}

static struct xdc_report *report_of(struct xdc_evidence *evidence, const char *key, const char *log)
{
	add_record(evidence, key, XDC_STATUS_OK, log);
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static bool says(const struct xdc_finding *finding, const char *text)
{
	for (size_t i = 0; i < finding->n_because; i++)
		if (strstr(finding->because[i].text, text))
			return true;
	return false;
}

static void test_a_failure_stands_beside_its_device_with_its_cause(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		machine(), "kmsg",
		"6,1,2,-;Linux version 6.1.0\n"
		"3,7,64180700000,-;" FULL "\n SUBSYSTEM=pci\n DEVICE=+pci:0000:03:00.0\n");
	const struct xdc_finding *finding = find_finding(report, "XDC-SWIOTLB-FULL");

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_string_equal(finding->subject, "0000:03:00.0");
	assert_string_equal(finding->because[0].text, "the kernel log: " FULL);
	assert_string_equal(finding->because[0].evidence[0], "kmsg");
	assert_true(says(finding, "asked for 4000 bytes"));
	/* The numbers decide: it is not that no run of slots is long enough. */
	assert_true(says(finding, "confirmed: All slots are in use"));
	assert_true(says(finding, "more is under way than the buffer holds (used is 32768)"));
	assert_false(says(finding, "long enough"));
	assert_true(finding->n_advice > 0 && finding->n_references > 0);
	assert_int_equal(count_findings(report, "XDC-SWIOTLB-FULL"), 1);
}

/* xenstored was late, and answers by now. */
static void test_what_the_machine_rules_out_has_passed(void **state)
{
	static const char log[] =
		"3,7,243000000,-;INFO: task xenbus_probe:58 blocked for more than 120 seconds.\n";
	struct xdc_evidence *evidence = machine();
	xdc_autoreport struct xdc_report *before = report_of(machine(), "kmsg", log);
	xdc_autoreport struct xdc_report *since = NULL;

	(void)state;
	add_record(evidence, "xenstore", XDC_STATUS_OK, "");
	since = report_of(evidence, "kmsg", log);
	assert_int_equal(count_findings(before, "XDC-XENSTORED-DOWN"), 1);
	assert_int_equal(count_findings(since, "XDC-XENSTORED-DOWN"), 0);
}

static void test_what_names_no_device_is_the_machines(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "kmsg",
			  "3,7,9,-;ahci 0000:05:00.0: swiotlb buffer is full (sz: 4096 bytes)\n");

	(void)state;
	assert_non_null(find_finding(report, "XDC-SWIOTLB-FULL"));
	/* 0000:05:00.0 is none of this machine. */
	assert_string_equal(find_finding(report, "XDC-SWIOTLB-FULL")->subject, "");
}

static void test_a_function_is_found_by_its_address_in_the_console(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "xen:console",
			  "(XEN) a first line is not looked at\n"
			  "(XEN) [VT-D] It's disallowed to assign 0000:03:00.0 with shared RMRR at "
			  "7b9e4000 for Dom3.\n");
	const struct xdc_finding *finding = find_finding(report, "XDC-RMRR-SHARED");

	(void)state;
	assert_non_null(finding);
	assert_string_equal(finding->subject, "0000:03:00.0");
	assert_string_equal(finding->because[0].evidence[0], "xen:console");
	assert_contains(finding->because[0].text, "the hypervisor's console: (XEN) [VT-D] It's");
}

static void test_what_pciback_says_is_told(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "kmsg",
			  "4,7,9,-;xen_pciback: ****** removing device 0000:03:00.0 while still "
			  "in-use by domain 3! ******\n");

	(void)state;
	assert_non_null(find_finding(report, "XDC-PCIBACK-IN-USE"));
	assert_string_equal(find_finding(report, "XDC-PCIBACK-IN-USE")->because[0].evidence[0],
			    "kmsg");
}

static void test_what_a_check_tells_is_not_told_again(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	FILE *log = unit_stream();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	log_fault(log, "9050000.smmuv3", 5, 0x4000);
	add_log(evidence, log);
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	add_pci(evidence, "0000:00:02.0", "driver=ahci\nbusmaster=1\niommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_int_equal(count_findings(report, "XDC-SWIOTLB-OVER-IOMMU"), 1);
	assert_null(find_finding(report, "XDC-SMMU-FAULT-DOM0"));
}

/* Without what the check needs, the log still tells. */
static void test_an_event_of_an_smmu_is_told_where_no_check_does(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	FILE *log = unit_stream();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	log_fault(log, "9050000.smmuv3", 5, 0x4000);
	add_log(evidence, log);
	add_platform(evidence, "9050000.smmuv3", "driver=arm-smmu-v3\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_non_null(find_finding(report, "XDC-SMMU-FAULT-DOM0"));
	assert_string_equal(find_finding(report, "XDC-SMMU-FAULT-DOM0")->subject, "9050000.smmuv3");
}

static void test_a_fault_in_xens_iommu_is_the_checks(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "xen:console",
			  "(XEN) first\n(XEN) SMMUv3: /smmuv3@9050000: event 0x10 received:\n"
			  "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000001000000010\n"
			  "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000020800000000\n"
			  "(XEN) SMMUv3: /smmuv3@9050000: \t0x00000000f9030040\n"
			  "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000000000000000\n");

	(void)state;
	assert_int_equal(count_findings(report, "XDC-XEN-IOMMU-FAULT"), 1);
	assert_null(find_finding(report, "XDC-SMMU-FAULT"));
}

static void test_an_earlier_boot_is_a_notice_and_says_so(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "log:journal:" EARLIER, "3,7,9,-;" FULL "\n");
	const struct xdc_finding *finding = find_finding(report, "XDC-SWIOTLB-FULL");

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
	assert_string_equal(finding->title,
			    "In an earlier boot: The DMA bounce buffer (swiotlb) is full");
	assert_string_equal(finding->because[0].evidence[0], "log:journal:" EARLIER);
}

static void test_this_boot_goes_before_earlier_ones(void **state)
{
	struct xdc_evidence *evidence = machine();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_finding *finding;

	(void)state;
	add_record(evidence, "log:journal:" EARLIER, XDC_STATUS_OK, "3,7,9,-;" FULL "\n");
	report = report_of(evidence, "log:journal:" BOOT, "3,7,9,-;" FULL "\n");
	finding = find_finding(report, "XDC-SWIOTLB-FULL");
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_string_equal(finding->because[0].evidence[0], "log:journal:" BOOT);
	assert_int_equal(count_findings(report, "XDC-SWIOTLB-FULL"), 1);
}

/* A file goes on from boot to boot. */
static void test_a_file_of_several_boots_is_at_most_a_notice(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "log:/var/log/kern.log",
			  "Aug  2 07:13:55 host kernel: [   64.1] " FULL "\n");
	const struct xdc_finding *finding = find_finding(report, "XDC-SWIOTLB-FULL");

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
	assert_contains(finding->title, "Perhaps in an earlier boot");
	assert_true(says(finding, "/var/log/kern.log: Aug  2"));
}

static void test_a_healthy_log_and_what_a_guest_writes_add_nothing(void **state)
{
	struct xdc_evidence *evidence = machine(), *quiet = machine();
	xdc_autoreport struct xdc_report *report = NULL, *without = NULL;

	(void)state;
	add_record(evidence, "xen:console", XDC_STATUS_OK,
		   "(XEN) first\n(d1) " FULL "\n(XEN) d1v0 "
		   "Xen version 4.17.5\n");
	report = report_of(evidence, "kmsg",
			   "6,0,0,-;Linux version 6.1.0\n6,1,2,-;xen:swiotlb_xen: Warning: only "
			   "able to allocate 4 MB for software IO TLB\n"
			   "6,2,3,-;software IO TLB: mapped [mem 0xa0000000-0xa4000000] (64MB)\n");
	without = report_of(quiet, "kmsg", "");
	assert_int_equal(report->findings->count, without->findings->count);
}

/* An administrator's entries come with the evidence; what is wrong with one is said. */
static void test_local_entries_are_used(void **state)
{
	struct xdc_evidence *evidence = machine();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_record(evidence, "catalogue:a.entry", XDC_STATUS_OK,
		   "id: XDC-LOCAL-A\nseverity: warning\ntitle: The fan of this model stands\n"
		   "where: kernel\npattern: fan [0-9]+ has stopped turning\n"
		   "cause: Dust.\ndo: Blow.\nsample: [ 1.0] fan 3 has stopped turning\nfrom: our "
		   "rack\n"
		   "no-sample: [ 1.0] fan 3 turns\n");
	add_record(evidence, "catalogue:b.entry", XDC_STATUS_OK, "id XDC-LOCAL-B\n");
	add_record(evidence, "catalogue:c.entry", XDC_STATUS_DENIED, "");
	report = report_of(evidence, "kmsg", "4,7,9,-;fan 2 has stopped turning\n");
	assert_non_null(find_finding(report, "XDC-LOCAL-A"));
	assert_int_equal(find_finding(report, "XDC-LOCAL-A")->severity, XDC_SEVERITY_WARNING);
	assert_int_equal(report->catalogue->n_errors, 2);
}

static const struct xdc_finding *finding_of(const struct xdc_report *report, const char *id,
					    const char *subject)
{
	for (size_t i = 0; i < report->findings->count; i++)
		if (strcmp(report->findings->items[i].id, id) == 0 &&
		    strcmp(report->findings->items[i].subject, subject) == 0)
			return &report->findings->items[i];
	return NULL;
}

static void test_each_device_has_a_finding_of_its_own(void **state)
{
	struct xdc_evidence *evidence = machine();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:04:00.0", "driver=ahci\nbusmaster=1\n");
	report = report_of(evidence, "kmsg",
			   "3,7,1,-;" FULL "\n3,8,2,-;" FULL "\n"
			   "3,9,3,-;ahci 0000:04:00.0: swiotlb buffer is full (sz: 524288 bytes), "
			   "total 32768 (slots), used 12 (slots)\n");
	assert_int_equal(count_findings(report, "XDC-SWIOTLB-FULL"), 1);
	assert_true(
		says(finding_of(report, "XDC-SWIOTLB-FULL", "0000:03:00.0"), "(more than once)"));
	/* The numbers of its own line decide, not those of the other's. */
	assert_non_null(finding_of(report, "XDC-SWIOTLB-SEGMENT", "0000:04:00.0"));
}

static void test_a_flood_of_devices_is_bounded(void **state)
{
	struct xdc_evidence *evidence = machine();
	FILE *log = unit_stream();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	for (unsigned int i = 0; i < 200; i++) {
		char name[32];

		snprintf(name, sizeof(name), "0000:%02x:00.0", i + 16);
		add_pci(evidence, name, "driver=ahci\nbusmaster=1\n");
		fprintf(log, "3,%u,1,-;ahci %s: swiotlb buffer is full (sz: 4096 bytes)\n", i,
			name);
	}
	add_log(evidence, log);
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_int_equal(count_findings(report, "XDC-SWIOTLB-FULL"), XDC_LOG_DEVICES_MAX);
}

#define REFUSED(task, probe)                                                                       \
	"4,7,1,-;------------[ cut here ]------------\n"                                           \
	"4,7,1,-;WARNING: CPU: 1 PID: " task " at kernel/dma/mapping.c:845 "                       \
	"dma_set_mask+0xe0/0x100\n4,7,1,-;Call trace:\n4,7,1,-; dma_set_mask+0xe0/0x100\n"         \
	"4,7,1,-; " probe "\n4,7,1,-;---[ end trace 0000000000000000 ]---\n"

/* Where the check cannot see what the kernel holds, what the driver says next names the device. */
static void test_a_refused_mask_is_of_the_device_that_its_driver_names(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of(
		machine(), "kmsg",
		REFUSED("12", "rtl_pci_probe+0x30/0xb0 [rtlwifi]") "3,8,2,-;rtl_pci 0000:03:00.0: "
								   "Unable to obtain DMA\n");

	(void)state;
	assert_int_equal(count_findings(report, "XDC-DMA-MASK-REFUSED"), 1);
	assert_non_null(finding_of(report, "XDC-DMA-MASK-REFUSED", "0000:03:00.0"));
}

static void test_a_refused_mask_of_no_device_says_why_it_is_the_machines(void **state)
{
	xdc_autoreport struct xdc_report *report =
		report_of(machine(), "kmsg", REFUSED("12", "nvme_probe+0x30/0xb0 [nvme]"));
	const struct xdc_finding *finding = finding_of(report, "XDC-DMA-MASK-REFUSED", "");

	(void)state;
	assert_non_null(finding);
	assert_true(says(finding, "no line tells: a WARN names no device"));
	assert_true(says(finding, "it was asked for by nvme_probe()"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_failure_stands_beside_its_device_with_its_cause),
		cmocka_unit_test(test_what_the_machine_rules_out_has_passed),
		cmocka_unit_test(test_what_names_no_device_is_the_machines),
		cmocka_unit_test(test_a_function_is_found_by_its_address_in_the_console),
		cmocka_unit_test(test_what_pciback_says_is_told),
		cmocka_unit_test(test_what_a_check_tells_is_not_told_again),
		cmocka_unit_test(test_an_event_of_an_smmu_is_told_where_no_check_does),
		cmocka_unit_test(test_a_fault_in_xens_iommu_is_the_checks),
		cmocka_unit_test(test_an_earlier_boot_is_a_notice_and_says_so),
		cmocka_unit_test(test_this_boot_goes_before_earlier_ones),
		cmocka_unit_test(test_a_file_of_several_boots_is_at_most_a_notice),
		cmocka_unit_test(test_a_healthy_log_and_what_a_guest_writes_add_nothing),
		cmocka_unit_test(test_local_entries_are_used),
		cmocka_unit_test(test_each_device_has_a_finding_of_its_own),
		cmocka_unit_test(test_a_flood_of_devices_is_bounded),
		cmocka_unit_test(test_a_refused_mask_is_of_the_device_that_its_driver_names),
		cmocka_unit_test(test_a_refused_mask_of_no_device_says_why_it_is_the_machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
