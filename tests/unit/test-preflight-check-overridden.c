/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "unit-preflight.h"

static void assert_one(const char *config, const char *id, enum xdc_outcome outcome)
{
	assert_guest(xdc_evidence_new(), config, id, outcome);
}

static void test_one_setting_hides_another(void **state)
{
	(void)state;
	assert_one("cmdline=a\nextra=b\n", "config-overridden", XDC_OUTCOME_WARNING);
	assert_one("cmdline=a\n", "config-overridden", XDC_OUTCOME_PASS);
	assert_one("type=hvm\nfirmware_override=/x\n", "config-overridden", XDC_OUTCOME_PASS);
}

static void test_the_loader_of_hvm_is_no_kernel(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_guest(evidence, 0, "name=g\nmemory=64\ntype=hvm\nkernel=/usr/lib/xen/boot/hvmloader\n");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "config-overridden", XDC_OUTCOME_WARNING);
	land(&flown);
}

static void test_words_and_numbers(void **state)
{
	(void)state;
	assert_one("tsc_mode=1\n", "config-obsolete", XDC_OUTCOME_WARNING);
	assert_one("tsc_mode=native\n", "config-obsolete", XDC_OUTCOME_PASS);
	assert_one("tsc_mode=4\n", "config-value", XDC_OUTCOME_FAIL);
	assert_one("timer_mode=3\n", "config-obsolete", XDC_OUTCOME_WARNING);
	assert_one("firmware=ovmf\n", "config-value", XDC_OUTCOME_FAIL);
	assert_one("firmware=pvgrub64\n", "config-value", XDC_OUTCOME_PASS);
}

static void test_vnc_is_a_display_of_pv_alone(void **state)
{
	(void)state;
	assert_one("vnc=1\n", "config-overridden", XDC_OUTCOME_WARNING);
	assert_one("vnc=0\n", "config-overridden", XDC_OUTCOME_PASS);
	assert_one("type=pv\nvnc=1\n", "device-model", XDC_OUTCOME_FAIL);
	assert_one("type=pv\nvnc=1\nvfb=[vnc=1]\n", "config-overridden", XDC_OUTCOME_WARNING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_setting_hides_another),
		cmocka_unit_test(test_the_loader_of_hvm_is_no_kernel),
		cmocka_unit_test(test_words_and_numbers),
		cmocka_unit_test(test_vnc_is_a_display_of_pv_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
