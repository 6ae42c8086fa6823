/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-EXYNOS-DRM-BIND"

/* A board with two parts of a display, each in an IOMMU group of its own. */
static struct xdc_report *board(struct xdc_evidence *evidence, const struct machine *machine,
				const char *second, const char *second_status)
{
	struct dt dt;

	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=identity\n2=identity\n");

	dt_start(&dt);
	dt_begin_iommu(&dt, "sysmmu@1", "samsung,exynos-sysmmu", 1);
	dt_end(&dt);
	dt_begin(&dt, "fimd@14400000");
	dt_text(&dt, "compatible", "samsung,exynos5250-fimd");
	DT_CELLS(&dt, "iommus", 1, 0);
	dt_end(&dt);
	dt_begin(&dt, "mixer@14450000");
	dt_text(&dt, "compatible", second);
	dt_text(&dt, "status", second_status);
	DT_CELLS(&dt, "iommus", 1, 1);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_platform(evidence, "14400000.fimd",
		     "driver=exynos4-fb\nof_node=/fimd@14400000\niommu_group=1\n");
	add_platform(evidence, "14450000.mixer", "of_node=/mixer@14450000\niommu_group=2\n");
	add_machine(evidence, machine);
	return xdc_report_new(evidence);
}

static struct xdc_report *display(const struct machine *machine, const char *second,
				  const char *second_status)
{
	return board(xdc_evidence_new(), machine, second, second_status);
}

#define MAPPING "CONFIG_ARM_DMA_USE_IOMMU=y\n"

static const struct machine ARM_DOM0 = { "armv7l", "6.1.0", FEATURES_DIRECT_MAPPED, NULL, MAPPING };

/* Both parts bound, and what the kernel held for each. */
static struct xdc_report *observed_display(const char *fimd, const char *mixer)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_platform(evidence, "14400000.fimd",
		     "driver=exynos4-fb\nof_node=/fimd@14400000\niommu_group=1\n");
	add_platform(evidence, "14450000.mixer",
		     "driver=exynos-mixer\nof_node=/mixer@14450000\niommu_group=2\n");
	add_observation(evidence, "14400000.fimd", fimd);
	add_observation(evidence, "14450000.mixer", mixer);
	return board(evidence, &ARM_DOM0, "samsung,exynos5250-mixer", "okay");
}

static void assert_told(const struct machine *machine, const char *second, const char *status,
			bool told)
{
	xdc_autoreport struct xdc_report *report = display(machine, second, status);

	assert_int_equal(count_findings(report, ID), told);
}

static void test_two_parts_of_a_display_that_differ_are_told(void **state)
{
	xdc_autoreport struct xdc_report *report =
		display(&ARM_DOM0, "samsung,exynos5250-mixer", "okay");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_string_equal(finding->subject, "14450000.mixer");
	assert_contains(finding->because[0].text, "14400000.fimd");
	assert_contains(finding->because[0].text, "Device 14450000.mixer lacks support for IOMMU");
}

/* Which was attached first is what was seen, not how they are called. */
static void test_what_was_read_of_both_parts_is_told(void **state)
{
	static const char iommu[] = "ops=table\nmap_sg=arm_iommu_map_sg\narch_mapping=1\n";
	static const char swiotlb[] = "ops=table\nmap_sg=xen_swiotlb_map_sg\narch_mapping=1\n";

	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		xdc_autoreport struct xdc_report *report =
			observed_display(swapped ? swiotlb : iommu, swapped ? iommu : swiotlb);
		const struct xdc_finding *finding = find_finding(report, ID);

		assert_non_null(finding);
		assert_string_equal(finding->subject, swapped ? "14400000.fimd" : "14450000.mixer");
		assert_contains(finding->because[1].text,
				swapped ? "arm_iommu_map_sg for 14450000.mixer"
					: "arm_iommu_map_sg for 14400000.fimd");
		assert_contains(finding->because[1].text, "xen_swiotlb_map_sg for");
	}
}

static void test_nothing_is_told_where_they_are_equal_or_only_one(void **state)
{
	static const struct machine coloured = { "armv7l", "6.1.0", FEATURES_NOT_DIRECT_MAPPED,
						 NULL, MAPPING };
	static const struct machine bare = { "armv7l", "6.1.0", NULL, NULL, MAPPING };
	static const struct machine without = { "armv7l", "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
						"CONFIG_ARM=y\n" };
	static const struct machine arm64 = { "aarch64", "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
					      MAPPING };
	static const char mixer[] = "samsung,exynos5250-mixer";

	(void)state;
	assert_told(&ARM_DOM0, mixer, "disabled", false);
	assert_told(&ARM_DOM0, "samsung,exynos5250-hdmi", "okay", false);
	assert_told(&ARM_DOM0, "acme,other-mixer", "okay", false);
	assert_told(&coloured, mixer, "okay", false);
	assert_told(&bare, mixer, "okay", false);
	assert_told(&without, mixer, "okay", false);
	assert_told(&arm64, mixer, "okay", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_parts_of_a_display_that_differ_are_told),
		cmocka_unit_test(test_what_was_read_of_both_parts_is_told),
		cmocka_unit_test(test_nothing_is_told_where_they_are_equal_or_only_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
