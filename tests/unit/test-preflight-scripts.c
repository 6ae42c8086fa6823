/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* Scripts and tools are there, but for the tool @missing. */
static struct xdc_evidence *with_scripts(const char *missing)
{
	static const char *const scripts[] = { "/etc/xen/scripts/block-iscsi",
					       "/etc/xen/scripts/block-nbd",
					       "/etc/xen/scripts/vif-openvswitch" };
	struct xdc_evidence *evidence = xdc_evidence_new();

	for (size_t i = 0; i < XDC_ARRAY_SIZE(scripts); i++) {
		const char *const *tools = xdc_script_tools(scripts[i]);

		add_target(evidence, scripts[i], "type=file\nmode=0755\n");
		for (size_t j = 0; tools[j]; j++)
			if (j || strcmp(tools[j], missing) == 0)
				add_absent(evidence, tools[j]);
			else
				add_target(evidence, tools[j], "type=file\nmode=0755\n");
	}
	if (strcmp(missing, "/dev/nbd0") == 0)
		add_absent(evidence, missing);
	add_target(evidence, XDC_OPENVSWITCH_DATABASE, "type=other\nmode=0755\n");
	add_record(evidence, "class:net", XDC_STATUS_OK,
		   "br0=/devices/virtual/net/br0\novs0=/devices/virtual/net/ovs0\n"
		   "ovs-system=/devices/virtual/net/ovs-system\neth0=" PCI_PATH BAD_DEVICE
		   "/net/eth0\n");
	add_record(evidence, "network", XDC_STATUS_OK,
		   "br0/flags=0x1003\nbr0/bridge=\novs0/flags=0x1003\novs-system/lower=ovs0\n"
		   "ovs-system/lower=eth0\neth0/flags=0x1003\n");
	add_io_devices(evidence);
	return evidence;
}

static void assert_one(const char *missing, const char *config, const char *id,
		       enum xdc_outcome outcome)
{
	assert_guest(with_scripts(missing), config, id, outcome);
}

#define ISCSI	    "disk=[iqn=iqn.x:y,raw,xvda,w,script=block-iscsi]\n"
#define NBD	    "disk=[1.2.3.4 10809,raw,xvda,w,script=block-nbd]\n"
#define OVS(bridge) "vif=[script=vif-openvswitch,bridge=" bridge "]\n"

static void test_what_a_script_runs_must_be_there(void **state)
{
	(void)state;
	assert_one("/usr/sbin/iscsiadm", ISCSI, "script-tool", XDC_OUTCOME_FAIL);
	assert_one("", ISCSI, "script-tool", XDC_OUTCOME_PASS);
	assert_one("/usr/sbin/nbd-client", NBD, "script-tool", XDC_OUTCOME_FAIL);
	assert_one("", NBD, "script-device", XDC_OUTCOME_PASS);
	assert_one("/dev/nbd0", NBD, "script-device", XDC_OUTCOME_FAIL);
	assert_one("/usr/sbin/ovs-vsctl", OVS("ovs0"), "script-tool", XDC_OUTCOME_FAIL);
	assert_one("", OVS("ovs0"), "script-tool", XDC_OUTCOME_PASS);
}

static void test_a_target_of_iscsi_names_a_portal(void **state)
{
	(void)state;
	assert_one("", ISCSI, "disk-target", XDC_OUTCOME_FAIL);
	assert_one("", NBD, "disk-target", XDC_OUTCOME_PASS);
}

static void test_bridges_of_open_vswitch(void **state)
{
	static const char *const good[] = { OVS("ovs0"), OVS("ovs0.5"), OVS("ovs0:1:2"),
					    OVS("ovs0.5:1") };
	static const char *const bad[] = { OVS("none"),	  OVS("br0"),	OVS("ovs0."),
					   OVS("ovs0.a"), OVS("ovs0:"), OVS("ovs0:1:") };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(good); i++)
		assert_one("", good[i], "vif-bridge", XDC_OUTCOME_PASS);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(bad); i++)
		assert_one("", bad[i], "vif-bridge", XDC_OUTCOME_FAIL);
	/* The kernel's own script takes no bridge of Open vSwitch. */
	assert_one("", "vif=[bridge=ovs0]\n", "vif-bridge", XDC_OUTCOME_FAIL);
}

static void test_any_port_of_open_vswitch_may_send_it(void **state)
{
	unit_autoland struct flown flown = fly_guest(with_scripts(""), OVS("ovs0"));

	(void)state;
	assert_int_equal(flown.guest->n_io, 1);
	assert_string_equal(flown.guest->io[0].device->device->name, BAD_DEVICE);
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNSAFE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_script_runs_must_be_there),
		cmocka_unit_test(test_a_target_of_iscsi_names_a_portal),
		cmocka_unit_test(test_bridges_of_open_vswitch),
		cmocka_unit_test(test_any_port_of_open_vswitch_may_send_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
