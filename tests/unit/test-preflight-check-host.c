/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* One record of the good dom0 is another. */
static struct flown with(const char *key, enum xdc_status status, const char *data)
{
	return fly_guest(evidence_with(key, status, data), "");
}

static void test_each_part_of_the_host_has_its_check(void **state)
{
	static const struct {
		const char *key;
		enum xdc_status status;
		const char *data;
		const char *id;
		enum xdc_outcome outcome;
	} cases[] = {
		{ "file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "", "host-role",
		  XDC_OUTCOME_FAIL },
		{ "tools", XDC_STATUS_OK, "xl_binary=/xl\nxl_release=4.17\nprocesses=0\n",
		  "host-xenconsoled", XDC_OUTCOME_FAIL },
		{ "tools", XDC_STATUS_OK, "xl_binary=/xl\nxl_release=4.17\nprocesses!denied\n",
		  "host-xenconsoled", XDC_OUTCOME_UNKNOWN },
		{ "tools", XDC_STATUS_OK, "processes=1\nprocess=xenconsoled 1 none\n", "host-xl",
		  XDC_OUTCOME_WARNING },
		{ "file:/proc/self/mountinfo", XDC_STATUS_OK, "20 1 254:1 / / rw - ext4 a rw\n",
		  "host-devpts", XDC_OUTCOME_FAIL },
		{ "target:/var/lib/xen", XDC_STATUS_ABSENT, "", "host-directory",
		  XDC_OUTCOME_FAIL },
		{ "target:/run/xen", XDC_STATUS_ABSENT, "", "host-directory", XDC_OUTCOME_WARNING },
		{ "target:/dev/xen/gntdev", XDC_STATUS_ABSENT, "", "host-device",
		  XDC_OUTCOME_WARNING },
		{ "xen", XDC_STATUS_DENIED, "", "host-hypervisor", XDC_OUTCOME_UNKNOWN },
		{ "xen", XDC_STATUS_ABSENT, "", "XDC-PRIVCMD-MISSING", XDC_OUTCOME_FAIL },
		{ "xenstore", XDC_STATUS_ABSENT, "", "XDC-XENSTORED-DOWN", XDC_OUTCOME_FAIL },
		{ "xenstore", XDC_STATUS_TIMEOUT, "", "XDC-XENSTORED-DOWN", XDC_OUTCOME_UNKNOWN },
		{ "xenstore", XDC_STATUS_UNSUPPORTED, "", "host-xenstore", XDC_OUTCOME_UNKNOWN },
		{ "xenstore:/local/domain", XDC_STATUS_OK, "", "XDC-INIT-DOM0", XDC_OUTCOME_FAIL },
		{ "xen:interfaces", XDC_STATUS_OK, "domctl=23\nsysctl=21\n", "XDC-TOOLS-MISMATCH",
		  XDC_OUTCOME_FAIL },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		unit_autoland struct flown flown =
			with(cases[i].key, cases[i].status, cases[i].data);

		assert_check(&flown, cases[i].id, cases[i].outcome);
		if (cases[i].outcome != XDC_OUTCOME_WARNING)
			assert_int_equal(flown.guest->start, cases[i].outcome);
	}
}

/* Of a machine without Xen, or a domU, no more is said than that. */
static void test_elsewhere_than_in_dom0_only_the_file_is_checked(void **state)
{
	unit_autoland struct flown flown = with("file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");

	(void)state;
	assert_no_check(&flown, "memory-free");
	assert_no_check(&flown, "host-xenconsoled");
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNKNOWN);
	assert_int_equal(flown.guest->result, XDC_OUTCOME_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_part_of_the_host_has_its_check),
		cmocka_unit_test(test_elsewhere_than_in_dom0_only_the_file_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
