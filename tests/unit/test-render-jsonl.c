/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* An array of the lines, each read as strictly as jansson can; the caller's. */
static json_t *render(const struct xdc_report *report, const char *source, bool all)
{
	const struct xdc_table_options options = { .all = all };
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();
	json_t *lines = json_array();
	char *cursor, *line;
	json_error_t error;

	assert_int_equal(xdc_render_jsonl(report, source, &options, out), 0);
	text = unit_text(out);
	assert_true(is_harmless(text));
	cursor = text;
	while ((line = xdc_text_next_line(&cursor))) {
		json_t *json = json_loads(line, JSON_REJECT_DUPLICATES, &error);

		if (!json)
			fail_msg("%s: %s", error.text, line);
		json_array_append_new(lines, json);
	}
	return lines;
}

static const char *field(const json_t *record, const char *name)
{
	const json_t *value = json_object_get(record, name);

	if (!value)
		fail_msg("there is no field %s", name);
	return json_string_value(value);
}

/* The record at @index among those of @kind, borrowed; NULL: there are no more. */
static json_t *record_at(const json_t *lines, const char *kind, size_t index)
{
	for (size_t i = 0; i < json_array_size(lines); i++) {
		json_t *record = json_array_get(lines, i);

		if (strcmp(field(record, "record"), kind) == 0 && index-- == 0)
			return record;
	}
	return NULL;
}

static struct xdc_report *machine_report(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_record(evidence, "recorded", XDC_STATUS_OK, "time=1700000000\nversion=0.1.0\n");
	add_record(evidence, "uname", XDC_STATUS_OK,
		   "release=6.1.0\nmachine=aarch64\nnodename=dom0-a\n");
	add_record(evidence, "file:/proc/x", XDC_STATUS_DENIED, "");
	add_record(evidence, "file:/proc/y", XDC_STATUS_ABSENT, "");
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0",
		"driver=nvme\nbusmaster=1\niommu_group=1\ndma_mask_bits=64\n");
	add_observation(evidence, "0000:00:02.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/x", "bus=nvme-subsystem\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_each_line_says_whose_it_is_and_is_flat(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *lines = render(report, "a/b.xdc", true), *value;
	const char *name;

	(void)state;
	assert_true(json_array_size(lines) > 5);
	for (size_t i = 0; i < json_array_size(lines); i++) {
		json_t *record = json_array_get(lines, i);

		assert_text(field(record, "host"), "dom0-a");
		assert_text(field(record, "time"), "2023-11-14T22:13:20Z");
		assert_text(field(record, "source"), "a/b.xdc");
		json_object_foreach(record, name, value)
			assert_false(json_is_object(value) || json_is_array(value));
	}
	json_decref(lines);
}

static void test_the_host_comes_first_and_counts(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	const struct xdc_tally tally = xdc_tally_of(report);
	json_t *lines = render(report, "live", false), *host = json_array_get(lines, 0);

	(void)state;
	assert_text(field(host, "record"), "host");
	assert_text(field(host, "schema"), "xen-dmacheck-records/1");
	assert_text(field(host, "kernel"), "6.1.0");
	assert_text(field(host, "xen_version"), "4.17.5");
	assert_text(field(host, "xen_features"),
		    "writable_page_tables\ndom0\nmemory_op_vnode_supported\ndirect_mapped");
	assert_int_equal(json_integer_value(json_object_get(host, "devices")),
			 report->attributions->count);
	assert_int_equal(json_integer_value(json_object_get(host, "devices_dma")), tally.devices);
	assert_int_equal(json_integer_value(json_object_get(host, "devices_broken")),
			 tally.verdicts[XDC_VERDICT_BROKEN]);
	assert_int_equal(json_integer_value(json_object_get(host, "findings_error")),
			 tally.severities[XDC_SEVERITY_ERROR]);
	assert_null(record_at(lines, "host", 1));
	json_decref(lines);
}

