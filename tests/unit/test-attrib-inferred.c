/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rules in the order of their table, each where it fires and where its neighbour does. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A device "x" with a driver on some machine. */
struct given {
	struct machine machine;
	const char *group;  /* its IOMMU group's type; "": not readable; NULL: in no group */
	const char *fields; /* of the device; NULL: a node of its own and a driver */
	const char *command_line;
};

#define ARM64(release, bits)                                                                       \
	{                                                                                          \
		.machine = "aarch64", .kernel = release, .features = bits, .guest_type = "HVM\n",  \
		.config = "CONFIG_XEN=y\n"                                                         \
	}
#define ARM32(release, bits, options)                                                              \
	{                                                                                          \
		.machine = "armv7l", .kernel = release, .features = bits, .guest_type = "HVM\n",   \
		.config = options                                                                  \
	}
#define X86(release, bits, type)                                                                   \
	{                                                                                          \
		.machine = "x86_64", .kernel = release, .features = bits, .guest_type = type,      \
		.config = ""                                                                       \
	}
#define X86_DOM0 "00000800\n"
#define X86_DOMU "00000000\n"

static struct xdc_evidence *evidence_of(const struct given *given)
{
	const char *fields = given->fields ? given->fields : "driver=d\nof_node=/x\n";
	struct xdc_evidence *evidence = xdc_evidence_new();
	char all[256], groups[64];

	snprintf(all, sizeof(all), "%s%s", fields, given->group ? "iommu_group=1\n" : "");
	add_platform(evidence, "x", all);
	if (given->group) {
		snprintf(groups, sizeof(groups), *given->group ? "1=%s\n" : "1!absent\n%s",
			 given->group);
		add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	}
	if (given->command_line)
		add_file(evidence, "/proc/cmdline", given->command_line);
	add_machine(evidence, &given->machine);
	return evidence;
}

static void assert_path(const struct given *given, enum xdc_path path, const char *rule)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(evidence_of(given));
	const struct xdc_attribution *a = attribution_of(report, "x");

	assert_string_equal(xdc_path_name(a->inferred_path), xdc_path_name(path));
	assert_non_null(find_reason(a, rule));
	assert_int_equal(a->n_missing, 0);
}

static void assert_unknown(const struct given *given, const char *missing)
{
	xdc_autoreport struct xdc_report *report = xdc_report_new(evidence_of(given));
	const struct xdc_attribution *a = attribution_of(report, "x");

	assert_string_equal(xdc_path_name(a->inferred_path), "unknown");
	assert_true(has_missing(a, missing));
	assert_int_equal(a->n_missing, 1);
}

#define PATH(expected, rule, ...) assert_path(&(struct given){ __VA_ARGS__ }, expected, rule)
#define UNKNOWN(missing, ...)	  assert_unknown(&(struct given){ __VA_ARGS__ }, missing)

static void test_a_device_held_by_pciback_is_assigned(void **state)
{
	(void)state;
	PATH(XDC_PATH_ASSIGNED, "held-by-pciback", ARM64("6.1", FEATURES_DIRECT_MAPPED),
	     .fields = "driver=pciback\n");
	PATH(XDC_PATH_ASSIGNED, "held-by-pciback", X86("6.1", X86_DOM0, "PV\n"),
	     .fields = "driver=xen-pciback\n");
	/* Also where nothing else is known. */
	PATH(XDC_PATH_ASSIGNED, "held-by-pciback", { .machine = "", .kernel = "" },
	     .fields = "driver=pciback\n");
}

static void test_an_unknown_architecture_has_no_path(void **state)
{
	(void)state;
	PATH(XDC_PATH_UNKNOWN, "architecture-unknown", { .machine = "riscv64", .kernel = "6.1" });
}

static void test_an_architecture_not_read_is_missing(void **state)
{
	struct xdc_evidence *evidence = evidence_with("uname", XDC_STATUS_DENIED, "");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_platform(evidence, "x", "driver=d\n");
	add_record(evidence, FEATURES_KEY, XDC_STATUS_OK, FEATURES_DIRECT_MAPPED);
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "x")->inferred_path, XDC_PATH_UNKNOWN);
	assert_true(has_missing(attribution_of(report, "x"), "uname"));
}

