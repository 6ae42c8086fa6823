/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "unit-preflight.h"

static const char *const configs[] = { "a.cfg" };

/* Whether the kernel has to be read for a guest whose disk is on the device @name. */
static bool needs_kernel(const char *name, const char *groups)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *class = NULL;

	if (groups)
		add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	assert_true(asprintf(&class, "sda=" PCI_PATH "%s/block/sda\n", name) > 0);
	add_record(evidence, "class:block", XDC_STATUS_OK, class);
	add_record(evidence, "storage", XDC_STATUS_OK, "sda/dev=8:0\n");
	add_target(evidence, "/dev/sda", "path=/dev/sda\ntype=block\nrdev=8:0\n");
	add_guest(evidence, 0, GUEST "disk=[/dev/sda,raw,xvda,r]\n");
	add_io_devices(evidence);
	add_good_dom0(evidence);
	return xdc_preflight_needs_kernel(evidence, configs, 1);
}

static void test_what_the_rules_find_right_is_not_looked_at(void **state)
{
	(void)state;
	assert_false(needs_kernel(GOOD_DEVICE, NULL));
}

static void test_what_is_wrong_or_open_is(void **state)
{
	(void)state;
	assert_true(needs_kernel(BAD_DEVICE, NULL));
	/* The type of the group is not known. */
	assert_true(needs_kernel(GOOD_DEVICE, "2=DMA\n"));
}

static void test_a_guest_without_devices_needs_nothing(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_guest(evidence, 0, GUEST);
	add_io_devices(evidence);
	add_good_dom0(evidence);
	assert_false(xdc_preflight_needs_kernel(evidence, configs, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_the_rules_find_right_is_not_looked_at),
		cmocka_unit_test(test_what_is_wrong_or_open_is),
		cmocka_unit_test(test_a_guest_without_devices_needs_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
