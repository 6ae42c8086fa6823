/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-preflight.h"

#define UUID "8be4df61-93ca-11d2-aa0d-00e098032b8c"

static void assert_one(const char *domains, const char *config, const char *id,
		       enum xdc_outcome outcome)
{
	assert_guest(evidence_with("xenstore:/local/domain", XDC_STATUS_OK, domains), config, id,
		     outcome);
}

static void test_a_name_is_one_domains(void **state)
{
	(void)state;
	assert_one("0/name=Domain-0\n4/name=g\n", "", "name-in-use", XDC_OUTCOME_FAIL);
	/* What else it has is no name. */
	assert_one("0/name=Domain-0\n4/vm=g\n", "", "name-in-use", XDC_OUTCOME_PASS);
}

static void test_a_uuid_that_is_in_use_is_taken_all_the_same(void **state)
{
	(void)state;
	assert_one("0/name=Domain-0\n4/vm=/vm/" UUID "\n", "uuid=" UUID "\n", "uuid-in-use",
		   XDC_OUTCOME_WARNING);
	assert_one("0/name=Domain-0\n4/vm=/vm/" UUID "\n",
		   "uuid=8BE4DF61-93CA-11D2-AA0D-00E098032B8C\n", "uuid-in-use",
		   XDC_OUTCOME_WARNING);
	assert_one("0/name=Domain-0\n", "uuid=" UUID "\n", "uuid-in-use", XDC_OUTCOME_PASS);
	assert_one("0/name=Domain-0\n", "uuid=1234\n", "config-uuid", XDC_OUTCOME_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_name_is_one_domains),
		cmocka_unit_test(test_a_uuid_that_is_in_use_is_taken_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
