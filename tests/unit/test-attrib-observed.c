/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define SWIOTLB "ops=table\nmap_sg=xen_swiotlb_map_sg\nmap=xen_swiotlb_map_page\n"

/* A bound device "x" of which the kernel held @fields. */
static struct xdc_report *observe(const char *machine, const char *fields)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_platform(evidence, "x", "driver=d\nof_node=/x\n");
	add_observation(evidence, "x", fields);
	add_machine(evidence,
		    &(struct machine){ machine, "6.1.0", FEATURES_DIRECT_MAPPED, "PV\n", "" });
	return xdc_report_new(evidence);
}

static void assert_observed(const char *machine, const char *fields, enum xdc_path path)
{
	xdc_autoreport struct xdc_report *report = observe(machine, fields);
	const struct xdc_attribution *a = attribution_of(report, "x");

	assert_true(a->observed);
	assert_string_equal(xdc_path_name(a->observed_path), xdc_path_name(path));
	assert_non_null(find_reason(a, "observed"));
	assert_string_equal(find_reason(a, "observed")->evidence[0], "dma:" PLATFORM_PATH "x");
}

static void test_each_table_is_known_by_its_functions(void **state)
{
	static const struct {
		const char *function;
		enum xdc_path path;
	} cases[] = {
		{ "xen_swiotlb_map_sg", XDC_PATH_SWIOTLB_XEN },
		{ "xen_grant_dma_map_sg", XDC_PATH_GRANT },
		{ "iommu_dma_map_sg", XDC_PATH_IOMMU },
		{ "arm_iommu_map_sg", XDC_PATH_IOMMU },
		{ "arm_coherent_iommu_map_sg", XDC_PATH_IOMMU },
		{ "arm_dma_map_sg", XDC_PATH_ARCH },
		{ "gart_map_sg", XDC_PATH_ARCH },
		{ "dma_dummy_map_sg", XDC_PATH_ARCH },
		{ "my_xen_swiotlb_map_sg", XDC_PATH_ARCH },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		char fields[128];

		snprintf(fields, sizeof(fields), "ops=table\nmap_sg=%s\n", cases[i].function);
		assert_observed("aarch64", fields, cases[i].path);
		/* The other function is enough where map_sg has no name. */
		snprintf(fields, sizeof(fields), "ops=table\nmap_sg!absent\nmap=%s\n",
			 cases[i].function);
		assert_observed("aarch64", fields, cases[i].path);
	}
}

static void test_no_table_is_direct(void **state)
{
	(void)state;
	assert_observed("aarch64", "ops=none\n", XDC_PATH_DIRECT);
	assert_observed("aarch64", "ops=none\ndma_iommu=0\n", XDC_PATH_DIRECT);
	assert_observed("aarch64", "ops=none\nrestricted_pool=0\n", XDC_PATH_DIRECT);
}

static void test_no_table_and_a_restricted_pool(void **state)
{
	(void)state;
	assert_observed("aarch64", "ops=none\nrestricted_pool=1\n", XDC_PATH_RESTRICTED);
	/* A table comes before the pool. */
	assert_observed("aarch64", SWIOTLB "restricted_pool=1\n", XDC_PATH_SWIOTLB_XEN);
}

/* Without type information the pool is not seen: no table is then not direct. */
static void test_a_pool_that_could_not_be_read_leaves_the_inferred_path(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *a;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin(&dt, "pool");
	dt_text(&dt, "compatible", "restricted-dma-pool");
	DT_CELLS(&dt, "phandle", 7);
	dt_end(&dt);
	dt_begin(&dt, "x");
	DT_CELLS(&dt, "memory-region", 7);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_platform(evidence, "x", "driver=d\nof_node=/x\n");
	add_observation(evidence, "x", "ops=none\n");
	add_machine(evidence, &(struct machine){ "armv7l", "6.1.0", NULL, NULL,
						 "CONFIG_DMA_RESTRICTED_POOL=y\n"
						 "CONFIG_ARM_DMA_USE_IOMMU=y\n" });
	report = xdc_report_new(evidence);
	a = attribution_of(report, "x");
	assert_int_equal(a->observed_path, XDC_PATH_UNKNOWN);
	assert_int_equal(a->path, XDC_PATH_RESTRICTED);
	assert_int_equal(a->basis, XDC_BASIS_INFERRED);
}