static void test_an_unknown_role_misses_the_features(void **state)
{
	(void)state;
	UNKNOWN(FEATURES_KEY, ARM64("6.1", "nonsense"));
	UNKNOWN(FEATURES_KEY, X86("6.1", "nonsense", "PV\n"));
}

static void test_x86_on_xen_needs_the_guest_type(void **state)
{
	(void)state;
	UNKNOWN("file:/sys/hypervisor/guest_type", X86("6.1", X86_DOM0, NULL));
	UNKNOWN("file:/sys/hypervisor/guest_type", X86("6.1", X86_DOM0, "strange\n"));
	PATH(XDC_PATH_DIRECT, "x86-direct", X86("6.1", NULL, NULL));
}

static void test_x86_pv_dom0_has_swiotlb_xen(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "x86-pv-dom0", X86("6.1", X86_DOM0, "PV\n"));
	PATH(XDC_PATH_SWIOTLB_XEN, "x86-pv-dom0", X86("4.19", X86_DOM0, "PV\n"), .group = "DMA");
}

static void test_x86_pv_guest_has_swiotlb_xen_when_asked_for(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "x86-pv-iommu-soft", X86("6.1", X86_DOMU, "PV\n"),
	     .command_line = "quiet iommu=soft\n");
	PATH(XDC_PATH_DIRECT, "x86-pv-guest", X86("6.1", X86_DOMU, "PV\n"),
	     .command_line = "quiet iommu=off\n");
	UNKNOWN("file:/proc/cmdline", X86("6.1", X86_DOMU, "PV\n"));
}

/* arch/x86/kernel/pci-dma.c, iommu_setup(): the values are a list. */
static void test_x86_iommu_option_is_a_list(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "x86-pv-iommu-soft", X86("6.1", X86_DOMU, "PV\n"),
	     .command_line = "quiet iommu=noforce,soft\n");
}

static void test_x86_without_pv_follows_the_group(void **state)
{
	static const char *const types[] = { "PVH\n", "HVM\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(types); i++) {
		PATH(XDC_PATH_IOMMU, "x86-iommu", X86("6.1", X86_DOMU, types[i]), .group = "DMA");
		PATH(XDC_PATH_DIRECT, "x86-direct", X86("6.1", X86_DOM0, types[i]));
		PATH(XDC_PATH_DIRECT, "x86-direct", X86("6.1", X86_DOMU, types[i]),
		     .group = "identity");
		UNKNOWN("iommu-groups", X86("6.1", X86_DOMU, types[i]), .group = "");
	}
	PATH(XDC_PATH_IOMMU, "x86-iommu", X86("6.1", NULL, NULL), .group = "DMA-FQ");
}

/* platform_dma_configure() does nothing for what firmware does not describe. */
static void test_arm_without_a_firmware_node_is_direct(void **state)
{
	(void)state;
	PATH(XDC_PATH_DIRECT, "no-firmware-node", ARM64("6.1", FEATURES_DIRECT_MAPPED),
	     .fields = "driver=d\n");
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("6.1", FEATURES_DIRECT_MAPPED),
	     .fields = "driver=d\nfirmware_node=device:07\n");
}

static void test_arm_dom0_mapped_1_to_1_has_swiotlb_xen(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("6.1", FEATURES_DIRECT_MAPPED));
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("6.12", FEATURES_DIRECT_MAPPED),
	     .group = "identity");
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("5.15", FEATURES_OLD));
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM32("6.1", FEATURES_DIRECT_MAPPED, ""));
	/* A guest that is mapped so (dom0less) has it too. */
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("6.1", "00022001\n"));
}

