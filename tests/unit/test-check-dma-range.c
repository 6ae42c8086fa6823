/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "report.h"
#include "unit.h"

#define POOL "4,1,2,-;software IO TLB: mapped [mem 0x00000000f2000000-0x00000000f6000000] (64MB)\n"
#define RAM  "00001000-0009ffff : System RAM\n40000000-1ffffffff : System RAM\n"

/* A dom0 with 4 GiB of RAM above the first, and a PCI device of that mask. */
static struct xdc_report *with_mask(const char *bits, const char *log, const char *iomem)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, log);
	char fields[128];

	snprintf(fields, sizeof(fields), "driver=d\nbusmaster=1\ndma_mask_bits=%s\n", bits);
	add_pci(evidence, "0000:00:02.0", fields);
	add_arm64_dom0(evidence, "6.1.0");
	add_file(evidence, "/proc/iomem", iomem);
	return xdc_report_new(evidence);
}

static const struct xdc_finding *find(const struct xdc_report *report)
{
	for (size_t i = 0; i < report->findings->count; i++)
		if (strcmp(report->findings->items[i].id, "XDC-DMA-RANGE") == 0)
			return &report->findings->items[i];
	return NULL;
}

static void test_a_mask_that_covers_all_is_silent(void **state)
{
	xdc_autoreport struct xdc_report *report = with_mask("64", POOL, RAM);

	(void)state;
	assert_null(find(report));
}

static void test_a_mask_below_ram_is_a_notice(void **state)
{
	xdc_autoreport struct xdc_report *report = with_mask("32", POOL, RAM);

	(void)state;
	assert_non_null(find(report));
	assert_int_equal(find(report)->severity, XDC_SEVERITY_NOTICE);
	assert_contains(find(report)->because[0].text, "0xffffffff");
	assert_contains(find(report)->because[0].text, "0x1ffffffff");
}

static void test_a_mask_below_the_pool_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report = with_mask("30", POOL, RAM);

	(void)state;
	assert_non_null(find(report));
	assert_int_equal(find(report)->severity, XDC_SEVERITY_ERROR);
}

/* Without root /proc/iomem shows zeros, and the log may be gone: nothing is made of that. */
static void test_nothing_is_said_of_what_is_not_known(void **state)
{
	xdc_autoreport struct xdc_report *report =
		with_mask("30", "", "00000000-00000000 : System RAM\n");

	(void)state;
	assert_null(find(report));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_mask_that_covers_all_is_silent),
		cmocka_unit_test(test_a_mask_below_ram_is_a_notice),
		cmocka_unit_test(test_a_mask_below_the_pool_is_an_error),
		cmocka_unit_test(test_nothing_is_said_of_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