#define ARM_IOMMU "ops=table\nmap_sg=arm_iommu_map_sg\nmap=arm_iommu_map_page\n"

/* A bound device in a group, of a dom0 of 32-bit Arm. */
static struct xdc_report *in_arm_group(const char *features, const char *fields)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=unknown\n");

	add_platform(evidence, "x", "driver=d\nof_node=/x\niommu_group=1\n");
	add_observation(evidence, "x", fields);
	add_machine(evidence, &(struct machine){ "armv7l", "6.1.0", features, NULL,
						 "CONFIG_ARM_DMA_USE_IOMMU=y\n" });
	return xdc_report_new(evidence);
}

static void test_a_driver_that_attaches_its_device_is_no_fault_of_the_rules(void **state)
{
	static const struct {
		const char *features, *fields;
		bool attached, mismatch;
	} cases[] = {
		{ FEATURES_DIRECT_MAPPED, ARM_IOMMU "arch_mapping=1\n", true, false },
		/* Inferred as well. */
		{ FEATURES_NOT_DIRECT_MAPPED, ARM_IOMMU "arch_mapping=1\n", false, false },
		/* A table without a mapping is not what the kernel's function leaves. */
		{ FEATURES_DIRECT_MAPPED, ARM_IOMMU "arch_mapping=0\n", false, true },
		{ FEATURES_DIRECT_MAPPED, ARM_IOMMU, false, true },
		{ FEATURES_DIRECT_MAPPED, "ops=none\narch_mapping=1\n", false, true },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoreport struct xdc_report *report =
			in_arm_group(cases[i].features, cases[i].fields);
		const struct xdc_attribution *a = attribution_of(report, "x");

		assert_int_equal(a->attached_by_driver, cases[i].attached);
		assert_int_equal(find_reason(a, "driver-attached") != NULL, cases[i].attached);
		assert_int_equal(xdc_attribution_mismatch(a), cases[i].mismatch);
	}
}

/* The broken pair: the device is attached, and what maps for it does not know that. */
static void test_swiotlb_xen_beside_a_mapping_is_broken(void **state)
{
	xdc_autoreport struct xdc_report *with =
		in_arm_group(FEATURES_DIRECT_MAPPED, SWIOTLB "arch_mapping=1\n");
	xdc_autoreport struct xdc_report *without =
		in_arm_group(FEATURES_DIRECT_MAPPED, SWIOTLB "arch_mapping=0\n");
	const struct xdc_attribution *a = attribution_of(with, "x");

	(void)state;
	assert_int_equal(a->own_memory, XDC_MEMORY_BROKEN);
	assert_non_null(find_reason(a, "swiotlb-xen-over-mapping"));
	assert_int_equal(attribution_of(without, "x")->own_memory, XDC_MEMORY_OK);
}

static void test_a_table_without_a_name_is_unknown(void **state)
{
	(void)state;
	assert_observed("aarch64", "ops=table\nmap_sg!absent\nmap!absent\n", XDC_PATH_UNKNOWN);
	assert_observed("aarch64", "ops=unreadable\n", XDC_PATH_UNKNOWN);
}

/* kernel/dma/mapping.c from 6.12: use_dma_iommu() is asked before the table. */
static void test_the_dma_iommu_flag_wins_over_any_table(void **state)
{
	(void)state;
	assert_observed("aarch64", SWIOTLB "dma_iommu=1\n", XDC_PATH_IOMMU);
	assert_observed("aarch64", "ops=none\ndma_iommu=1\n", XDC_PATH_IOMMU);
	assert_observed("aarch64", "ops=unreadable\ndma_iommu=1\n", XDC_PATH_IOMMU);
	assert_observed("aarch64", SWIOTLB "dma_iommu=0\n", XDC_PATH_SWIOTLB_XEN);
}

