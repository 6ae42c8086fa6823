/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const struct machine ARM_XEN = {
	.machine = "aarch64",
	.kernel = "6.1.0-30-arm64",
	.features = FEATURES_DIRECT_MAPPED,
	.guest_type = "HVM\n",
};

/* The model of @evidence, filled up with ARM_XEN; both are freed by free_model(). */
static struct xdc_model *arm_model(struct xdc_evidence *evidence)
{
	add_machine(evidence, &ARM_XEN);
	return xdc_model_new(evidence);
}

static void free_model(struct xdc_model *model)
{
	struct xdc_evidence *evidence = (struct xdc_evidence *)model->evidence;

	xdc_model_free(model);
	xdc_evidence_free(evidence);
}

static void assert_role(struct xdc_evidence *evidence, enum xdc_role role)
{
	struct xdc_model *model = arm_model(evidence);

	assert_string_equal(xdc_role_name(model->host.role), xdc_role_name(role));
	free_model(model);
}

#define CAPABILITIES "file:/proc/xen/capabilities"
#define INITDOMAIN   "file:/sys/hypervisor/start_flags/initdomain"

/* Evidence with the features out of the way, as a kernel that hides them. */
static struct xdc_evidence *no_features(const char *key, enum xdc_status status, const char *data)
{
	struct xdc_evidence *evidence = evidence_with(FEATURES_KEY, XDC_STATUS_DENIED, "");

	if (key)
		add_record(evidence, key, status, data);
	return evidence;
}

static void test_each_of_three_places_tells_dom0(void **state)
{
	(void)state;
	assert_role(no_features(CAPABILITIES, XDC_STATUS_OK, "control_d\n"), XDC_ROLE_DOM0);
	assert_role(no_features(INITDOMAIN, XDC_STATUS_OK, "1\n"), XDC_ROLE_DOM0);
	assert_role(evidence_with(FEATURES_KEY, XDC_STATUS_OK, "00000800\n"), XDC_ROLE_DOM0);
}

static void test_each_of_three_places_tells_a_guest(void **state)
{
	(void)state;
	/* xenfs gives a guest an empty file. */
	assert_role(no_features(CAPABILITIES, XDC_STATUS_OK, ""), XDC_ROLE_DOMU);
	assert_role(no_features(INITDOMAIN, XDC_STATUS_OK, "0\n"), XDC_ROLE_DOMU);
	assert_role(evidence_with(FEATURES_KEY, XDC_STATUS_OK, "00012001\n"), XDC_ROLE_DOMU);
}

static void test_no_place_readable_is_no_role(void **state)
{
	(void)state;
	assert_role(no_features(NULL, XDC_STATUS_OK, ""), XDC_ROLE_UNKNOWN);
	assert_role(no_features(CAPABILITIES, XDC_STATUS_ABSENT, ""), XDC_ROLE_UNKNOWN);
	assert_role(no_features(INITDOMAIN, XDC_STATUS_IO_ERROR, "1\n"), XDC_ROLE_UNKNOWN);
}

/* xenfs may be mounted empty; the kernel's own flags still tell. */
static void test_one_place_that_says_dom0_is_enough(void **state)
{
	struct xdc_evidence *evidence = evidence_with(CAPABILITIES, XDC_STATUS_OK, "control_d\n");

	(void)state;
	add_record(evidence, INITDOMAIN, XDC_STATUS_ABSENT, "");
	add_record(evidence, FEATURES_KEY, XDC_STATUS_OK, FEATURES_GUEST);
	assert_role(evidence, XDC_ROLE_DOM0);
	evidence = evidence_with(CAPABILITIES, XDC_STATUS_OK, "");
	add_record(evidence, INITDOMAIN, XDC_STATUS_OK, "1\n");
	assert_role(evidence, XDC_ROLE_DOM0);
}

static void test_no_xen_is_a_role_too(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	struct xdc_model *model = arm_model(evidence);

	(void)state;
	assert_int_equal(model->host.role, XDC_ROLE_NONE);
	assert_int_equal(model->host.guest_type, XDC_GUEST_NONE);
	assert_int_equal(model->host.direct_mapped, XDC_UNKNOWN);
	assert_null(model->host.xen);
	free_model(model);
	assert_role(evidence_with("file:/sys/hypervisor/type", XDC_STATUS_OK, "kvm\n"),
		    XDC_ROLE_NONE);
}

