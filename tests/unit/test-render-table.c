/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* What xdc_render_table() prints; the caller's. */
static char *print(const struct xdc_report *report, const char *columns,
		   const struct xdc_table_options *given)
{
	xdc_autofree const struct xdc_column **items = NULL;
	struct xdc_table_options options = *given;
	char *unknown = NULL;
	FILE *out = unit_stream();

	assert_int_equal(xdc_columns_parse(columns, &items, &options.n_columns, &unknown), 0);
	options.columns = items;
	assert_int_equal(xdc_render_table(report, &options, out), 0);
	return unit_text(out);
}

#define PRINT(report, columns, ...)                                                                \
	print(report, columns, &(const struct xdc_table_options){ __VA_ARGS__ })

/* A dom0 with a device of every kind: broken, right, idle, through another, and a maybe. */
static struct xdc_report *machine_report(void)
{
	struct xdc_evidence *evidence =
		evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n2=identity\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:01.0", "driver=ahci\nbusmaster=1\niommu_group=2\n");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_pci(evidence, "0000:00:03.0", "");
	add_device(evidence, PCI_PATH "0000:00:01.0/1-1", "bus=usb\ndriver=usb\n");
	add_device(evidence, PCI_PATH "0000:00:01.0/1-2", "bus=usb\n");
	add_platform(evidence, "gpio", "driver=gpio\n");
	add_arm64_dom0(evidence, "6.1.0-50-arm64");
	return xdc_report_new(evidence);
}

/* The line of @text that begins with @start; a copy of the caller's, NULL without one. */
static char *line_of(const char *text, const char *start)
{
	const char *at = text;

	while (at && !xdc_text_starts_with(at, start)) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	return at ? strndup(at, strcspn(at, "\n")) : NULL;
}

static void test_the_first_lines_say_where_we_are(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, NULL, .width = 0);

	(void)state;
	assert_true(xdc_text_starts_with(
		text, "Xen 4.17.5 dom0, mapped 1:1; Linux 6.1.0-50-arm64 (aarch64).\n"
		      "2 devices do DMA: 1 broken, 1 ok.\n"));
	assert_contains(text, "The kernel was not asked");
}

static void test_bare_metal_and_unknown_hosts_are_told(void **state)
{
	struct xdc_evidence *bare = xdc_evidence_new(), *nothing = xdc_evidence_new();
	xdc_autoreport struct xdc_report *bare_report = NULL, *nothing_report = NULL;
	xdc_autofree char *bare_text = NULL, *nothing_text = NULL;

	(void)state;
	add_machine(bare, &(struct machine){ .machine = "x86_64", .kernel = "6.1.0" });
	bare_report = xdc_report_new(bare);
	bare_text = PRINT(bare_report, NULL, .width = 80);
	assert_true(xdc_text_starts_with(bare_text, "Not on Xen; Linux 6.1.0 (x86_64).\n"
						    "0 devices do DMA.\n"));
	nothing_report = xdc_report_new(nothing);
	nothing_text = PRINT(nothing_report, NULL, .width = 80);
	assert_true(xdc_text_starts_with(nothing_text, "Xen of unknown version domain; Linux of "
						       "unknown version (unknown machine).\n"));
}

/* Whether memory is mapped 1:1 is a question about dom0s on Arm alone. */
static void test_other_domains_are_told_by_their_kind(void **state)
{
	static const struct machine guest = { "aarch64", "6.1.0", FEATURES_GUEST, "HVM\n", NULL };
	static const struct machine pv = { "x86_64", "6.1.0", "00000800\n", "PV\n", NULL };
	struct xdc_evidence *in_guest = xdc_evidence_new(), *on_pv = xdc_evidence_new();
	xdc_autoreport struct xdc_report *guest_report = NULL, *pv_report = NULL;
	xdc_autofree char *guest_text = NULL, *pv_text = NULL;

	(void)state;
	add_machine(in_guest, &guest);
	guest_report = xdc_report_new(in_guest);
	guest_text = PRINT(guest_report, NULL, .width = 80);
	assert_true(xdc_text_starts_with(guest_text, "Xen 4.17.5 domU; Linux 6.1.0 (aarch64).\n"));
	add_machine(on_pv, &pv);
	pv_report = xdc_report_new(on_pv);
	pv_text = PRINT(pv_report, NULL, .width = 80);
	assert_true(xdc_text_starts_with(pv_text, "Xen 4.17.5 dom0 (PV); Linux 6.1.0 (x86_64).\n"));
}