/* xen_swiotlb_detect() came in 5.13 on arm64 and 5.19 on arm; before, every dom0 had it. */
static void test_arm_before_the_detection_every_dom0_has_swiotlb_xen(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("5.12", FEATURES_NOT_DIRECT_MAPPED));
	PATH(XDC_PATH_DIRECT, "direct", ARM64("5.13", FEATURES_NOT_DIRECT_MAPPED));
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen",
	     ARM32("5.18", FEATURES_NOT_DIRECT_MAPPED, "CONFIG_ARM_LPAE=y\n"));
	PATH(XDC_PATH_DIRECT, "direct",
	     ARM32("5.19", FEATURES_NOT_DIRECT_MAPPED, "CONFIG_ARM_LPAE=y\n"));
	PATH(XDC_PATH_DIRECT, "direct", ARM64("5.10", "00022001\n"));
}

static void test_arm64_up_to_6_11_swiotlb_xen_is_set_over_the_iommu(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("6.11", FEATURES_DIRECT_MAPPED),
	     .group = "DMA");
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("5.10", FEATURES_OLD), .group = "DMA");
}

static void test_arm64_from_6_12_the_iommu_comes_first(void **state)
{
	(void)state;
	PATH(XDC_PATH_IOMMU, "arm64-iommu-first", ARM64("6.12", FEATURES_DIRECT_MAPPED),
	     .group = "DMA");
	PATH(XDC_PATH_IOMMU, "arm64-iommu-first", ARM64("7.1", FEATURES_DIRECT_MAPPED),
	     .group = "DMA-FQ");
	UNKNOWN("iommu-groups", ARM64("6.12", FEATURES_DIRECT_MAPPED), .group = "");
	UNKNOWN("uname", ARM64("strange", FEATURES_DIRECT_MAPPED), .group = "DMA");
}

/* Before 6.12 no group type changes the table; before 5.10 sysfs has none. */
static void test_arm64_up_to_6_11_the_type_is_not_needed(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen", ARM64("5.4", FEATURES_DIRECT_MAPPED),
	     .group = "");
}

/* A vendor's 6.1 may have the flag, and its 6.12 may lack it: what was seen decides. */
static void test_arm64_the_flag_seen_beats_the_version(void **state)
{
	static const struct {
		const char *kernel;
		const char *fields;
		enum xdc_path path;
	} cases[] = {
		{ "6.1", "ops=table\nmap_sg=xen_swiotlb_map_sg\ndma_iommu=1\n", XDC_PATH_IOMMU },
		{ "6.12", "ops=table\nmap_sg=xen_swiotlb_map_sg\n", XDC_PATH_SWIOTLB_XEN },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct given given = { ARM64(cases[i].kernel, FEATURES_DIRECT_MAPPED),
				       .group = "DMA" };
		struct xdc_evidence *evidence = evidence_of(&given);
		xdc_autoreport struct xdc_report *report = NULL;

		add_observation(evidence, "x", cases[i].fields);
		report = xdc_report_new(evidence);
		assert_int_equal(attribution_of(report, "x")->inferred_path, cases[i].path);
	}
}

static void test_arm64_without_swiotlb_xen_follows_the_group(void **state)
{
	(void)state;
	PATH(XDC_PATH_IOMMU, "arm64-iommu", ARM64("6.1", NULL), .group = "DMA");
	PATH(XDC_PATH_IOMMU, "arm64-iommu", ARM64("6.1", FEATURES_GUEST), .group = "DMA-FQ");
	PATH(XDC_PATH_DIRECT, "direct", ARM64("6.1", NULL), .group = "identity");
	PATH(XDC_PATH_DIRECT, "direct", ARM64("6.1", FEATURES_GUEST));
}

static void test_arm_direct_mapped_not_read_is_missing(void **state)
{
	struct given given = { ARM64("6.1", NULL) };
	struct xdc_evidence *evidence =
		evidence_with("file:/proc/xen/capabilities", XDC_STATUS_OK, "control_d\n");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_platform(evidence, "x", "driver=d\nof_node=/x\n");
	add_machine(evidence, &given.machine);
	report = xdc_report_new(evidence);
	assert_int_equal(attribution_of(report, "x")->inferred_path, XDC_PATH_UNKNOWN);
	assert_true(has_missing(attribution_of(report, "x"), FEATURES_KEY));
}

