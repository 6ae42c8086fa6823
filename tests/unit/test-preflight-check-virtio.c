/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-preflight.h"

#define KERNEL "/boot/vmlinuz-6.1"
#define CONFIG "file:/boot/config-6.1"
#define OTHER  "virtio=[backend=other,type=virtio,device22]\n"

/* @config NULL: there is none beside the kernel, which is a link's end. */
static struct xdc_evidence *with_config(const char *config)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_target(evidence, "/k", "path=" KERNEL "\ntype=file\nmode=0644\nsize=30000000\n");
	if (config)
		add_record(evidence, CONFIG, XDC_STATUS_OK, config);
	else
		add_record(evidence, CONFIG, XDC_STATUS_ABSENT, "");
	return evidence;
}

static void assert_grants(const char *kernel_config, const char *config, enum xdc_outcome outcome)
{
	assert_guest(with_config(kernel_config), config, "virtio-grants", outcome);
}

static void test_the_guests_kernel_has_to_grant(void **state)
{
	(void)state;
	assert_grants("CONFIG_XEN=y\n", OTHER, XDC_OUTCOME_WARNING);
	assert_grants("CONFIG_XEN=y\n", "virtio=[backend=0,grant_usage=1]\n", XDC_OUTCOME_WARNING);
	assert_grants("CONFIG_XEN_GRANT_DMA_OPS=y\n", OTHER, XDC_OUTCOME_PASS);
	/* dom0's backend reaches the guest's memory without. */
	assert_grants("CONFIG_XEN=y\n", "virtio=[backend=0,type=virtio,device22]\n",
		      XDC_OUTCOME_PASS);
	assert_grants("CONFIG_XEN=y\n", "virtio=[type=virtio,device22]\n", XDC_OUTCOME_PASS);
	assert_grants("CONFIG_XEN=y\n", "virtio=[backend=other,grant_usage=0]\n", XDC_OUTCOME_PASS);
}

static bool is_unchecked(struct xdc_evidence *evidence, const char *config)
{
	unit_autoland struct flown flown = fly_guest(evidence, config);

	for (size_t i = 0; i < flown.guest->n_not_checked; i++)
		if (strstr(flown.guest->not_checked[i], "CONFIG_XEN_VIRTIO"))
			return true;
	return false;
}

static void test_what_cannot_be_told_is_said(void **state)
{
	(void)state;
	assert_true(is_unchecked(with_config(NULL), OTHER));
	assert_true(is_unchecked(xdc_evidence_new(), OTHER));
	assert_false(is_unchecked(with_config("CONFIG_XEN=y\n"), OTHER));
	assert_false(is_unchecked(with_config(NULL), "virtio=[backend=other,grant_usage=0]\n"));
}

static void assert_config_of(const char *kernel, const char *config)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *path = xdc_guest_kernel_config(arena, kernel);

	if (config)
		assert_text(path, config);
	else
		assert_null(path);
	xdc_arena_free(arena);
}

static void test_only_a_name_in_boot_tells_of_a_configuration(void **state)
{
	(void)state;
	assert_config_of(KERNEL, "/boot/config-6.1");
	assert_config_of("/boot/Image-6.12", "/boot/config-6.12");
	assert_config_of("/boot/vmlinuz-", NULL);
	assert_config_of("/boot/vmlinuz", NULL);
	assert_config_of("/boot/vmlinuz-../../etc/shadow", NULL);
	assert_config_of("/srv/vmlinuz-6.1", NULL);
	assert_config_of(NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_guests_kernel_has_to_grant),
		cmocka_unit_test(test_what_cannot_be_told_is_said),
		cmocka_unit_test(test_only_a_name_in_boot_tells_of_a_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