static void test_how_the_paths_are_known_is_told(void **state)
{
	const struct xdc_record refused = { "dma", "bpf", "needs root", "", 0, XDC_STATUS_DENIED };
	struct xdc_evidence *observed = evidence_with("dma", XDC_STATUS_OK, "");
	struct xdc_evidence *denied = xdc_evidence_new();
	xdc_autoreport struct xdc_report *observed_report = xdc_report_new(observed);
	xdc_autoreport struct xdc_report *denied_report = NULL;
	xdc_autofree char *observed_text = PRINT(observed_report, NULL, .width = 0);
	xdc_autofree char *denied_text = NULL;

	(void)state;
	assert_lacks(observed_text, "inferred");
	xdc_evidence_add(denied, &refused);
	denied_report = xdc_report_new(denied);
	denied_text = PRINT(denied_report, NULL, .width = 0);
	assert_contains(denied_text, "paths are inferred: needs root.");
}

static void test_findings_follow_the_table(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, NULL, .width = 80);

	(void)state;
	assert_contains(text, "XDC-IOMMU-IN-DOM0\n");
	assert_true(strstr(text, "XDC-IOMMU-IN-DOM0") > strstr(text, "Not shown:"));
}

static void test_a_row_has_the_columns_asked_for(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, "NAME,PATH,VERDICT,GROUP,DRIVER", .width = 0);
	xdc_autofree char *head = line_of(text, "NAME"), *row = line_of(text, "0000:00:02.0");

	(void)state;
	assert_text(head, "NAME         PATH        VERDICT GROUP      DRIVER");
	assert_text(row, "0000:00:02.0 swiotlb-xen broken  1 DMA      nvme");
}

static void test_what_is_wrong_comes_first(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, "NAME", .all = true);
	const char *broken = strstr(text, "\n0000:00:02.0"), *fine = strstr(text, "\n0000:00:01.0"),
		   *idle = strstr(text, "\n0000:00:03.0");

	(void)state;
	assert_non_null(broken);
	assert_non_null(fine);
	assert_non_null(idle);
	assert_true(broken < fine && fine < idle);
}

static void test_what_is_folded_is_counted(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *folded = PRINT(report, "NAME,PATH", .width = 0);
	xdc_autofree char *all = PRINT(report, "NAME,PATH", .all = true);
	xdc_autofree char *line = line_of(folded, "Not shown:");

	(void)state;
	assert_lacks(folded, "\n1-1 ");
	assert_lacks(folded, "\ngpio ");
	assert_lacks(folded, "\n0000:00:03.0");
	/* 1-1 and 1-2; the function without a driver; gpio, the bridge and the SMMU. */
	assert_non_null(line);
	assert_contains(line, "2 go through another device");
	assert_contains(line, "1 are idle");
	assert_contains(line, "3 may do no DMA");
	assert_contains(all, "\n1-1 ");
	assert_contains(all, "\ngpio ");
	assert_contains(all, "\n0000:00:03.0");
	assert_lacks(all, "Not shown:");
}

static void test_devices_are_shown_by_name_or_path(void **state)
{
	static const char *const names[] = { "gpio", PCI_PATH "0000:00:03.0",
					     "/sys" PCI_PATH "0000:00:01.0/1-1" };
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text =
		PRINT(report, "NAME,PATH", .devices = names, .n_devices = XDC_ARRAY_SIZE(names));

	(void)state;
	assert_contains(text, "\ngpio ");
	assert_contains(text, "\n0000:00:03.0 ");
	assert_contains(text, "\n1-1 ");
	assert_lacks(text, "\n0000:00:02.0 ");
	assert_lacks(text, "Not shown:");
}

static void test_without_a_terminal_a_device_takes_one_line(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, "+DMA-BECAUSE,DEVPATH", .all = true);
	xdc_autofree char *row = line_of(text, "0000:00:02.0");

	(void)state;
	assert_contains(row, "PCI bus mastering is on");
	assert_contains(row, PCI_PATH "0000:00:02.0");
}

static void test_text_at_80_columns_is_no_wider(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, NULL, .width = 80);
	xdc_autofree char *more =
		PRINT(report, "NAME,PATH,DMA-BECAUSE,WHY", .width = 80, .all = true);

	(void)state;
	assert_in_range(widest_line(text), 40, 80);
	assert_in_range(widest_line(more), 40, 80);
	/* It is there all the same, in lines. */
	assert_contains(more, "a driver is");
	assert_contains(more, "nothing shows");
}

/* Names as platform devices have them: "4010000000.pcie platform pci-host-generic". */
static void test_all_devices_at_80_columns_are_no_wider(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *text = PRINT(report, NULL, .width = 80, .all = true);

	(void)state;
	assert_in_range(widest_line(text), 40, 80);
}

static void test_long_names_do_not_make_it_wider(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_platform(evidence, "30be0000.a-device-with-a-rather-long-name-of-its-own",
		     "driver=a-driver-with-a-long-name-too\nof_node=/x\n");
	add_record(evidence, "class:net", XDC_STATUS_OK,
		   "eth0=" PLATFORM_PATH
		   "30be0000.a-device-with-a-rather-long-name-of-its-own/net/eth0\n");
	add_arm64_dom0(evidence, "6.1.0-50-a-kernel-release-with-a-long-end-of-its-vendor-s");
	report = xdc_report_new(evidence);
	text = PRINT(report, NULL, .width = 80);
	assert_in_range(widest_line(text), 40, 80);
}

