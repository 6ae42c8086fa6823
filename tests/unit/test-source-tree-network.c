/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_what_interfaces_lie_on(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	tmp_file(tmp, "/sys/devices/virtual/net/br0/flags", "0x1003\n");
	tmp_dir(tmp, "/sys/devices/virtual/net/br0/bridge");
	tmp_dir(tmp, "/sys/devices/virtual/net/br0/upper_x");
	tmp_link(tmp, "/sys/devices/virtual/net/br0/lower_eth0", "../eth0");
	tmp_link(tmp, "/sys/devices/virtual/net/br0/lower_eth1", "../eth1");
	tmp_link(tmp, "/sys/class/net/br0", "../../devices/virtual/net/br0");
	tmp_file(tmp, "/sys/devices/virtual/net/lo/flags", "0x9\n");
	tmp_link(tmp, "/sys/class/net/lo", "../../devices/virtual/net/lo");
	/* A file, not an interface. */
	tmp_file(tmp, "/sys/class/net/bonding_masters", "\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_NETWORK, NULL, 0);
	record = xdc_evidence_find(evidence, "network");
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->data, "br0/flags=0x1003\nbr0/bridge=\nbr0/lower=eth0\n"
					  "br0/lower=eth1\nlo/flags=0x9\n");
}

static void test_what_could_not_be_read_is_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	/* A link stands for what fails; as root any mode can be read. */
	tmp_link(tmp, "/sys/devices/virtual/net/br0/flags", "elsewhere");
	tmp_link(tmp, "/sys/class/net/br0", "../../devices/virtual/net/br0");
	evidence = tmp_ask(tmp, XDC_REQUEST_NETWORK, NULL, 0);
	assert_string_equal(xdc_evidence_find(evidence, "network")->data, "br0/flags!io-error\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_what_interfaces_lie_on),
		tree_test(test_what_could_not_be_read_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
