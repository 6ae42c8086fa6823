/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static char *json_of(struct xdc_evidence *evidence)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(evidence);
	FILE *out = unit_stream();

	assert_int_equal(xdc_render_json(report, out), 0);
	return unit_text(out);
}

static struct xdc_evidence *machine(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	return evidence;
}

/* Nothing in a report depends on anything but the evidence: no clock, no address, no order. */
static void test_the_same_evidence_gives_the_same_report(void **state)
{
	xdc_autofree char *first = json_of(machine()), *second = json_of(machine());

	(void)state;
	assert_string_equal(first, second);
}

static void test_a_recording_gives_the_report_of_its_evidence(void **state)
{
	struct xdc_evidence *evidence = machine(), *replayed = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = NULL, *first = NULL, *second = NULL;
	const char *error;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	xdc_evidence_write(evidence, out);
	fclose(out);
	first = json_of(evidence);
	assert_int_equal(xdc_records_parse(arena, text, size, xdc_evidence_add, replayed, &error),
			 0);
	second = json_of(replayed);
	assert_string_equal(first, second);
	xdc_arena_free(arena);
}

static void test_a_report_of_no_evidence_can_be_made(void **state)
{
	xdc_autofree char *json = json_of(xdc_evidence_new());

	(void)state;
	assert_contains(json, "\"devices\"");
}

/* Every record denied: a user without rights gets a report too. */
static void test_a_report_of_denied_evidence_can_be_made(void **state)
{
	struct xdc_evidence *whole = machine(), *denied = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	for (size_t i = 0; i < xdc_evidence_count(whole); i++)
		add_record(denied, xdc_evidence_at(whole, i)->key, XDC_STATUS_DENIED, "");
	xdc_evidence_free(whole);
	report = xdc_report_new(denied);
	assert_int_equal(report->model->host.role, XDC_ROLE_UNKNOWN);
	assert_true(xdc_evidence_incomplete(report->attributions));
	assert_null(find_finding(report, "XDC-IOMMU-IN-DOM0"));
	xdc_report_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_evidence_gives_the_same_report),
		cmocka_unit_test(test_a_recording_gives_the_report_of_its_evidence),
		cmocka_unit_test(test_a_report_of_no_evidence_can_be_made),
		cmocka_unit_test(test_a_report_of_denied_evidence_can_be_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
