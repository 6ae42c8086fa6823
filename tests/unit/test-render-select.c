/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* A disk, a function that is off, one that says nothing of DMA, and what goes through the first. */
static struct xdc_report *machine_report(void)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");

	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_pci(evidence, "0000:00:03.0", "driver=x\nbusmaster=0\n");
	add_platform(evidence, "x.timer", "driver=timer\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/x", "bus=nvme-subsystem\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static enum xdc_fold fold_of(const struct xdc_report *report, const char *name)
{
	return xdc_fold_of(attribution_of(report, name));
}

static void test_each_device_is_folded_for_its_reason(void **state)
{
	xdc_autoreport struct xdc_report *report = machine_report();

	(void)state;
	assert_int_equal(fold_of(report, "0000:00:02.0"), XDC_FOLD_NOT);
	assert_int_equal(fold_of(report, "0000:00:03.0"), XDC_FOLD_IDLE);
	assert_int_equal(fold_of(report, "x.timer"), XDC_FOLD_MAYBE);
	assert_int_equal(fold_of(report, "x"), XDC_FOLD_VIA);
}

static void test_what_is_asked_for_is_shown(void **state)
{
	static const char *const names[] = { "/sys" PCI_PATH "0000:00:03.0", "x" };
	const struct xdc_table_options plain = { 0 }, all = { .all = true },
				       named = { .devices = names, .n_devices = 2, .all = true };
	xdc_autoreport struct xdc_report *report = machine_report();

	(void)state;
	assert_true(xdc_is_shown(attribution_of(report, "0000:00:02.0"), &plain));
	assert_false(xdc_is_shown(attribution_of(report, "x"), &plain));
	assert_true(xdc_is_shown(attribution_of(report, "x"), &all));
	assert_true(xdc_is_shown(attribution_of(report, "x"), &named));
	assert_true(xdc_is_shown(attribution_of(report, "0000:00:03.0"), &named));
	assert_false(xdc_is_shown(attribution_of(report, "0000:00:02.0"), &named));
}

static void test_the_tally_is_of_what_is_shown(void **state)
{
	const struct xdc_table_options plain = { 0 };
	xdc_autoreport struct xdc_report *report = machine_report();
	const struct xdc_tally tally = xdc_tally_of(report);
	size_t shown = 0, verdicts = 0, severities = 0;

	(void)state;
	for (size_t i = 0; i < report->attributions->count; i++)
		shown += xdc_is_shown(&report->attributions->items[i], &plain);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(tally.verdicts); i++)
		verdicts += tally.verdicts[i];
	for (size_t i = 0; i < XDC_ARRAY_SIZE(tally.severities); i++)
		severities += tally.severities[i];
	assert_true(shown > 0);
	assert_int_equal(tally.devices, shown);
	assert_int_equal(verdicts, shown);
	assert_int_equal(tally.verdicts[XDC_VERDICT_IDLE], 0);
	assert_int_equal(severities, report->findings->count);
	assert_true(tally.severities[XDC_SEVERITY_ERROR] > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_device_is_folded_for_its_reason),
		cmocka_unit_test(test_what_is_asked_for_is_shown),
		cmocka_unit_test(test_the_tally_is_of_what_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
