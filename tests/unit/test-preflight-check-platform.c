/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* A board whose interrupt controller is of that kind. */
static struct xdc_evidence *with_board(const char *compatible)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	static struct dt dt;

	dt_start(&dt);
	dt_begin(&dt, "interrupt-controller@8000000");
	dt_text(&dt, "compatible", compatible);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	return evidence;
}

static void test_the_type_must_be_one_that_runs_here(void **state)
{
	(void)state;
	assert_guest(evidence_with("xen:physinfo", XDC_STATUS_OK, "hvm=0\npv=1\n"), "",
		     "type-capability", XDC_OUTCOME_FAIL);
	assert_guest(xdc_evidence_new(), "type=hvm\n", "type-capability", XDC_OUTCOME_FAIL);
	assert_guest(evidence_with("xen:physinfo", XDC_STATUS_OK, "pv=0\n"), "", "type-capability",
		     XDC_OUTCOME_PASS);
	assert_guest(xdc_evidence_new(), "", "type-capability", XDC_OUTCOME_PASS);
}

static void test_what_xen_on_arm_refuses(void **state)
{
	static const char *const refused[] = { "nestedhvm=1\n", "hap=0\n", "oos=0\n",
					       "max_grant_version=2\n", "altp2m=mixed\n" };
	static const char *const taken[] = { "nestedhvm=0\n", "hap=1\n", "oos=1\n",
					     "max_grant_version=1\n", "altp2m=disabled\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(refused); i++) {
		assert_guest(xdc_evidence_new(), refused[i], "platform-flag", XDC_OUTCOME_FAIL);
		assert_guest(xdc_evidence_new(), taken[i], "platform-flag", XDC_OUTCOME_PASS);
	}
}

static void test_the_interrupt_controller(void **state)
{
	struct xdc_evidence *evidence;

	(void)state;
	assert_guest(with_board("arm,gic-v3"), "gic_version=v3\n", "platform-gic",
		     XDC_OUTCOME_PASS);
	assert_guest(with_board("arm,gic-400"), "gic_version=v2\n", "platform-gic",
		     XDC_OUTCOME_PASS);
	assert_guest(with_board("arm,gic-400"), "gic_version=v3\n", "platform-gic",
		     XDC_OUTCOME_FAIL);
	/* One may do for the other, and Xen said so at boot, or not. */
	assert_guest(with_board("arm,gic-v3"), "gic_version=v2\n", "platform-gic",
		     XDC_OUTCOME_UNKNOWN);
	evidence = with_board("arm,gic-v3");
	add_record(evidence, "xen:console", XDC_STATUS_OK,
		   "(XEN) GICv3 compatible with GICv2 cbase 0x8010000\n");
	assert_guest(evidence, "gic_version=v2\n", "platform-gic", XDC_OUTCOME_PASS);
	assert_guest(xdc_evidence_new(), "gic_version=v2\n", "platform-gic", XDC_OUTCOME_UNKNOWN);
	assert_guest(xdc_evidence_new(), "gic_version=default\n", "platform-gic", XDC_OUTCOME_PASS);
}

static void test_trusted_firmware(void **state)
{
	(void)state;
	assert_guest(with_board("arm,gic-v3"), "tee=optee\n", "platform-tee", XDC_OUTCOME_FAIL);
	assert_guest(with_board("linaro,optee-tz"), "tee=optee\n", "platform-tee",
		     XDC_OUTCOME_UNKNOWN);
	assert_guest(with_board("arm,gic-v3"), "tee=gold\n", "platform-tee", XDC_OUTCOME_PASS);
	assert_guest(with_board("arm,gic-v3"), "gic_version=v9\n", "platform-gic",
		     XDC_OUTCOME_PASS);
	assert_guest(with_board("arm,gic-v3"), "tee=none\n", "platform-tee", XDC_OUTCOME_PASS);
	assert_guest(xdc_evidence_new(), "sve=hw\n", "platform-sve", XDC_OUTCOME_UNKNOWN);
	assert_guest(xdc_evidence_new(), "sve=disabled\n", "platform-sve", XDC_OUTCOME_PASS);
}

static void test_processors(void **state)
{
	static const char *const good[] = {
		"cpus=all\n", "cpus=0-3,^2\n",	"cpus=node:1\n",
		"cpus=2\n",   "cpus=[0|1-2]\n", "cpus_soft=^nodes:0-1\n"
	};
	static const char *const bad[] = { "cpus=x\n",	"cpus=^all\n",	"cpus=3-1\n",
					   "cpus=0-\n", "cpus=[0|y]\n", "cpus_soft=node:x\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(good); i++)
		assert_guest(xdc_evidence_new(), good[i], "config-value", XDC_OUTCOME_PASS);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(bad); i++)
		assert_guest(xdc_evidence_new(), bad[i], "config-value", XDC_OUTCOME_FAIL);
	assert_guest(xdc_evidence_new(), "pool=mine\n", "cpupool", XDC_OUTCOME_UNKNOWN);
	assert_guest(xdc_evidence_new(), "pool=Pool-0\n", "cpupool", XDC_OUTCOME_PASS);
}

static void test_event_channels(void **state)
{
	(void)state;
	assert_guest(xdc_evidence_new(), "max_event_channels=1\n", "config-value",
		     XDC_OUTCOME_FAIL);
	assert_guest(xdc_evidence_new(), "max_event_channels=64\n", "config-value",
		     XDC_OUTCOME_PASS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_type_must_be_one_that_runs_here),
		cmocka_unit_test(test_what_xen_on_arm_refuses),
		cmocka_unit_test(test_the_interrupt_controller),
		cmocka_unit_test(test_trusted_firmware),
		cmocka_unit_test(test_processors),
		cmocka_unit_test(test_event_channels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
