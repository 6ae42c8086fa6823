/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "unit-preflight.h"

/* Whether the rules alone settle it for a guest whose disk is on the device @name. */
static bool is_settled(const char *name, const char *groups)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *class = NULL;
	struct flown flown;
	bool settled;

	if (groups)
		add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	assert_true(asprintf(&class, "sda=" PCI_PATH "%s/block/sda\n", name) > 0);
	add_record(evidence, "class:block", XDC_STATUS_OK, class);
	add_record(evidence, "storage", XDC_STATUS_OK, "sda/dev=8:0\n");
	add_target(evidence, "/dev/sda", "path=/dev/sda\ntype=block\nrdev=8:0\n");
	add_io_devices(evidence);
	flown = fly_guest(evidence, "disk=[/dev/sda,raw,xvda,r]\n");
	settled = xdc_preflight_settled(flown.all);
	land(&flown);
	return settled;
}

static void test_what_the_rules_find_right_is_not_looked_at(void **state)
{
	(void)state;
	assert_true(is_settled(GOOD_DEVICE, NULL));
}

static void test_what_is_wrong_or_open_is(void **state)
{
	(void)state;
	assert_false(is_settled(BAD_DEVICE, NULL));
	/* The type of the group is not known. */
	assert_false(is_settled(GOOD_DEVICE, "2=DMA\n"));
}

static void test_a_guest_without_devices_needs_nothing(void **state)
{
	unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), "");

	(void)state;
	assert_true(xdc_preflight_settled(flown.all));
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
