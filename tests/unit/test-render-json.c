/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* Renders and reads back as strictly as jansson can; the caller's. */
static json_t *render(const struct xdc_report *report)
{
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();
	json_error_t error;
	json_t *json;

	assert_int_equal(xdc_render_json(report, out), 0);
	text = unit_text(out);
	assert_true(is_harmless(text));
	json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		fail_msg("%s (line %d)", error.text, error.line);
	return json;
}

/* The value at a path of names and indices: "devices.1.name". */
static const json_t *at(const json_t *json, const char *path)
{
	xdc_autofree char *copy = xdc_strdup(path);
	char *rest, *name = strtok_r(copy, ".", &rest);
	uint64_t index;

	for (; name && json; name = strtok_r(NULL, ".", &rest)) {
		if (xdc_number_parse(name, 10, &index) == 0)
			json = json_array_get(json, (size_t)index);
		else
			json = json_object_get(json, name);
	}
	if (!json)
		fail_msg("there is no %s", path);
	return json;
}

static void assert_string(const json_t *json, const char *path, const char *expected)
{
	assert_text(json_string_value(at(json, path)), expected);
}

static void assert_null_at(const json_t *json, const char *path)
{
	if (!json_is_null(at(json, path)))
		fail_msg("%s is not null", path);
}

static struct xdc_report *machine_report(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:02.0",
		"driver=nvme\nbusmaster=1\niommu_group=1\ndma_mask_bits=64\n");
	add_observation(evidence, "0000:00:02.0",
			"ops=table\nmap_sg=xen_swiotlb_map_sg\ncoherent=1\n"
			"bus_dma_limit=0x3fffffff\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/x", "bus=nvme-subsystem\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_the_machine_is_described(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *json = render(report);

	(void)state;
	assert_string(json, "schema", "xen-dmacheck/1");
	assert_string(json, "tool.version", XDC_VERSION);
	assert_string(json, "host.arch", "aarch64");
	assert_string(json, "host.kernel", "6.1.0");
	assert_string(json, "host.xen.version", "4.17.5");
	assert_string(json, "host.xen.role", "dom0");
	assert_true(json_is_true(at(json, "host.xen.direct_mapped")));
	/* Bits 0, 11, 13 and 17, by the names of xen/include/public/features.h. */
	assert_int_equal(json_array_size(at(json, "host.xen.features")), 4);
	assert_string(json, "host.xen.features.1", "dom0");
	assert_string(json, "host.xen.features.3", "direct_mapped");
	assert_string(json, "iommus.0.name", "9050000.smmuv3");
	assert_string(json, "iommus.0.owner", "dom0");
	assert_string(json, "iommus.0.masters.0", PCI_PATH "0000:00:02.0");
	json_decref(json);
}

static const json_t *device_at(const json_t *json, const char *name)
{
	const json_t *device;
	size_t i;

	json_array_foreach(at(json, "devices"), i,
			   device) if (strcmp(json_string_value(at(device, "name")), name) ==
				       0) return device;
	fail_msg("no device %s", name);
	abort();
}

static void test_a_device_has_everything_that_is_known(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *json = render(report);
	const json_t *device = device_at(json, "0000:00:02.0");

	(void)state;
	assert_string(device, "path", PCI_PATH "0000:00:02.0");
	assert_string(device, "driver", "nvme");
	assert_string(device, "probe", "bound");
	assert_string(device, "dma", "yes");
	assert_string(device, "dma_path", "swiotlb-xen");
	assert_string(device, "basis", "observed");
	assert_string(device, "observed_path", "swiotlb-xen");
	assert_string(device, "verdict", "broken");
	assert_string(device, "own_memory", "broken");
	/* A number of 64 bits is text: most readers' numbers end at 2^53. */
	assert_string(device, "dma_mask", "0xffffffffffffffff");
	assert_string(device, "bus_dma_limit", "0x3fffffff");
	assert_true(json_is_true(at(device, "coherent")));
	assert_int_equal(json_integer_value(at(device, "iommu_group")), 1);
	assert_string(device, "iommu_group_type", "DMA");
	assert_string(device, "iommu", "9050000.smmuv3");
	assert_string(device, "because.0.rule", "arm-swiotlb-xen");
	assert_string(device, "because.0.evidence.0", "device:" PCI_PATH "0000:00:02.0");
	assert_null_at(device, "backend_domid");
	assert_null_at(device, "description");
	json_decref(json);
}

