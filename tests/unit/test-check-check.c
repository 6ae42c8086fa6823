/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_severities_have_names_and_an_order(void **state)
{
	enum xdc_severity severity;

	(void)state;
	for (int i = XDC_SEVERITY_INFO; i <= XDC_SEVERITY_ERROR; i++) {
		assert_int_equal(
			xdc_severity_parse(xdc_severity_name((enum xdc_severity)i), &severity), 0);
		assert_int_equal(severity, i);
	}
	assert_true(XDC_SEVERITY_INFO < XDC_SEVERITY_NOTICE);
	assert_true(XDC_SEVERITY_NOTICE < XDC_SEVERITY_WARNING);
	assert_true(XDC_SEVERITY_WARNING < XDC_SEVERITY_ERROR);
	assert_int_equal(xdc_severity_parse("fatal", &severity), -EINVAL);
	assert_int_equal(xdc_severity_parse("", &severity), -EINVAL);
}

/* An SMMU that breaks two functions, and a third whose answers differ. */
static struct xdc_report *many_findings(void)
{
	static const char broken[] = "driver=d\nbusmaster=1\niommu_group=1\n";
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:03.0", broken);
	add_pci(evidence, "0000:00:02.0", broken);
	add_pci(evidence, "0000:00:01.0", "driver=d\nbusmaster=1\n");
	add_observation(evidence, "0000:00:01.0", "ops=none\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_the_gravest_comes_first_then_by_id_and_subject(void **state)
{
	xdc_autoreport struct xdc_report *report = many_findings();
	const struct xdc_findings *findings = report->findings;

	(void)state;
	assert_true(findings->count >= 4);
	assert_string_equal(findings->items[0].id, "XDC-IOMMU-IN-DOM0");
	assert_string_equal(findings->items[1].subject, "0000:00:02.0");
	assert_string_equal(findings->items[2].subject, "0000:00:03.0");
	for (size_t i = 1; i < findings->count; i++) {
		const struct xdc_finding *before = &findings->items[i - 1];
		const struct xdc_finding *after = &findings->items[i];

		assert_true(before->severity >= after->severity);
		if (before->severity == after->severity)
			assert_true(strcmp(before->id, after->id) <= 0);
	}
}

/* What a user reads must say why and what to do, and a program where it is from. */
static void test_every_finding_has_reasons_and_advice(void **state)
{
	xdc_autoreport struct xdc_report *report = many_findings();

	(void)state;
	for (size_t i = 0; i < report->findings->count; i++) {
		const struct xdc_finding *finding = &report->findings->items[i];

		assert_true(xdc_text_starts_with(finding->id, "XDC-"));
		assert_non_null(finding->subject);
		assert_true(strlen(finding->title) > 0);
		assert_true(finding->n_because > 0);
		assert_true(finding->n_advice > 0);
		for (size_t n = 0; n < finding->n_because; n++) {
			assert_true(strlen(finding->because[n].text) > 0);
			assert_string_equal(finding->because[n].rule, finding->id);
		}
	}
}

static void test_a_healthy_machine_has_no_findings(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=d\nbusmaster=1\n");
	add_observation(evidence, "0000:00:02.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	for (size_t i = 0; i < report->findings->count; i++)
		print_message("# %s\n", report->findings->items[i].id);
	assert_int_equal(report->findings->count, 0);
}

static void test_texts_have_room(void **state)
{
	struct xdc_finding finding = { .id = "XDC-X" };

	(void)state;
	for (size_t i = 0; i < 2 * XDC_TEXTS_MAX; i++) {
		xdc_finding_because(&finding, "text", "key");
		xdc_finding_advise(&finding, "text");
		xdc_finding_refer(&finding, "text");
	}
	assert_int_equal(finding.n_because, XDC_TEXTS_MAX);
	assert_int_equal(finding.n_advice, XDC_TEXTS_MAX);
	assert_int_equal(finding.n_references, XDC_TEXTS_MAX);
}

/* One device of an arm64 dom0, with an answer to every question but what @evidence denies. */
static void assert_incomplete(struct xdc_evidence *evidence, const char *fields, bool expected)
{
	struct xdc_report *report;

	add_pci(evidence, "0000:00:02.0", fields);
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	assert_int_equal(xdc_evidence_incomplete(report->attributions), expected);
	xdc_report_free(report);
}

static void test_evidence_is_complete_when_every_verdict_has_its_inputs(void **state)
{
	(void)state;
	assert_incomplete(xdc_evidence_new(), "driver=d\nbusmaster=1\n", false);
	assert_incomplete(evidence_with("iommu-groups", XDC_STATUS_OK, "1=identity\n"),
			  "driver=d\nbusmaster=1\niommu_group=1\n", false);
}

static void test_evidence_is_incomplete_without_role_or_devices(void **state)
{
	(void)state;
	assert_incomplete(evidence_with(FEATURES_KEY, XDC_STATUS_DENIED, ""),
			  "driver=d\nbusmaster=1\n", true);
	assert_incomplete(evidence_with("devices", XDC_STATUS_DENIED, ""),
			  "driver=d\nbusmaster=1\n", true);
	assert_incomplete(evidence_with("devices", XDC_STATUS_IO_ERROR, ""), "driver=d\n", true);
}

static void test_evidence_is_incomplete_where_a_verdict_is_not_known(void **state)
{
	(void)state;
	assert_incomplete(evidence_with("iommu-groups", XDC_STATUS_DENIED, ""),
			  "driver=d\nbusmaster=1\niommu_group=1\n", true);
	assert_incomplete(evidence_with("uname", XDC_STATUS_DENIED, ""), "driver=d\nbusmaster=1\n",
			  true);
}

static void test_evidence_is_incomplete_without_a_list_of_a_class(void **state)
{
	(void)state;
	assert_incomplete(evidence_with("class:block", XDC_STATUS_IO_ERROR, ""), "driver=d\n",
			  true);
	assert_incomplete(evidence_with("class:iommu", XDC_STATUS_DENIED, ""), "driver=d\n", true);
	assert_incomplete(evidence_with("class:drm", XDC_STATUS_ABSENT, ""), "driver=d\n", false);
}

/* Of most platform devices nobody knows whether they do DMA: that is no lack of evidence. */
static void test_evidence_about_what_does_no_dma_is_not_missed(void **state)
{
	(void)state;
	assert_incomplete(evidence_with("iommu-groups", XDC_STATUS_DENIED, ""),
			  "driver=d\niommu_group=1\n", false);
	assert_incomplete(evidence_with("iommu-groups", XDC_STATUS_DENIED, ""),
			  "busmaster=1\niommu_group=1\n", false);
}

/* It may have a driver, and do DMA. */
static void test_what_could_not_be_read_of_a_device_is_missed(void **state)
{
	(void)state;
	assert_incomplete(xdc_evidence_new(), "driver!denied\n", true);
	assert_incomplete(xdc_evidence_new(), "driver=d\nof_node!io-error\n", true);
}

static void test_no_evidence_at_all_is_incomplete(void **state)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(xdc_evidence_new());

	(void)state;
	assert_true(xdc_evidence_incomplete(report->attributions));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_severities_have_names_and_an_order),
		cmocka_unit_test(test_the_gravest_comes_first_then_by_id_and_subject),
		cmocka_unit_test(test_every_finding_has_reasons_and_advice),
		cmocka_unit_test(test_a_healthy_machine_has_no_findings),
		cmocka_unit_test(test_texts_have_room),
		cmocka_unit_test(test_evidence_is_complete_when_every_verdict_has_its_inputs),
		cmocka_unit_test(test_evidence_is_incomplete_without_role_or_devices),
		cmocka_unit_test(test_evidence_is_incomplete_where_a_verdict_is_not_known),
		cmocka_unit_test(test_evidence_is_incomplete_without_a_list_of_a_class),
		cmocka_unit_test(test_evidence_about_what_does_no_dma_is_not_missed),
		cmocka_unit_test(test_what_could_not_be_read_of_a_device_is_missed),
		cmocka_unit_test(test_no_evidence_at_all_is_incomplete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
