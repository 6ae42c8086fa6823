/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define SWIOTLB "ops=table\nmap_sg=xen_swiotlb_map_sg\n"

/* An arm64 dom0's function with @driver of which the kernel held @fields (NULL: not asked). */
static struct xdc_report *report_of(const char *kernel, const char *driver, const char *fields)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_pci(evidence, "0000:00:02.0", driver);
	if (fields)
		add_observation(evidence, "0000:00:02.0", fields);
	add_arm64_dom0(evidence, kernel);
	return xdc_report_new(evidence);
}

static void assert_decided(const char *kernel, const char *driver, const char *fields,
			   enum xdc_path path, enum xdc_basis basis)
{
	xdc_autoreport struct xdc_report *report = report_of(kernel, driver, fields);
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	assert_string_equal(xdc_path_name(a->path), xdc_path_name(path));
	assert_string_equal(xdc_basis_name(a->basis), xdc_basis_name(basis));
}

static void test_what_was_seen_beats_what_was_inferred(void **state)
{
	(void)state;
	assert_decided("6.1", "driver=d\n", "ops=none\n", XDC_PATH_DIRECT, XDC_BASIS_OBSERVED);
	assert_decided("6.1", "driver=d\n", NULL, XDC_PATH_SWIOTLB_XEN, XDC_BASIS_INFERRED);
	assert_decided("6.1", "driver=d\n", "ops=unreadable\n", XDC_PATH_SWIOTLB_XEN,
		       XDC_BASIS_INFERRED);
}

static void test_what_was_seen_stands_where_nothing_can_be_inferred(void **state)
{
	(void)state;
	assert_decided("strange", "driver=d\n", NULL, XDC_PATH_UNKNOWN, XDC_BASIS_INFERRED);
	assert_decided("strange", "driver=d\n", SWIOTLB, XDC_PATH_SWIOTLB_XEN, XDC_BASIS_OBSERVED);
}

static void test_a_driver_that_could_not_be_read_is_not_none(void **state)
{
	(void)state;
	assert_decided("6.1", "driver!denied\n", NULL, XDC_PATH_UNKNOWN, XDC_BASIS_INFERRED);
	assert_decided("6.1", "driver!denied\n", SWIOTLB, XDC_PATH_UNKNOWN, XDC_BASIS_INFERRED);
}

static void test_without_a_driver_there_is_no_path(void **state)
{
	(void)state;
	assert_decided("6.1", "", NULL, XDC_PATH_NONE, XDC_BASIS_INFERRED);
	assert_decided("6.1", "", SWIOTLB, XDC_PATH_NONE, XDC_BASIS_OBSERVED);
	assert_decided("strange", "", NULL, XDC_PATH_NONE, XDC_BASIS_INFERRED);
}

/* Its DMA is another's with a driver bound to it or not. */
static void test_what_goes_through_another_device_needs_no_driver(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=xhci_hcd\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/1-1", "bus=usb\n");
	add_observation(evidence, "1-1", "ops=none\n");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "1-1")->path, XDC_PATH_VIA);
}

static void test_the_inferred_path_is_kept_beside_the_one_seen(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.1", "driver=d\n", "ops=none\n");
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	(void)state;
	assert_int_equal(a->inferred_path, XDC_PATH_SWIOTLB_XEN);
	assert_int_equal(a->observed_path, XDC_PATH_DIRECT);
	assert_non_null(find_reason(a, "arm-swiotlb-xen"));
	assert_non_null(find_reason(a, "observed"));
}

static void assert_mismatch(const char *kernel, const char *driver, const char *fields,
			    bool expected)
{
	xdc_autoreport struct xdc_report *report = report_of(kernel, driver, fields);

	assert_int_equal(xdc_attribution_mismatch(attribution_of(report, "0000:00:02.0")),
			 expected);
}

static void test_two_answers_that_differ_are_a_mismatch(void **state)
{
	(void)state;
	assert_mismatch("6.1", "driver=d\n", "ops=none\n", true);
	assert_mismatch("6.1", "driver=d\n", SWIOTLB, false);
}

static void test_an_answer_that_is_missing_is_no_mismatch(void **state)
{
	(void)state;
	assert_mismatch("6.1", "driver=d\n", NULL, false);
	assert_mismatch("6.1", "driver=d\n", "ops=unreadable\n", false);
	assert_mismatch("strange", "driver=d\n", "ops=none\n", false);
	/* Nothing was probed: there is nothing that the model could have got wrong. */
	assert_mismatch("6.1", "", "ops=none\n", false);
}