static void test_what_is_not_known_is_null(void **state)
{
	xdc_autoreport struct xdc_report *empty = xdc_report_new(xdc_evidence_new());
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *nothing = render(empty), *json = render(report);
	const json_t *device = device_at(json, "x");

	(void)state;
	assert_null_at(nothing, "host.arch");
	assert_null_at(nothing, "host.name");
	assert_null_at(nothing, "host.recorded");
	assert_null_at(nothing, "host.kernel");
	assert_null_at(nothing, "host.xen.version");
	assert_null_at(nothing, "host.xen.features");
	assert_string(nothing, "host.xen.role", "unknown");
	assert_int_equal(json_array_size(at(nothing, "devices")), 0);
	assert_string(device, "dma_via", PCI_PATH "0000:00:02.0");
	assert_null_at(device, "driver");
	assert_null_at(device, "observed_path");
	assert_null_at(device, "dma_mask");
	assert_null_at(device, "coherent");
	assert_null_at(device, "iommu_group");
	assert_null_at(device, "own_memory");
	json_decref(nothing);
	json_decref(json);
}

static void test_findings_and_summary_agree_with_the_report(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	json_t *json = render(report);
	const json_t *by_path = at(json, "summary.by_path"), *value;
	json_int_t total = 0;
	const char *name;

	(void)state;
	assert_int_equal(json_array_size(at(json, "findings")), report->findings->count);
	assert_string(json, "findings.0.id", report->findings->items[0].id);
	assert_string(json, "findings.0.severity", "error");
	assert_true(json_array_size(at(json, "findings.0.because")) > 0);
	assert_true(json_array_size(at(json, "findings.0.advice")) > 0);
	json_object_foreach((json_t *)by_path, name, value) total += json_integer_value(value);
	assert_int_equal(total, report->model->n_devices);
	assert_int_equal(json_integer_value(at(json, "summary.devices")), total);
	assert_true(json_integer_value(at(json, "summary.by_verdict.broken")) >= 1);
	json_decref(json);
}

static void test_every_record_is_listed_with_its_status(void **state)
{
	struct xdc_evidence *evidence = evidence_with("file:/proc/x", XDC_STATUS_DENIED, "");
	xdc_autoreport struct xdc_report *report = NULL;
	json_t *json;

	(void)state;
	add_record(evidence, "kmsg", XDC_STATUS_TRUNCATED, "12345");
	report = xdc_report_new(evidence);
	json = render(report);
	assert_int_equal(json_array_size(at(json, "evidence")), 2);
	assert_string(json, "evidence.0.key", "file:/proc/x");
	assert_string(json, "evidence.0.status", "denied");
	assert_string(json, "evidence.1.status", "truncated");
	assert_int_equal(json_integer_value(at(json, "evidence.1.size")), 5);
	/* What was read stays in the recording. */
	assert_null(json_object_get(at(json, "evidence.1"), "data"));
	json_decref(json);
}

static void test_hostile_names_make_valid_json(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("iommu-groups", XDC_STATUS_OK, "1=\\xff\\x1b\n");
	xdc_autoreport struct xdc_report *report = NULL;
	json_t *json;

	(void)state;
	add_platform(evidence, "a\"b\\c\n\x1b\xff",
		     "driver=\\xff\"\niommu_group=1\nof_node=/\\xed\\xa0\\x80\n");
	add_record(evidence, "file:/\xff\"\x1b", XDC_STATUS_OK, "\xff");
	add_record(evidence, "kmsg", XDC_STATUS_OK,
		   "3,1,2,-;x: probe of y\xff failed with error -5\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	json = render(report);
	assert_string(json, "devices.0.name", "a\"b\\\\c\\x0a\\x1b\\xff");
	assert_string(json, "devices.0.driver", "\\xff\"");
	assert_string(json, "devices.0.iommu_group_type", "\\xff\\x1b");
	json_decref(json);
}

/* One byte in a recording must not cost the whole report. */
static void test_a_hostile_kernel_or_iommu_makes_valid_json(void **state)
{
	static const char *const cases[][2] = {
		{ "uname", "release=6.1\\xff\nmachine=aarch64\n" },
		{ "uname", "release=6.1\nmachine=aarch64\\xff\n" },
		{ "class:iommu", "i\xff=/devices/virtual/x\n" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence =
			evidence_with(cases[i][0], XDC_STATUS_OK, cases[i][1]);
		xdc_autoreport struct xdc_report *report = NULL;

		add_arm64_dom0(evidence, "6.1.0");
		report = xdc_report_new(evidence);
		json_decref(render(report));
	}
}

/* A full disk must not look like success. */
static void test_a_stream_that_fails_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofclose FILE *full = fopen("/dev/full", "we");

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	assert_true(xdc_render_json(report, full) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_machine_is_described),
		cmocka_unit_test(test_a_device_has_everything_that_is_known),
		cmocka_unit_test(test_what_is_not_known_is_null),
		cmocka_unit_test(test_findings_and_summary_agree_with_the_report),
		cmocka_unit_test(test_every_record_is_listed_with_its_status),
		cmocka_unit_test(test_hostile_names_make_valid_json),
		cmocka_unit_test(test_a_hostile_kernel_or_iommu_makes_valid_json),
		cmocka_unit_test(test_a_stream_that_fails_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
