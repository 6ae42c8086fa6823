/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static struct xdc_report *machine_report(const char *uname)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_record(evidence, "uname", XDC_STATUS_OK, uname);
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_observation(evidence, "0000:00:02.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_pci(evidence, "0000:00:03.0", "driver=nvme\nbusmaster=1\n");
	add_observation(evidence, "0000:00:03.0", "ops=table\nmap_sg=xen_swiotlb_map_sg\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

/* A table of @report from each of two files, and of a machine without anything. */
static char *print(const struct xdc_report *report, size_t width)
{
	static const char *const sources[] = { "a/1.xdc", "a/2.xdc" };
	xdc_autoreport struct xdc_report *empty = xdc_report_new(xdc_evidence_new());
	struct xdc_fleet *fleet = xdc_fleet_new();
	FILE *out = unit_stream();

	for (size_t i = 0; i < 3; i++) {
		xdc_autofree char *line = NULL;
		FILE *row = unit_stream();

		xdc_fleet_row(i < 2 ? report : empty, i < 2 ? sources[i] : "nothing", row);
		line = unit_text(row);
		assert_int_equal(xdc_fleet_add(fleet, line), 0);
	}
	assert_int_equal(xdc_fleet_print(fleet, width, out), 0);
	xdc_fleet_free(fleet);
	return unit_text(out);
}

static void test_each_machine_has_a_line(void **state)
{
	xdc_autoreport struct xdc_report *report =
		machine_report("release=6.1.0\nmachine=aarch64\nnodename=dom0-a\n");
	xdc_autofree char *text = print(report, 0);

	(void)state;
	assert_true(xdc_text_starts_with(
		text, "3 machines; 2 with devices that are broken or at risk.\n\nHOST "));
	assert_contains(text, "\ndom0-a 4.17.5  6.1.0   1 broken, 1 ok 2 errors a/1.xdc\n");
	assert_contains(text, "\ndom0-a 4.17.5  6.1.0   1 broken, 1 ok 2 errors a/2.xdc\n");
	assert_contains(text, "\n-      unknown unknown -              -        nothing\n");
}

static void test_on_a_terminal_lists_are_folded_and_nothing_is_cut(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report(
		"release=6.1.0\nmachine=aarch64\nnodename=dom0-with-a-name-that-takes-room\n");
	xdc_autofree char *text = print(report, 80);

	(void)state;
	assert_true(widest_line(text) <= 80);
	assert_contains(text, " 1 broken, 2 errors a/1");
	assert_contains(text, "\n                                                 1 ok ");
}

static void test_hostile_names_reach_no_terminal(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report(
		"release=6\\x09\\x1b[31m\nmachine=aarch64\nnodename=n\\x0a\\xc2\\x9b\n");
	xdc_autofree char *text = print(report, 0), *line = NULL;
	FILE *row = unit_stream();

	(void)state;
	assert_true(is_harmless(text));
	xdc_fleet_row(report, "f\t\n\x1b", row);
	line = unit_text(row);
	assert_contains(line, "\tf\\x09\\x0a\\x1b\n");
	assert_contains(text, "6\\x09\\x1b[31m");
}

static void test_what_is_no_row_is_refused(void **state)
{
	struct xdc_fleet *fleet = xdc_fleet_new();

	(void)state;
	assert_int_equal(xdc_fleet_add(fleet, ""), -EINVAL);
	assert_int_equal(xdc_fleet_add(fleet, "!\ta\tb\tc\td\te\n"), -EINVAL);
	assert_int_equal(xdc_fleet_add(fleet, "!\ta\tb\tc\td\te\tf\n"), 0);
	xdc_fleet_free(fleet);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_machine_has_a_line),
		cmocka_unit_test(test_on_a_terminal_lists_are_folded_and_nothing_is_cut),
		cmocka_unit_test(test_hostile_names_reach_no_terminal),
		cmocka_unit_test(test_what_is_no_row_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
