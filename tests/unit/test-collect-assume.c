/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "collect/assume.h"
#include "unit.h"

#define FAILED "3,1,2,-;nvme: probe of 0000:00:02.0 failed with error -5\n"

/* What @evidence would be under @text; both are the caller's. */
static struct xdc_evidence *assume(const struct xdc_evidence *evidence, const char *text)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_assumptions assumptions = { 0 };
	struct xdc_evidence *changed;
	const char *error = NULL;

	if (xdc_assumptions_parse(arena, text, &assumptions, &error) < 0)
		fail_msg("%s: %s", text, error);
	changed = xdc_evidence_assume(evidence, &assumptions);
	xdc_arena_free(arena);
	return changed;
}

static const char *data_of(const struct xdc_evidence *evidence, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);

	return record ? record->data : NULL;
}

/* Its driver, that failed, has turned bus mastering off again: that is not of what is assumed. */
static void test_a_function_whose_driver_failed_keeps_no_bus_master_bit(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("kmsg", XDC_STATUS_OK, FAILED);
	xdc_autoevidence struct xdc_evidence *changed = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "class=0x010802\nbusmaster=0\niommu_group=1\n");
	changed = assume(evidence, "iommu.passthrough=1");
	assert_text(data_of(changed, "device:" PCI_PATH "0000:00:02.0"),
		    "bus=pci\nclass=0x010802\niommu_group=1\ndriver=(assumed)\n");
}

static void test_a_function_with_a_driver_stays_as_it_is(void **state)
{
	static const char fields[] = "bus=pci\ndriver=ahci\nbusmaster=0\n";
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoevidence struct xdc_evidence *changed = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=ahci\nbusmaster=0\n");
	changed = assume(evidence, "iommu.passthrough=1");
	assert_text(data_of(changed, "device:" PCI_PATH "0000:00:02.0"), fields);
}

/* The verdict under the remedy is about the device at work, not about one that idles. */
static void test_the_remedy_of_a_failed_driver_is_shown(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("kmsg", XDC_STATUS_OK, FAILED);
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	add_pci(evidence, "0000:00:02.0", "class=0x010802\nbusmaster=0\niommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(assume(evidence, "iommu.passthrough=1"));
	assert_int_equal(attribution_of(report, "0000:00:02.0")->path, XDC_PATH_SWIOTLB_XEN);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_OK);
}

/* Neither the rings nor what logs have kept of them is of other circumstances. */
static void test_what_kernel_and_hypervisor_said_is_left_out(void **state)
{
	static const char *const keys[] = {
		"kmsg",
		"logs",
		"log:journal:0123456789abcdef0123456789abcdef",
		"log:/var/log/kern.log",
		"log:/var/log/xen/console/hypervisor.log",
		"xen:console",
		"dma:/devices/x",
	};
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:physinfo", XDC_STATUS_OK, "directio=1\n");
	xdc_autoevidence struct xdc_evidence *changed = NULL;

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		add_record(evidence, keys[i], XDC_STATUS_OK, "x\n");
	changed = assume(evidence, "kernel=6.12");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		assert_null(xdc_evidence_find(changed, keys[i]));
	assert_non_null(xdc_evidence_find(changed, "xen:physinfo"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_function_whose_driver_failed_keeps_no_bus_master_bit),
		cmocka_unit_test(test_a_function_with_a_driver_stays_as_it_is),
		cmocka_unit_test(test_the_remedy_of_a_failed_driver_is_shown),
		cmocka_unit_test(test_what_kernel_and_hypervisor_said_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
