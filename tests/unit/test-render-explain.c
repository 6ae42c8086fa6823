/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static char *explain(const struct xdc_report *report, const char *name, size_t width)
{
	FILE *out = unit_stream();

	xdc_render_explanation(report, device_of(report->model, name), width, out);
	return unit_text(out);
}

/* A broken function behind the board's SMMU, and a device through it. */
static struct xdc_report *machine_report(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_observation(evidence, "0000:00:02.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/sub", "bus=nvme-subsystem\n");
	add_pci(evidence, "0000:00:03.0", "");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void test_the_whole_decision_is_told(void **state)
{
	static const char *const parts[] = {
		"0000:00:02.0",
		"driver nvme",
		"IOMMU group 1, type DMA, behind 9050000.smmuv3",
		"yes: PCI bus mastering is on",
		"Does the kernel set swiotlb-xen here?",
		"xen_swiotlb_map_sg",
		"broken",
		"XDC-SWIOTLB-OVER-IOMMU",
		"XDC-IOMMU-IN-DOM0",
		"iommu.passthrough=1",
		PCI_PATH "0000:00:02.0",
	};
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = explain(report, "0000:00:02.0", 0);

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(parts); i++)
		if (!strstr(text, parts[i]))
			fail_msg("\"%s\" is not in:\n%s", parts[i], text);
}

/* Of this machine and of this device; not of another one, and not what is not there. */
static void test_what_could_not_be_read_is_named(void **state)
{
	struct xdc_evidence *evidence = evidence_with("class:block", XDC_STATUS_IO_ERROR, "detail");
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_record(evidence, "class:drm", XDC_STATUS_ABSENT, "");
	add_record(evidence, "dma:" PCI_PATH "0000:00:02.0", XDC_STATUS_DENIED, "");
	add_record(evidence, "dma:" PCI_PATH "0000:00:03.0", XDC_STATUS_TIMEOUT, "");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\n");
	add_pci(evidence, "0000:00:03.0", "driver=nvme\nbusmaster=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	text = explain(report, "0000:00:02.0", 0);
	assert_non_null(strstr(text, "What could not be read"));
	assert_non_null(strstr(text, "class:block: io-error"));
	assert_non_null(strstr(text, "dma:" PCI_PATH "0000:00:02.0: denied"));
	assert_null(strstr(text, "class:drm"));
	assert_null(strstr(text, "timeout"));
}

static void test_what_was_not_read_is_told_so(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *via = explain(report, "sub", 0);
	xdc_autofree char *idle = explain(report, "0000:00:03.0", 0);

	(void)state;
	assert_contains(via, "0000:00:02.0");
	assert_contains(via, "no attribute to ask by");
	assert_contains(idle, "when a driver is probed");
}

static void test_lines_at_80_columns_are_no_wider(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = explain(report, "0000:00:02.0", 80);

	(void)state;
	assert_in_range(widest_line(text), 60, 80);
}

static void test_hostile_names_reach_no_terminal(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_platform(evidence, "a\n\x1b[31m\xff", "driver=\\x1b\nof_node=/\\x1b\n");
	add_arm64_dom0(evidence, "6.1\\x1b[31m");
	report = xdc_report_new(evidence);
	text = explain(report, "a\\x0a\\x1b[31m\\xff", 0);
	assert_true(is_harmless(text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_whole_decision_is_told),
		cmocka_unit_test(test_what_could_not_be_read_is_named),
		cmocka_unit_test(test_what_was_not_read_is_told_so),
		cmocka_unit_test(test_lines_at_80_columns_are_no_wider),
		cmocka_unit_test(test_hostile_names_reach_no_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
