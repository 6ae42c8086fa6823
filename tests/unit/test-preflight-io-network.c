/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* br0: VLAN 5 on a bond of both devices; br1: the good one; br2: a guest's; br3: br1; br4: itself.
 */
static const char interfaces[] =
	"eth0=" PCI_PATH GOOD_DEVICE "/net/eth0\neth1=" PCI_PATH BAD_DEVICE "/net/eth1\n"
	"bond0=/devices/virtual/net/bond0\nbond0.5=/devices/virtual/net/bond0.5\n"
	"br0=/devices/virtual/net/br0\nbr1=/devices/virtual/net/br1\nbr2=/devices/virtual/net/br2\n"
	"br3=/devices/virtual/net/br3\nbr4=/devices/virtual/net/br4\nbr5=/devices/virtual/net/br5\n"
	"vif3.0=/devices/xen-backend/vif-3-0/net/vif3.0\n";
static const char network[] =
	"br0/flags=0x1003\nbr0/bridge=\nbr0/lower=bond0.5\nbond0.5/lower=bond0\n"
	"bond0/lower=eth0\nbond0/lower=eth1\nbr1/flags=0x1003\nbr1/bridge=\nbr1/lower=eth0\n"
	"br2/flags=0x1003\nbr2/bridge=\nbr2/lower=vif3.0\nbr3/flags=0x1003\nbr3/bridge=\n"
	"br3/lower=br1\nbr4/flags=0x1003\nbr4/bridge=\nbr4/lower=br4\n"
	"br5/flags=0x1003\nbr5/lower!denied\n";

static struct flown fly_vif(const char *vif, const char *forward)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *config = NULL;

	add_record(evidence, "class:net", XDC_STATUS_OK, interfaces);
	add_record(evidence, "network", XDC_STATUS_OK, network);
	add_file(evidence, "/proc/sys/net/ipv4/ip_forward", forward);
	add_target(evidence, "/etc/xen/scripts/vif-nat", "type=file\nmode=0755\n");
	add_io_devices(evidence);
	assert_true(asprintf(&config, "vif=[%s]\n", vif) > 0);
	return fly_guest(evidence, config);
}

static void assert_device(const struct xdc_io *io, const char *device, enum xdc_io_verdict verdict)
{
	assert_string_equal(io->device->device->name, device);
	assert_string_equal(xdc_io_verdict_name(io->verdict), xdc_io_verdict_name(verdict));
	/* netback copies what the guest receives, and maps what it sends. */
	assert_int_equal(io->from_device, XDC_PAGES_COPIED);
	assert_int_equal(io->to_device, XDC_PAGES_REACH);
}

static void test_through_vlan_and_bond_to_each_device(void **state)
{
	unit_autoland struct flown flown = fly_vif("bridge=br0", "0\n");

	(void)state;
	assert_int_equal(flown.guest->n_io, 2);
	assert_device(&flown.guest->io[0], GOOD_DEVICE, XDC_IO_SAFE);
	assert_device(&flown.guest->io[1], BAD_DEVICE, XDC_IO_UNSAFE);
	assert_int_equal(flown.guest->io[1].n_through, 4);
	assert_text(flown.guest->io[1].through[1], "bond0.5");
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNSAFE);
}

static void test_ports_that_could_not_be_read_are_named(void **state)
{
	unit_autoland struct flown flown = fly_vif("bridge=br5", "0\n");

	(void)state;
	assert_int_equal(flown.guest->n_io, 1);
	assert_int_equal(flown.guest->io[0].verdict, XDC_IO_UNKNOWN);
	assert_text(flown.guest->io[0].why, "lower of br5 could not be read (denied)");
	assert_int_equal(flown.guest->start, XDC_OUTCOME_UNKNOWN);
}

static void test_through_a_bridge_on_a_bridge(void **state)
{
	unit_autoland struct flown flown = fly_vif("bridge=br3", "1\n");

	(void)state;
	assert_int_equal(flown.guest->n_io, 1);
	assert_device(&flown.guest->io[0], GOOD_DEVICE, XDC_IO_SAFE);
}

static void test_a_bridge_of_guests_leads_to_no_device(void **state)
{
	struct flown flown = fly_vif("bridge=br2", "0\n");

	(void)state;
	assert_int_equal(flown.guest->n_io, 1);
	assert_int_equal(flown.guest->io[0].verdict, XDC_IO_SAFE);
	assert_null(flown.guest->io[0].device);
	land(&flown);
	/* Where dom0 routes, the bad device may carry it. */
	flown = fly_vif("bridge=br2", "1\n");
	assert_int_equal(flown.guest->io[0].verdict, XDC_IO_UNKNOWN);
	land(&flown);
}

static void test_what_cannot_be_followed_is_unknown(void **state)
{
	static const char *const vifs[] = { "script=vif-nat", "bridge=br0,backend=other",
					    "bridge=none", "bridge=br4" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(vifs); i++) {
		unit_autoland struct flown flown = fly_vif(vifs[i], "1\n");

		assert_int_equal(flown.guest->n_io, 1);
		assert_int_equal(flown.guest->io[0].verdict, XDC_IO_UNKNOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_through_vlan_and_bond_to_each_device),
		cmocka_unit_test(test_ports_that_could_not_be_read_are_named),
		cmocka_unit_test(test_through_a_bridge_on_a_bridge),
		cmocka_unit_test(test_a_bridge_of_guests_leads_to_no_device),
		cmocka_unit_test(test_what_cannot_be_followed_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