/* A kernel without XEN_SYS_HYPERVISOR. */
static void test_xen_shows_without_its_directory_in_sysfs(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	struct dt dt;

	(void)state;
	add_record(evidence, FEATURES_KEY, XDC_STATUS_ABSENT, "");
	add_record(evidence, CAPABILITIES, XDC_STATUS_OK, "control_d\n");
	assert_role(evidence, XDC_ROLE_DOM0);

	evidence = evidence_with("file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	add_record(evidence, FEATURES_KEY, XDC_STATUS_ABSENT, "");
	dt_start(&dt);
	dt_begin(&dt, "hypervisor");
	dt_text(&dt, "compatible", "xen,xen");
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	assert_role(evidence, XDC_ROLE_UNKNOWN);
}

/* To say "not on Xen" of a machine that is would be the worst answer. */
static void test_a_type_that_may_not_be_read_is_not_no_xen(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("file:/sys/hypervisor/type", XDC_STATUS_DENIED, "");

	(void)state;
	add_record(evidence, FEATURES_KEY, XDC_STATUS_DENIED, "");
	assert_role(evidence, XDC_ROLE_UNKNOWN);
}

static void assert_direct_mapped(const char *features, enum xdc_tri expected)
{
	struct xdc_model *model = arm_model(evidence_with(FEATURES_KEY, XDC_STATUS_OK, features));

	assert_int_equal(model->host.direct_mapped, expected);
	free_model(model);
}

static void test_direct_mapped_follows_the_features(void **state)
{
	(void)state;
	assert_direct_mapped(FEATURES_DIRECT_MAPPED, XDC_YES);
	assert_direct_mapped(FEATURES_NOT_DIRECT_MAPPED, XDC_NO);
	/* A guest made with direct-map=1 (dom0less). */
	assert_direct_mapped("00022001\n", XDC_YES);
	assert_direct_mapped(FEATURES_GUEST, XDC_NO);
}

/* Xen up to 4.15 has neither bit; there an Arm dom0 is mapped 1:1 and nothing else. */
static void test_direct_mapped_of_an_old_xen_is_dom0_s(void **state)
{
	struct xdc_evidence *evidence;
	struct xdc_model *model;

	(void)state;
	assert_direct_mapped(FEATURES_OLD, XDC_YES);
	assert_direct_mapped("00002001\n", XDC_NO);
	evidence = evidence_with(FEATURES_KEY, XDC_STATUS_DENIED, "");
	add_record(evidence, CAPABILITIES, XDC_STATUS_OK, "control_d\n");
	model = arm_model(evidence);
	assert_int_equal(model->host.role, XDC_ROLE_DOM0);
	assert_int_equal(model->host.direct_mapped, XDC_UNKNOWN);
	free_model(model);
}

/* For an x86 PV domain bit 17 means something else. */
static void test_direct_mapped_is_not_asked_on_x86(void **state)
{
	static const char *const types[] = { "PV\n", "PVH\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(types); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		struct xdc_model *model;

		add_machine(evidence,
			    &(struct machine){ "x86_64", "6.1.0", "00022801\n", types[i], NULL });
		model = xdc_model_new(evidence);
		assert_int_equal(model->host.direct_mapped, XDC_NO);
		free_model(model);
	}
}

static void test_direct_mapped_is_not_made_up_without_an_architecture(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1.0\nmachine!absent\n");
	struct xdc_model *model = arm_model(evidence);

	(void)state;
	assert_int_equal(model->host.arch, XDC_ARCH_UNKNOWN);
	assert_int_equal(model->host.direct_mapped, XDC_UNKNOWN);
	free_model(model);
}

static void test_malformed_features_are_no_features(void **state)
{
	static const char *const texts[] = {
		"", "\n", "zz\n", "-1\n", "0x\n", "1 2\n", "11112222333344445\n"
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++) {
		struct xdc_model *model =
			arm_model(evidence_with(FEATURES_KEY, XDC_STATUS_OK, texts[i]));

		assert_int_equal(model->host.have_features, XDC_UNKNOWN);
		assert_int_equal(model->host.role, XDC_ROLE_UNKNOWN);
		assert_int_equal(model->host.direct_mapped, XDC_UNKNOWN);
		free_model(model);
	}
}

static void test_each_machine_has_its_architecture(void **state)
{
	static const struct {
		const char *machine;
		enum xdc_arch arch;
	} cases[] = {
		{ "aarch64", XDC_ARCH_ARM64 },	  { "armv7l", XDC_ARCH_ARM },
		{ "armv8l", XDC_ARCH_ARM },	  { "x86_64", XDC_ARCH_X86 },
		{ "i386", XDC_ARCH_X86 },	  { "i686", XDC_ARCH_X86 },
		{ "riscv64", XDC_ARCH_OTHER },	  { "ia64", XDC_ARCH_OTHER },
		{ "i", XDC_ARCH_OTHER },	  { "i286", XDC_ARCH_OTHER },
		{ "aarch64_be", XDC_ARCH_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		struct xdc_model *model;

		add_machine(evidence,
			    &(struct machine){ .machine = cases[i].machine, .kernel = "6.1.0" });
		model = xdc_model_new(evidence);
		assert_int_equal(model->host.arch, cases[i].arch);
		free_model(model);
	}
}

static void test_the_configuration_tells_the_architecture_of_a_directory(void **state)
{
	static const struct {
		const char *config;
		enum xdc_arch arch;
	} cases[] = {
		{ "CONFIG_ARM64=y\nCONFIG_ARM_PSCI=y\n", XDC_ARCH_ARM64 },
		{ "CONFIG_X86=y\nCONFIG_X86_64=y\n", XDC_ARCH_X86 },
		{ "CONFIG_ARM=y\n", XDC_ARCH_ARM },
		{ "# CONFIG_ARM64 is not set\n", XDC_ARCH_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence =
			evidence_with("uname", XDC_STATUS_OK, "release=5.10.0\nmachine!absent\n");
		struct xdc_model *model;

		add_record(evidence, "kernel-config", XDC_STATUS_OK, cases[i].config);
		model = arm_model(evidence);
		assert_int_equal(model->host.arch, cases[i].arch);
		free_model(model);
	}
}

static void test_the_guest_type_of_arm_is_not_what_sysfs_says(void **state)
{
	struct xdc_model *model = arm_model(xdc_evidence_new());

	(void)state;
	assert_int_equal(model->host.guest_type, XDC_GUEST_ARM);
	assert_string_equal(model->host.guest_type_text, "HVM");
	free_model(model);
}

/* Anything may stand in a recording; the value of a switch is said in messages. */
static void test_what_is_no_switch_is_not_known(void **state)
{
	static const struct {
		const char *config;
		char value;
	} cases[] = {
		{ "CONFIG_SWIOTLB_XEN=y\n", 'y' },     { "CONFIG_SWIOTLB_XEN=m", 'm' },
		{ "CONFIG_SWIOTLB_XEN=n\n", 'n' },     { "CONFIG_SWIOTLB_XEN_=y\n", 'n' },
		{ " CONFIG_SWIOTLB_XEN=y\n", 'n' },    { "CONFIG_SWIOTLB_XEN=\n", '\0' },
		{ "CONFIG_SWIOTLB_XEN=\x1b\n", '\0' }, { "CONFIG_SWIOTLB_XEN=yes\n", '\0' },
		{ "CONFIG_SWIOTLB_XEN=", '\0' },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_model *model =
			arm_model(evidence_with("kernel-config", XDC_STATUS_OK, cases[i].config));

		assert_int_equal(xdc_host_config(&model->host, "SWIOTLB_XEN"), cases[i].value);
		free_model(model);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_of_three_places_tells_dom0),
		cmocka_unit_test(test_each_of_three_places_tells_a_guest),
		cmocka_unit_test(test_no_place_readable_is_no_role),
		cmocka_unit_test(test_one_place_that_says_dom0_is_enough),
		cmocka_unit_test(test_no_xen_is_a_role_too),
		cmocka_unit_test(test_xen_shows_without_its_directory_in_sysfs),
		cmocka_unit_test(test_a_type_that_may_not_be_read_is_not_no_xen),
		cmocka_unit_test(test_direct_mapped_follows_the_features),
		cmocka_unit_test(test_direct_mapped_of_an_old_xen_is_dom0_s),
		cmocka_unit_test(test_direct_mapped_is_not_asked_on_x86),
		cmocka_unit_test(test_direct_mapped_is_not_made_up_without_an_architecture),
		cmocka_unit_test(test_malformed_features_are_no_features),
		cmocka_unit_test(test_each_machine_has_its_architecture),
		cmocka_unit_test(test_the_configuration_tells_the_architecture_of_a_directory),
		cmocka_unit_test(test_the_guest_type_of_arm_is_not_what_sysfs_says),
		cmocka_unit_test(test_what_is_no_switch_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