/* In the C locale smartcols would cut such a name for ever. */
static void test_a_name_that_the_locale_cannot_decode_is_escaped(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0-\xd0\x8c-a-name-that-is-much-longer-than-its-column",
		"driver=ahci\nbusmaster=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	text = PRINT(report, "NAME,DEVPATH", .width = 200, .all = true);
	assert_contains(text, "0000:00:02.0-\\xd0\\x8c-a-name");
	free(text);
	text = PRINT(report, "+DMA-BECAUSE,NODE,DEVPATH", .width = 40, .all = true);
	assert_true(is_harmless(text));
}

static void test_colour_is_only_what_is_added(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();
	xdc_autofree char *plain = PRINT(report, NULL, .width = 80);
	xdc_autofree char *colored = PRINT(report, NULL, .width = 80, .color = true);
	size_t length = 0;

	(void)state;
	assert_lacks(plain, "\033");
	/* The verdict is, and nothing else of its row. */
	assert_contains(colored, "\n0000:00:02.0 ");
	assert_contains(colored, "\033[31mbroken");
	for (const char *at = colored; *at; at++) {
		if (*at == '\033')
			at += strcspn(at, "m");
		else
			colored[length++] = *at;
	}
	colored[length] = '\0';
	assert_string_equal(colored, plain);
}

/* A device, an SMMU, a driver: every name of a recording is somebody else's text. */
static void test_hostile_names_reach_no_terminal(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\\x1b[31m\n");
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL, *narrow = NULL;
	const struct xdc_record refused = { "dma", "bpf", "why\x1b[31m\xc2\x9b",
					    "",	   0,	  XDC_STATUS_DENIED };

	(void)state;
	xdc_evidence_add(evidence, &refused);
	add_file(evidence, "/sys/hypervisor/version/extra", ".5\x1b]0;x\x07\n");
	add_platform(evidence, "a\nb\x1b[31m\xff\xc2\x9b",
		     "driver=d\\x1b[31m\nof_node=/n\\x1b\niommu_group=1\niommu=\\x0b\n");
	add_record(evidence, "udev:" PLATFORM_PATH "a\nb\x1b[31m\xff\xc2\x9b", XDC_STATUS_OK,
		   "model=m\\x1b[31m\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	text = PRINT(report, "+NODE,DESCRIPTION,DEVPATH,IOMMU,GROUP-TYPE", .all = true);
	narrow = PRINT(report, "+NODE,DESCRIPTION,DEVPATH", .all = true, .width = 80);
	assert_true(is_harmless(text));
	assert_true(is_harmless(narrow));
	assert_contains(text, "a\\x0ab\\x1b[31m\\xff\\xc2\\x9b");
	assert_contains(text, "d\\x1b[31m");
	assert_contains(text, "m\\x1b[31m");
}

static void test_a_hostile_kernel_or_iommu_reaches_no_terminal(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1\\x1b[31m\nmachine=aarch64\n");
	xdc_autoreport struct xdc_report *report = NULL;
	xdc_autofree char *text = NULL;

	(void)state;
	add_record(evidence, "class:iommu", XDC_STATUS_OK, "i\x1b[31m=/devices/virtual/x\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	text = PRINT(report, NULL, .width = 80);
	assert_true(is_harmless(text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_first_lines_say_where_we_are),
		cmocka_unit_test(test_bare_metal_and_unknown_hosts_are_told),
		cmocka_unit_test(test_other_domains_are_told_by_their_kind),
		cmocka_unit_test(test_how_the_paths_are_known_is_told),
		cmocka_unit_test(test_findings_follow_the_table),
		cmocka_unit_test(test_a_row_has_the_columns_asked_for),
		cmocka_unit_test(test_what_is_wrong_comes_first),
		cmocka_unit_test(test_what_is_folded_is_counted),
		cmocka_unit_test(test_devices_are_shown_by_name_or_path),
		cmocka_unit_test(test_without_a_terminal_a_device_takes_one_line),
		cmocka_unit_test(test_text_at_80_columns_is_no_wider),
		cmocka_unit_test(test_all_devices_at_80_columns_are_no_wider),
		cmocka_unit_test(test_long_names_do_not_make_it_wider),
		cmocka_unit_test(test_a_name_that_the_locale_cannot_decode_is_escaped),
		cmocka_unit_test(test_colour_is_only_what_is_added),
		cmocka_unit_test(test_hostile_names_reach_no_terminal),
		cmocka_unit_test(test_a_hostile_kernel_or_iommu_reaches_no_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
