/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A dom0 with two disks' controllers and a network device. */
static struct xdc_evidence *controllers(void)
{
	struct xdc_evidence *evidence =
		evidence_with("class:net", XDC_STATUS_OK,
			      "eth0=" PLATFORM_PATH "eth/net/eth0\nlo=/devices/virtual/net/lo\n");

	add_pci(evidence, "0000:00:02.0", "driver=nvme\n");
	add_pci(evidence, "0000:00:03.0", "driver=ahci\n");
	add_platform(evidence, "eth", "driver=fec\n");
	return evidence;
}

static void test_a_guest_s_disk_is_served_by_the_controller_below(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = controllers();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	/* A backend of another kind comes first. */
	add_device(evidence, "/devices/console-1-0", "bus=xen-backend\n");
	add_device(evidence, "/devices/vbd-1-51712",
		   "bus=xen-backend\nserves=" PCI_PATH "0000:00:02.0/nvme/nvme0/nvme0n1\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->n_guest_disks, 1);
	assert_int_equal(device_of(model, "0000:00:02.0")->serves_guests, XDC_YES);
	assert_int_equal(device_of(model, "0000:00:03.0")->serves_guests, XDC_NO);
	assert_int_equal(device_of(model, "eth")->serves_guests, XDC_NO);
}

/* A striped volume ends on several. */
static void test_a_disk_may_end_on_several_controllers(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = controllers();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_device(evidence, "/devices/vbd-1-51712",
		   "bus=xen-backend\nserves=" PCI_PATH "0000:00:02.0/x\nserves=\\q\n"
		   "serves=/devices/virtual/block/loop0\nserves=" PCI_PATH "0000:00:03.0/y\n");
	model = xdc_model_new(evidence);
	assert_int_equal(device_of(model, "0000:00:02.0")->serves_guests, XDC_YES);
	assert_int_equal(device_of(model, "0000:00:03.0")->serves_guests, XDC_YES);
}

/* By way of a bridge that is not followed: any network device may be the one. */
static void test_a_guest_s_interface_may_end_on_any_network_device(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = controllers();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_device(evidence, "/devices/vif-1-0", "bus=xen-backend\ndriver=vif\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->n_guest_interfaces, 1);
	assert_int_equal(model->n_guest_disks, 0);
	assert_int_equal(device_of(model, "eth")->serves_guests, XDC_UNKNOWN);
	assert_int_equal(device_of(model, "0000:00:02.0")->serves_guests, XDC_NO);
}

/* The same names on the bus of frontends: this domain is the guest there. */
static void test_a_frontend_serves_nobody(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = controllers();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_device(evidence, "/devices/vbd-51712", "bus=xen\nserves=" PCI_PATH "0000:00:02.0/x\n");
	add_device(evidence, "/devices/vif-0", "bus=xen\n");
	add_device(evidence, "/devices/vkbd-1-0", "bus=xen-backend\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->n_guest_disks, 0);
	assert_int_equal(model->n_guest_interfaces, 0);
	assert_int_equal(device_of(model, "0000:00:02.0")->serves_guests, XDC_NO);
	assert_int_equal(device_of(model, "eth")->serves_guests, XDC_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_guest_s_disk_is_served_by_the_controller_below),
		cmocka_unit_test(test_a_disk_may_end_on_several_controllers),
		cmocka_unit_test(test_a_guest_s_interface_may_end_on_any_network_device),
		cmocka_unit_test(test_a_frontend_serves_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