/* 32-bit: swiotlb-xen overwrites iommu_ops in every version, and there is no flag. */
static void test_arm32_swiotlb_xen_is_set_over_the_iommu(void **state)
{
	(void)state;
	PATH(XDC_PATH_SWIOTLB_XEN, "arm-swiotlb-xen",
	     ARM32("7.1", FEATURES_DIRECT_MAPPED, "CONFIG_ARM_DMA_USE_IOMMU=y\n"), .group = "DMA");
}

/* Membership decides there: the type in sysfs is the default domain's, not what translates. */
static void test_arm32_in_a_group_is_behind_the_iommu(void **state)
{
	(void)state;
	PATH(XDC_PATH_IOMMU, "arm-iommu", ARM32("6.1", NULL, "CONFIG_ARM_DMA_USE_IOMMU=y\n"),
	     .group = "identity");
	PATH(XDC_PATH_IOMMU, "arm-iommu", ARM32("5.10", NULL, "CONFIG_ARM_DMA_USE_IOMMU=y\n"),
	     .group = "");
	PATH(XDC_PATH_DIRECT, "direct", ARM32("6.1", NULL, "CONFIG_ARM=y\n"), .group = "DMA");
	PATH(XDC_PATH_DIRECT, "direct", ARM32("6.1", NULL, "CONFIG_ARM_DMA_USE_IOMMU=y\n"));
	UNKNOWN("kernel-config", ARM32("6.1", NULL, NULL), .group = "DMA");
}

static void test_arm32_up_to_5_19_has_a_default_table(void **state)
{
	(void)state;
	PATH(XDC_PATH_ARCH, "arm-default-table", ARM32("5.19", NULL, "CONFIG_ARM=y\n"));
	PATH(XDC_PATH_DIRECT, "direct", ARM32("5.10", NULL, "CONFIG_ARM_LPAE=y\n"));
	PATH(XDC_PATH_DIRECT, "direct", ARM32("6.0", NULL, "CONFIG_ARM=y\n"));
	UNKNOWN("kernel-config", ARM32("5.10", NULL, NULL));
	UNKNOWN("uname", ARM32("strange", NULL, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_device_held_by_pciback_is_assigned),
		cmocka_unit_test(test_an_unknown_architecture_has_no_path),
		cmocka_unit_test(test_an_architecture_not_read_is_missing),
		cmocka_unit_test(test_an_unknown_role_misses_the_features),
		cmocka_unit_test(test_x86_on_xen_needs_the_guest_type),
		cmocka_unit_test(test_x86_pv_dom0_has_swiotlb_xen),
		cmocka_unit_test(test_x86_pv_guest_has_swiotlb_xen_when_asked_for),
		cmocka_unit_test(test_x86_iommu_option_is_a_list),
		cmocka_unit_test(test_x86_without_pv_follows_the_group),
		cmocka_unit_test(test_arm_without_a_firmware_node_is_direct),
		cmocka_unit_test(test_arm_dom0_mapped_1_to_1_has_swiotlb_xen),
		cmocka_unit_test(test_arm_before_the_detection_every_dom0_has_swiotlb_xen),
		cmocka_unit_test(test_arm64_up_to_6_11_swiotlb_xen_is_set_over_the_iommu),
		cmocka_unit_test(test_arm64_from_6_12_the_iommu_comes_first),
		cmocka_unit_test(test_arm64_up_to_6_11_the_type_is_not_needed),
		cmocka_unit_test(test_arm64_the_flag_seen_beats_the_version),
		cmocka_unit_test(test_arm64_without_swiotlb_xen_follows_the_group),
		cmocka_unit_test(test_arm_direct_mapped_not_read_is_missing),
		cmocka_unit_test(test_arm32_swiotlb_xen_is_set_over_the_iommu),
		cmocka_unit_test(test_arm32_in_a_group_is_behind_the_iommu),
		cmocka_unit_test(test_arm32_up_to_5_19_has_a_default_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
