/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-preflight.h"

static void assert_one(const char *config, const char *id, enum xdc_outcome outcome)
{
	assert_guest(xdc_evidence_new(), config, id, outcome);
}

static void test_what_serves_them_is_not_known(void **state)
{
	(void)state;
	assert_one("vsnd=[card]\n", "service", XDC_OUTCOME_UNKNOWN);
	assert_one("usbctrl=[type=pv]\n", "service", XDC_OUTCOME_UNKNOWN);
	assert_one("vsnd=[]\n", "service", XDC_OUTCOME_PASS);
	assert_one("", "service", XDC_OUTCOME_PASS);
}

static void test_a_tpm_is_a_domain(void **state)
{
	(void)state;
	assert_one("vtpm=[uuid=1]\n", "vtpm-syntax", XDC_OUTCOME_FAIL);
	assert_one("vtpm=[uuid=1, backend=nobody]\n", "backend-domain", XDC_OUTCOME_FAIL);
	assert_one("vtpm=[backend=other]\n", "backend-domain", XDC_OUTCOME_PASS);
}

static void test_a_display_has_connectors(void **state)
{
	(void)state;
	assert_one("vdispl=[backend=Domain-0]\n", "vdispl-syntax", XDC_OUTCOME_FAIL);
	assert_one("vdispl=[connectors=id0:800x600]\n", "vdispl-syntax", XDC_OUTCOME_PASS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_serves_them_is_not_known),
		cmocka_unit_test(test_a_tpm_is_a_domain),
		cmocka_unit_test(test_a_display_has_connectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
