/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

#define CONFIG "vif=[bridge=br0]\n"
#define DRIVER "/sys/bus/xen-backend/drivers/vif"
#define MODULE "/lib/modules/6.12.0/kernel/drivers/net/xen-netback/xen-netback.ko.xz"

static void test_a_driver_is_there_or_udev_brings_it(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_absent(evidence, DRIVER);
	flown = fly_guest(evidence, CONFIG);
	assert_check(&flown, "backend-driver", XDC_OUTCOME_FAIL);
	land(&flown);
	/* udev, and no such module. */
	evidence = xdc_evidence_new();
	add_absent(evidence, DRIVER);
	add_target(evidence, "/run/udev/control", "type=other\n");
	flown = fly_guest(evidence, CONFIG);
	assert_check(&flown, "backend-driver", XDC_OUTCOME_FAIL);
	land(&flown);
	evidence = xdc_evidence_new();
	add_absent(evidence, DRIVER);
	add_target(evidence, "/run/udev/control", "type=other\n");
	add_target(evidence, MODULE, "type=file\nmode=0644\n");
	flown = fly_guest(evidence, CONFIG);
	assert_clean(&flown);
	assert_true(flown.guest->n_not_checked > 1);
	land(&flown);
	flown = fly_guest(evidence_with("target:" DRIVER, XDC_STATUS_DENIED, ""), CONFIG);
	assert_check(&flown, "backend-driver", XDC_OUTCOME_UNKNOWN);
	land(&flown);
}

static void test_a_script_must_run(void **state)
{
	static const struct {
		const char *key;
		enum xdc_status status;
		const char *data;
		enum xdc_outcome outcome;
	} cases[] = {
		{ "target:/etc/xen/scripts/vif-bridge", XDC_STATUS_ABSENT, "", XDC_OUTCOME_FAIL },
		{ "target:/etc/xen/scripts/vif-bridge", XDC_STATUS_TIMEOUT, "",
		  XDC_OUTCOME_UNKNOWN },
		{ "target:/etc/xen/scripts/vif-bridge", XDC_STATUS_OK, "type=file\nmode=0644\n",
		  XDC_OUTCOME_FAIL },
		{ "target:/bin/bash", XDC_STATUS_ABSENT, "", XDC_OUTCOME_FAIL },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		unit_autoland struct flown flown = fly_guest(
			evidence_with(cases[i].key, cases[i].status, cases[i].data), CONFIG);

		assert_check(&flown, "script", cases[i].outcome);
	}
}

static void test_backend_domains_have_a_name_or_a_number(void **state)
{
	static const struct {
		const char *config;
		bool missing;
	} cases[] = {
		{ "vif=[bridge=br0,backend=0]\n", false },
		{ "vif=[bridge=br0,backend=Domain-0]\n", false },
		{ "vif=[bridge=br0,backend=other]\n", false },
		{ "vif=[bridge=br0,backend=nobody]\n", true },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), cases[i].config);

		if (cases[i].missing)
			assert_check(&flown, "backend-domain", XDC_OUTCOME_FAIL);
		else
			assert_no_check(&flown, "backend-domain");
	}
}

/* What two interfaces lack is told once. */
static void test_nothing_is_told_twice(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;
	size_t count = 0;

	(void)state;
	add_absent(evidence, DRIVER);
	flown = fly_guest(evidence, "vif=[bridge=br0|bridge=br0]\n");
	for (size_t i = 0; i < flown.guest->n_checks; i++)
		count += strcmp(flown.guest->checks[i].id, "backend-driver") == 0;
	assert_int_equal(count, 1);
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_driver_is_there_or_udev_brings_it),
		cmocka_unit_test(test_a_script_must_run),
		cmocka_unit_test(test_backend_domains_have_a_name_or_a_number),
		cmocka_unit_test(test_nothing_is_told_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
