/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-IOMMU-IN-DOM0"

/* The board's SMMU in dom0 and a function behind it, in a group of that type. */
static struct xdc_report *board_report(const char *type, const char *fields)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	char groups[32], all[128];

	snprintf(groups, sizeof(groups), "1=%s\n", type);
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	snprintf(all, sizeof(all), "iommu_group=1\n%s", fields);
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", all);
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static bool advises(const struct xdc_finding *finding, const char *text)
{
	for (size_t i = 0; i < finding->n_advice; i++)
		if (strstr(finding->advice[i], text))
			return true;
	return false;
}

static void test_an_smmu_left_to_dom0_is_told_with_what_to_do(void **state)
{
	xdc_autoreport struct xdc_report *report = board_report("DMA", "driver=d\nbusmaster=1\n");
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_string_equal(finding->subject, "9050000.smmuv3");
	assert_contains(finding->because[0].text, "/smmuv3@9050000 (arm,smmu-v3)");
	assert_contains(finding->because[0].text, "4.17.5");
	assert_string_equal(finding->because[0].evidence[0], "devicetree");
	assert_contains(finding->because[1].text, "arm-smmu-v3");
	assert_true(advises(finding, "iommu.passthrough=1"));
	assert_true(advises(finding, "status = \"disabled\""));
	assert_true(advises(finding, "since 4.15"));
	assert_true(advises(finding, "CONFIG_ARM_SMMU_V3=y"));
	assert_int_equal(count_findings(report, ID), 1);
}

static void assert_severity(const char *type, const char *fields, enum xdc_severity severity)
{
	xdc_autoreport struct xdc_report *report = board_report(type, fields);

	assert_non_null(find_finding(report, ID));
	assert_string_equal(xdc_severity_name(find_finding(report, ID)->severity),
			    xdc_severity_name(severity));
}

static void test_it_is_as_grave_as_what_it_does_to_devices(void **state)
{
	(void)state;
	/* A device that does DMA is broken by it. */
	assert_severity("DMA", "driver=d\nbusmaster=1\n", XDC_SEVERITY_ERROR);
	/* It translates for one that is not in use. */
	assert_severity("DMA", "", XDC_SEVERITY_WARNING);
	assert_severity("identity", "driver=d\nbusmaster=1\n", XDC_SEVERITY_NOTICE);
}

static void test_passthrough_is_not_advised_where_it_is_in_force(void **state)
{
	xdc_autoreport struct xdc_report *report =
		board_report("identity", "driver=d\nbusmaster=1\n");

	(void)state;
	assert_false(advises(find_finding(report, ID), "iommu.passthrough=1"));
	assert_false(advises(find_finding(report, ID), "status = \"disabled\""));
}

/* The SMMU as a node of that compatible, without a device. */
static struct xdc_report *node_report(const char *compatible, const char *status,
				      const struct machine *machine)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct dt dt;

	dt_start(&dt);
	dt_begin_iommu(&dt, "iommu@1", compatible, 1);
	dt_text(&dt, "status", status);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_machine(evidence, machine);
	return xdc_report_new(evidence);
}

static const struct machine DOM0 = { "aarch64", "6.1.0", FEATURES_DIRECT_MAPPED, NULL, NULL };

static void test_the_advice_is_about_this_kind_of_iommu(void **state)
{
	static const char *const cases[][2] = {
		{ "arm,smmu-v3", "since 4.15" },
		{ "arm,mmu-500", "CONFIG_ARM_SMMU=y" },
		{ "renesas,ipmmu-r8a7795", "since 4.13" },
		{ "renesas,ipmmu-r8a779g0", "since 4.20" },
		{ "samsung,exynos-sysmmu", "No released Xen" },
		{ "arm,smmu-v3x", "No released Xen" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoreport struct xdc_report *report = node_report(cases[i][0], "okay", &DOM0);
		const struct xdc_finding *finding = find_finding(report, ID);

		assert_non_null(finding);
		assert_string_equal(finding->subject, "iommu@1");
		assert_true(advises(finding, cases[i][1]));
		assert_contains(finding->because[1].text, "no driver");
	}
}

static void test_whoever_is_not_dom0_is_not_told(void **state)
{
	static const struct machine bare = { .machine = "aarch64", .kernel = "6.1.0" };
	static const struct machine guest = { "aarch64", "6.1.0", FEATURES_GUEST, NULL, NULL };
	static const struct machine unknown = { "aarch64", "6.1.0", "nonsense", NULL, NULL };
	static const struct machine *const machines[] = { &bare, &guest, &unknown };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(machines); i++) {
		xdc_autoreport struct xdc_report *report =
			node_report("arm,smmu-v3", "okay", machines[i]);

		assert_int_equal(report->model->n_iommus, 1);
		assert_null(find_finding(report, ID));
	}
}

static void test_an_iommu_that_is_off_or_no_hardware_is_not_told(void **state)
{
	xdc_autoreport struct xdc_report *off = node_report("arm,smmu-v3", "disabled", &DOM0);
	xdc_autoreport struct xdc_report *stub = node_report("xen,grant-dma", "okay", &DOM0);

	(void)state;
	assert_null(find_finding(off, ID));
	assert_null(find_finding(stub, ID));
}

/* 32-bit Arm has its own domain whatever the command line says. */
static void test_passthrough_is_not_advised_on_32_bit_arm(void **state)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=d\nbusmaster=1\niommu_group=1\n");
	add_machine(evidence, &(struct machine){ "armv7l", "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
						 "CONFIG_ARM_DMA_USE_IOMMU=y\n" });
	report = xdc_report_new(evidence);
	assert_int_equal(find_finding(report, ID)->severity, XDC_SEVERITY_ERROR);
	assert_false(advises(find_finding(report, ID), "iommu.passthrough=1"));
	assert_true(advises(find_finding(report, ID), "status = \"disabled\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_smmu_left_to_dom0_is_told_with_what_to_do),
		cmocka_unit_test(test_it_is_as_grave_as_what_it_does_to_devices),
		cmocka_unit_test(test_passthrough_is_not_advised_where_it_is_in_force),
		cmocka_unit_test(test_the_advice_is_about_this_kind_of_iommu),
		cmocka_unit_test(test_whoever_is_not_dom0_is_not_told),
		cmocka_unit_test(test_an_iommu_that_is_off_or_no_hardware_is_not_told),
		cmocka_unit_test(test_passthrough_is_not_advised_on_32_bit_arm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