static void test_lists_are_lines_of_one_text(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	const struct xdc_finding *finding = &report->findings->items[0];
	json_t *lines = render(report, "live", false);
	const char *because = field(record_at(lines, "finding", 0), "because");
	size_t count = 1;

	(void)state;
	assert_text(field(record_at(lines, "finding", 0), "id"), finding->id);
	assert_true(xdc_text_starts_with(because, finding->because[0].text));
	for (const char *at = because; (at = strchr(at, '\n')); at++)
		count++;
	assert_int_equal(count, finding->n_because);
	/* None is an empty text: nothing is missing. */
	assert_text(field(record_at(lines, "device", 0), "missing"), "");
	assert_text(field(record_at(lines, "iommu", 0), "masters"), PCI_PATH "0000:00:02.0");
	json_decref(lines);
}

static void test_devices_are_those_of_the_table(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *lines = render(report, "live", false), *every = render(report, "live", true);

	(void)state;
	assert_text(field(record_at(lines, "device", 0), "name"), "0000:00:02.0");
	assert_text(field(record_at(lines, "device", 0), "verdict"), "broken");
	assert_text(field(record_at(lines, "device", 0), "dma_mask"), "0xffffffffffffffff");
	assert_null(record_at(lines, "device", 1));
	assert_non_null(record_at(every, "device", report->attributions->count - 1));
	assert_null(record_at(every, "device", report->attributions->count));
	json_decref(lines);
	json_decref(every);
}

static void test_only_evidence_that_could_not_be_read_is_told(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *lines = render(report, "live", false);

	(void)state;
	assert_text(field(record_at(lines, "evidence", 0), "key"), "file:/proc/x");
	assert_text(field(record_at(lines, "evidence", 0), "status"), "denied");
	assert_null(record_at(lines, "evidence", 1));
	json_decref(lines);
}

static void test_nothing_known_is_null(void **state)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(xdc_evidence_new());
	json_t *lines = render(report, "live", false);
	const json_t *host = json_array_get(lines, 0);
	static const char *const names[] = {
		"host", "time", "kernel", "xen_version", "xen_features", "xen_domctl_hypervisor"
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		assert_true(json_is_null(json_object_get(host, names[i])));
	json_decref(lines);
}

static void test_hostile_names_make_valid_lines(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "nodename=a\\x0a\\xff\\x1b\"\n");
	xdc_autoreport struct xdc_report *report = NULL;
	json_t *lines;

	(void)state;
	add_record(evidence, "recorded", XDC_STATUS_OK, "time=99999999999999999999\n");
	add_platform(evidence, "a\"b\\c\n\x1b\xff", "driver=\\xff\"\nof_node=/\\xed\\xa0\\x80\n");
	add_record(evidence, "file:/\xff\n\"\x1b", XDC_STATUS_DENIED, "");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	lines = render(report, "\xff\n\x1b", true);
	assert_text(field(json_array_get(lines, 0), "source"), "\\xff\\x0a\\x1b");
	assert_text(field(json_array_get(lines, 0), "host"), "a\\x0a\\xff\\x1b\"");
	assert_true(json_is_null(json_object_get(json_array_get(lines, 0), "time")));
	json_decref(lines);
}

static void test_a_stream_that_fails_is_an_error(void **state)
{
	const struct xdc_table_options options = { 0 };
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofclose FILE *full = fopen("/dev/full", "we");

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	assert_true(xdc_render_jsonl(report, "live", &options, full) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_line_says_whose_it_is_and_is_flat),
		cmocka_unit_test(test_the_host_comes_first_and_counts),
		cmocka_unit_test(test_lists_are_lines_of_one_text),
		cmocka_unit_test(test_devices_are_those_of_the_table),
		cmocka_unit_test(test_only_evidence_that_could_not_be_read_is_told),
		cmocka_unit_test(test_nothing_known_is_null),
		cmocka_unit_test(test_hostile_names_make_valid_lines),
		cmocka_unit_test(test_a_stream_that_fails_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