static void assert_translated(const struct machine *machine, const char *group,
			      const char *observed, enum xdc_tri expected)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;
	char groups[32];

	add_platform(evidence, "x", group ? "iommu_group=1\n" : "");
	snprintf(groups, sizeof(groups), "%s=%s\n", group && *group ? "1" : "2",
		 group && *group ? group : "DMA");
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	if (observed)
		add_observation(evidence, "x", observed);
	add_machine(evidence, machine);
	model = xdc_model_new(evidence);
	assert_int_equal(device_of(model, "x")->translated, expected);
}

static void test_the_domain_in_force_tells_whether_it_translates(void **state)
{
	static const struct machine arm64 = { .machine = "aarch64", .kernel = "6.1" };

	(void)state;
	assert_translated(&arm64, NULL, NULL, XDC_NO);
	assert_translated(&arm64, "DMA", NULL, XDC_YES);
	assert_translated(&arm64, "identity", NULL, XDC_NO);
	assert_translated(&arm64, "", NULL, XDC_UNKNOWN);
	assert_translated(&arm64, "identity", "ops=none\ngroup_domain=DMA\n", XDC_YES);
	assert_translated(&arm64, "DMA", "ops=none\ngroup_domain=identity\n", XDC_NO);
}

/* It attaches a mapping of its own, whatever the default domain's type in sysfs is. */
static void test_on_32_bit_arm_the_mapping_tells_whether_it_translates(void **state)
{
	static const struct machine with = { "armv7l", "6.1", NULL, NULL,
					     "CONFIG_ARM_DMA_USE_IOMMU=y\n" };
	static const struct machine without = { "armv7l", "6.1", NULL, NULL, "CONFIG_ARM=y\n" };
	static const struct machine unknown = { "armv7l", "6.1", NULL, NULL, NULL };

	(void)state;
	assert_translated(&with, "identity", NULL, XDC_YES);
	assert_translated(&with, NULL, NULL, XDC_NO);
	assert_translated(&without, "identity", NULL, XDC_NO);
	assert_translated(&without, "DMA", NULL, XDC_YES);
	assert_translated(&unknown, "identity", NULL, XDC_UNKNOWN);
	assert_translated(&unknown, "identity", "ops=none\narch_mapping=1\ngroup_domain=identity\n",
			  XDC_YES);
	assert_translated(&with, "DMA", "ops=none\narch_mapping=0\n", XDC_NO);
}

static void test_reasons_and_missing_inputs_have_room(void **state)
{
	static const char *const keys[] = { "a", "b", "c", "d", "e", NULL };
	static const char *const names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	struct xdc_attribution a = { 0 };

	(void)state;
	for (size_t i = 0; i < 2 * XDC_REASONS_MAX; i++)
		xdc_add_reason(&a, "rule", "text", keys);
	assert_int_equal(a.n_reasons, XDC_REASONS_MAX);
	assert_string_equal(a.reasons[0].evidence[XDC_EVIDENCE_MAX - 1], "d");
	xdc_add_missing(&a, names[0]);
	xdc_add_missing(&a, names[0]);
	assert_int_equal(a.n_missing, 1);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		xdc_add_missing(&a, names[i]);
	assert_int_equal(a.n_missing, XDC_MISSING_MAX);
}

static void test_the_names_are_those_of_the_contract(void **state)
{
	static const char *const paths[] = { "unknown", "none",	   "via",    "swiotlb-xen",
					     "iommu",	"grant",   "direct", "restricted",
					     "arch",	"assigned" };
	static const char *const verdicts[] = { "broken", "at-risk",	 "unknown",
						"ok",	  "superfluous", "idle" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++)
		assert_text(xdc_path_name((enum xdc_path)i), paths[i]);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(verdicts); i++)
		assert_text(xdc_verdict_name((enum xdc_verdict)i), verdicts[i]);
	assert_null(xdc_memory_name(XDC_MEMORY_NOT_ASKED));
	assert_text(xdc_memory_name(XDC_MEMORY_SLOW), "slow");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_seen_beats_what_was_inferred),
		cmocka_unit_test(test_what_was_seen_stands_where_nothing_can_be_inferred),
		cmocka_unit_test(test_a_driver_that_could_not_be_read_is_not_none),
		cmocka_unit_test(test_without_a_driver_there_is_no_path),
		cmocka_unit_test(test_what_goes_through_another_device_needs_no_driver),
		cmocka_unit_test(test_the_inferred_path_is_kept_beside_the_one_seen),
		cmocka_unit_test(test_two_answers_that_differ_are_a_mismatch),
		cmocka_unit_test(test_an_answer_that_is_missing_is_no_mismatch),
		cmocka_unit_test(test_the_domain_in_force_tells_whether_it_translates),
		cmocka_unit_test(test_on_32_bit_arm_the_mapping_tells_whether_it_translates),
		cmocka_unit_test(test_reasons_and_missing_inputs_have_room),
		cmocka_unit_test(test_the_names_are_those_of_the_contract),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