static void test_flag_and_swiotlb_xen_at_once_are_a_conflict(void **state)
{
	static const struct {
		const char *fields;
		bool conflict;
	} cases[] = {
		{ SWIOTLB "dma_iommu=1\n", true },
		{ SWIOTLB "dma_iommu=0\n", false },
		{ SWIOTLB, false },
		{ "ops=none\ndma_iommu=1\n", false },
		{ "ops=table\nmap_sg=xen_grant_dma_map_sg\ndma_iommu=1\n", false },
		{ "ops=unreadable\ndma_iommu=1\n", false },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoreport struct xdc_report *report = observe("aarch64", cases[i].fields);

		assert_int_equal(xdc_device_has_conflict(attribution_of(report, "x")),
				 cases[i].conflict);
	}
}

/* On x86 the global variable stands in for the device's table. */
static void test_x86_needs_the_global_table(void **state)
{
	(void)state;
	assert_observed("x86_64", "ops=none\nglobal_ops=1\n", XDC_PATH_DIRECT);
	assert_observed("x86_64", "ops=none\nglobal_ops=0\n", XDC_PATH_UNKNOWN);
	assert_observed("x86_64", "ops=none\n", XDC_PATH_UNKNOWN);
	assert_observed("x86_64", SWIOTLB "global_ops=0\n", XDC_PATH_SWIOTLB_XEN);
	assert_observed("aarch64", "ops=none\nglobal_ops=0\n", XDC_PATH_DIRECT);
}

/* The flag, and on old kernels a table, may stand there unused. */
static void test_without_a_driver_nothing_is_in_effect(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *a;

	(void)state;
	add_platform(evidence, "x", "of_node=/x\n");
	add_observation(evidence, "x", SWIOTLB "dma_iommu=1\n");
	add_arm64_dom0(evidence, "6.12");
	report = xdc_report_new(evidence);
	a = attribution_of(report, "x");
	assert_int_equal(a->observed_path, XDC_PATH_NONE);
	assert_int_equal(a->path, XDC_PATH_NONE);
	assert_int_equal(a->inferred_path, XDC_PATH_SWIOTLB_XEN);
	assert_non_null(find_reason(a, "observed-none"));
}

/* Such a device has no table because it needs none: that is not "direct". */
static void test_a_device_that_does_no_dma_is_not_direct(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "driver=xhci_hcd\n");
	add_device(evidence, PCI_PATH "0000:00:01.0/1-1", "bus=usb\ndriver=usb\n");
	add_observation(evidence, "1-1", "ops=none\n");
	add_pci(evidence, "0000:00:02.0", "driver=pciback\n");
	add_observation(evidence, "0000:00:02.0", "ops=none\n");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "1-1")->observed_path, XDC_PATH_VIA);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->observed_path, XDC_PATH_ASSIGNED);
}

/* dom0's backends and frontends, CPUs: bound, no DMA of their own, nothing above them. */
static void test_a_device_through_no_other_is_not_direct_either(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *a;

	(void)state;
	add_device(evidence, "/devices/vbd-1-51712", "bus=xen-backend\ndriver=vbd\n");
	add_observation(evidence, "vbd-1-51712", "ops=none\n");
	add_arm64_dom0(evidence, "6.1");
	report = xdc_report_new(evidence);
	a = attribution_of(report, "vbd-1-51712");
	assert_int_equal(a->path, XDC_PATH_NONE);
	assert_int_equal(a->verdict, XDC_VERDICT_IDLE);
	assert_false(xdc_attribution_mismatch(a));
	assert_int_equal(count_findings(report, "XDC-MODEL-MISMATCH"), 0);
}

/* The report on "x" whose maps were counted, where the kernel held @fields for it. */
static struct xdc_report *count(const char *fields, const char *seen)
{
	struct xdc_evidence *evidence =
		evidence_with("activity", XDC_STATUS_OK, "milliseconds=2000\n");

