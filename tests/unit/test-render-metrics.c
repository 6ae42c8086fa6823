/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static char *render(const struct xdc_report *report, const char *source, bool all)
{
	const struct xdc_table_options options = { .all = all };
	FILE *out = unit_stream();
	char *text;

	assert_int_equal(xdc_render_metrics(report, source, &options, out), 0);
	text = unit_text(out);
	assert_true(is_harmless(text));
	return text;
}

static struct xdc_evidence *machine_evidence(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_record(evidence, "recorded", XDC_STATUS_OK, "time=1700000000\nversion=0.1.0\n");
	add_record(evidence, "uname", XDC_STATUS_OK,
		   "release=6.1.0\nmachine=aarch64\nnodename=dom0-a\n");
	add_record(evidence, "file:/proc/x", XDC_STATUS_DENIED, "");
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_observation(evidence, "0000:00:02.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/x", "bus=nvme-subsystem\n");
	add_arm64_dom0(evidence, "6.1.0");
	return evidence;
}

static void test_this_machine_needs_no_name(void **state)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(machine_evidence());
	xdc_autofree char *text = render(report, NULL, false);

	(void)state;
	assert_contains(text, "\nxen_dmacheck_last_run_timestamp_seconds 1700000000\n");
	assert_contains(text, "\nxen_dmacheck_complete 1\n");
	assert_contains(text, "\nxen_dmacheck_host_info{arch=\"aarch64\",kernel=\"6.1.0\","
			      "xen=\"4.17.5\",role=\"dom0\",guest_type=\"HVM\"} 1\n");
	assert_contains(text, "\nxen_dmacheck_evidence{status=\"denied\"} 1\n");
	assert_contains(text, "\nxen_dmacheck_evidence{status=\"timeout\"} 0\n");
	assert_contains(text, "\nxen_dmacheck_devices{path=\"swiotlb-xen\","
			      "verdict=\"broken\"} 1\n");
	assert_contains(text, "\nxen_dmacheck_device_info{device=\"0000:00:02.0\",bus=\"pci\","
			      "driver=\"nvme\",path=\"swiotlb-xen\",basis=\"observed\","
			      "verdict=\"broken\"} 1\n");
	assert_contains(text, "\nxen_dmacheck_finding{id=\"XDC-SWIOTLB-OVER-IOMMU\","
			      "severity=\"error\",subject=\"0000:00:02.0\"} 1\n");
	assert_lacks(text, "source=");
	assert_lacks(text, "nvme-subsystem");
	assert_true(xdc_text_ends_with(text, "\n# EOF\n"));
}

static void test_each_sample_of_a_recording_has_host_and_source(void **state)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(machine_evidence());
	xdc_autofree char *text = render(report, "a/b", true);
	char *cursor = text, *line;
	size_t samples = 0;

	(void)state;
	assert_contains(text, "nvme-subsystem");
	assert_contains(text, "\nxen_dmacheck_complete{host=\"dom0-a\",source=\"a/b\"} 1\n");
	while ((line = xdc_text_next_line(&cursor))) {
		if (line[0] == '#')
			continue;
		samples++;
		assert_contains(line, "host=\"dom0-a\",source=\"a/b\"} ");
	}
	assert_true(samples > 10);
}

/* The whole is its parts, whoever puts them together. */
static void test_a_family_has_one_head_before_its_samples(void **state)
{
	const struct xdc_table_options options = { 0 };
	xdc_autoreport struct xdc_report *report = xdc_report_new(machine_evidence());
	xdc_autofree char *whole = render(report, NULL, false), *parts = NULL;
	FILE *out = unit_stream();

	(void)state;
	for (size_t i = 0; i < xdc_metrics_count(); i++) {
		xdc_metrics_head(i, out);
		xdc_metrics_samples(i, report, NULL, &options, out);
	}
	xdc_metrics_end(out);
	parts = unit_text(out);
	assert_string_equal(whole, parts);
	for (const char *at = whole; (at = strstr(at, "# TYPE ")); at++) {
		const char *name = at + strlen("# TYPE ");
		size_t length = strcspn(name, " ");
		const char *sample = strchr(name, '\n') + 1;

		assert_true(xdc_text_starts_with(name + length, " gauge\n"));
		if (*sample != '#')
			assert_memory_equal(sample, name, length);
	}
}

static void test_what_is_not_known_is_left_out(void **state)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(xdc_evidence_new());
	xdc_autofree char *text = render(report, NULL, false);

	(void)state;
	assert_lacks(text, "\nxen_dmacheck_last_run_timestamp_seconds ");
	assert_contains(text, "\nxen_dmacheck_host_info{arch=\"\",kernel=\"\",xen=\"\","
			      "role=\"unknown\",guest_type=\"\"} 1\n");
	assert_contains(text, "\nxen_dmacheck_findings{severity=\"error\"} 0\n");
}

/* What stands in a label is escaped twice: for people, and for the format. */
static void test_labels_are_escaped(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1\"} 2\\x0a\nmachine=a\\x5cb\n");
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	text = render(report, "s\n\"\\", false);
	assert_contains(text, "{arch=\"a\\\\\\\\b\",kernel=\"6.1\\\"} 2\\\\x0a\",");
	assert_contains(text, ",source=\"s\\\\x0a\\\"\\\\\\\\\"} 1\n");
}

/* One sample twice, and Prometheus refuses all that node_exporter has. */
static void test_no_sample_is_there_twice(void **state)
{
	struct xdc_evidence *evidence = machine_evidence();
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;
	const char *first;

	(void)state;
	add_device(evidence, "/devices/a/same", "bus=pci\ndriver=d\nbusmaster=1\n");
	add_device(evidence, "/devices/b/same", "bus=pci\ndriver=d\nbusmaster=1\n");
	report = xdc_report_new(evidence);
	text = render(report, NULL, true);
	first = strstr(text, "\nxen_dmacheck_device_info{device=\"same\"");
	assert_non_null(first);
	assert_null(strstr(strstr(first, "same") + 1, "device=\"same\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_this_machine_needs_no_name),
		cmocka_unit_test(test_each_sample_of_a_recording_has_host_and_source),
		cmocka_unit_test(test_a_family_has_one_head_before_its_samples),
		cmocka_unit_test(test_what_is_not_known_is_left_out),
		cmocka_unit_test(test_labels_are_escaped),
		cmocka_unit_test(test_no_sample_is_there_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