	add_platform(evidence, "x", "driver=d\nof_node=/x\n");
	if (fields)
		add_observation(evidence, "x", fields);
	add_record(evidence, "activity:" PLATFORM_PATH "x", XDC_STATUS_OK, seen);
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void assert_counted(const char *fields, const char *seen, enum xdc_path path)
{
	xdc_autoreport struct xdc_report *report = count(fields, seen);
	const struct xdc_attribution *a = attribution_of(report, "x");
	const struct xdc_reason *reason = find_reason(a, "observed-activity");

	assert_string_equal(xdc_path_name(a->observed_path), xdc_path_name(path));
	assert_non_null(reason);
	assert_string_equal(reason->evidence[0], "activity:" PLATFORM_PATH "x");
	assert_int_equal(a->basis, XDC_BASIS_OBSERVED);
}

static void test_maps_tell_where_pointers_do_not(void **state)
{
	(void)state;
	assert_counted(NULL, "maps=1\nseen=swiotlb-xen\n", XDC_PATH_SWIOTLB_XEN);
	assert_counted(NULL, "maps=1\nseen=iommu\n", XDC_PATH_IOMMU);
	assert_counted(NULL, "maps=1\nseen=grant\n", XDC_PATH_GRANT);
	assert_counted(NULL, "maps=1\nseen=arch\n", XDC_PATH_ARCH);
	assert_counted(NULL, "maps=1\nseen=direct\n", XDC_PATH_DIRECT);
	/* A table that kallsyms has no name for. */
	assert_counted("ops=table\nmap_sg!absent\n", "maps=1\nseen=iommu\n", XDC_PATH_IOMMU);
}

static void test_maps_of_two_paths_tell_none(void **state)
{
	xdc_autoreport struct xdc_report *two = count(NULL, "maps=2\nseen=swiotlb-xen iommu\n");
	xdc_autoreport struct xdc_report *none = count(NULL, "allocations=2\nseen=\n");

	(void)state;
	assert_false(attribution_of(two, "x")->observed);
	assert_false(attribution_of(none, "x")->observed);
}

static void test_pointers_go_before_maps(void **state)
{
	xdc_autoreport struct xdc_report *report = count(SWIOTLB, "maps=1\nseen=iommu\n");

	(void)state;
	assert_int_equal(attribution_of(report, "x")->observed_path, XDC_PATH_SWIOTLB_XEN);
}

/* A driver that comes or goes between the two readings: the kernel's was of another moment. */
static void test_what_was_read_too_late_is_no_mismatch(void **state)
{
	static const struct {
		const char *sysfs, *fields;
		enum xdc_path path;
	} cases[] = {
		{ "driver=d\nof_node=/x\n", "ops=none\ndriver=0\n", XDC_PATH_SWIOTLB_XEN },
		{ "of_node=/x\n", SWIOTLB "driver=1\n", XDC_PATH_NONE },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_autoreport struct xdc_report *report = NULL;
		const struct xdc_attribution *a;

		add_platform(evidence, "x", cases[i].sysfs);
		add_observation(evidence, "x", cases[i].fields);
		add_arm64_dom0(evidence, "6.1");
		report = xdc_report_new(evidence);
		a = attribution_of(report, "x");
		assert_false(a->observed);
		assert_string_equal(xdc_path_name(a->path), xdc_path_name(cases[i].path));
		assert_int_equal(a->basis, XDC_BASIS_INFERRED);
		assert_non_null(find_reason(a, "observed-too-late"));
		assert_int_equal(count_findings(report, "XDC-MODEL-MISMATCH"), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maps_tell_where_pointers_do_not),
		cmocka_unit_test(test_maps_of_two_paths_tell_none),
		cmocka_unit_test(test_pointers_go_before_maps),
		cmocka_unit_test(test_each_table_is_known_by_its_functions),
		cmocka_unit_test(test_no_table_is_direct),
		cmocka_unit_test(test_no_table_and_a_restricted_pool),
		cmocka_unit_test(test_a_pool_that_could_not_be_read_leaves_the_inferred_path),
		cmocka_unit_test(test_a_driver_that_attaches_its_device_is_no_fault_of_the_rules),
		cmocka_unit_test(test_swiotlb_xen_beside_a_mapping_is_broken),
		cmocka_unit_test(test_a_table_without_a_name_is_unknown),
		cmocka_unit_test(test_the_dma_iommu_flag_wins_over_any_table),
		cmocka_unit_test(test_flag_and_swiotlb_xen_at_once_are_a_conflict),
		cmocka_unit_test(test_x86_needs_the_global_table),
		cmocka_unit_test(test_without_a_driver_nothing_is_in_effect),
		cmocka_unit_test(test_a_device_that_does_no_dma_is_not_direct),
		cmocka_unit_test(test_a_device_through_no_other_is_not_direct_either),
		cmocka_unit_test(test_what_was_read_too_late_is_no_mismatch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
