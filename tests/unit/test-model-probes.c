/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define DEFERRED     "file:/sys/kernel/debug/devices_deferred"
#define FAILED(name) "4,1,2,-;drv: probe of " name " failed with error -5\n"

static void assert_probe(struct xdc_evidence *evidence, enum xdc_probe_outcome probe,
			 const char *reason)
{
	struct xdc_model *model;
	const struct xdc_device *device;

	add_platform(evidence, "x", "");
	model = xdc_model_new(evidence);
	device = device_of(model, "x");
	assert_string_equal(xdc_probe_name(device->probe), xdc_probe_name(probe));
	if (reason)
		assert_text(device->probe_reason, reason);
	else
		assert_null(device->probe_reason);
	xdc_model_free(model);
	xdc_evidence_free(evidence);
}

static void test_a_device_without_a_word_about_it_was_never_probed(void **state)
{
	(void)state;
	assert_probe(xdc_evidence_new(), XDC_PROBE_NEVER, NULL);
}

/* Whatever was before: a driver is bound now. */
static void test_a_bound_driver_is_bound(void **state)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, FAILED("x"));

	(void)state;
	add_record(evidence, DEFERRED, XDC_STATUS_OK, "x\n");
	add_platform(evidence, "x", "driver=nvme\n");
	assert_probe(evidence, XDC_PROBE_BOUND, NULL);
}

static void test_a_deferred_probe_has_the_reason_the_kernel_gives(void **state)
{
	(void)state;
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK,
				   "xy\tother\nx\tplatform: supplier 9050000.iommu not ready\n"),
		     XDC_PROBE_DEFERRED, "platform: supplier 9050000.iommu not ready");
	/* Up to 5.7 there is none. */
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK, "a\nx\nb\n"), XDC_PROBE_DEFERRED,
		     "no reason given");
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK, "x"), XDC_PROBE_DEFERRED,
		     "no reason given");
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK, "x\t\n"), XDC_PROBE_DEFERRED,
		     "no reason given");
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK, "x\ta\x1b[31m\n"), XDC_PROBE_DEFERRED,
		     "a\\x1b[31m");
}

static void test_another_s_deferral_is_not_this_one_s(void **state)
{
	static const char *const texts[] = { "xx\treason\n", "wx\treason\n", "a\tx\n", "\n\n", "" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++)
		assert_probe(evidence_with(DEFERRED, XDC_STATUS_OK, texts[i]), XDC_PROBE_NEVER,
			     NULL);
	assert_probe(evidence_with(DEFERRED, XDC_STATUS_DENIED, "x\n"), XDC_PROBE_NEVER, NULL);
}

static void test_a_failed_probe_has_the_last_message(void **state)
{
	(void)state;
	assert_probe(
		evidence_with(
			"kmsg", XDC_STATUS_OK,
			FAILED("x") "4,1,2,-;drv: probe of x failed with error -22\n" FAILED("y")),
		XDC_PROBE_FAILED, "drv: probe of x failed with error -22");
	assert_probe(evidence_with("kmsg", XDC_STATUS_OK, FAILED("xx") FAILED("w")),
		     XDC_PROBE_NEVER, NULL);
}

/* It failed, and is tried again. */
static void test_a_deferral_is_newer_than_a_failure(void **state)
{
	struct xdc_evidence *evidence = evidence_with("kmsg", XDC_STATUS_OK, FAILED("x"));

	(void)state;
	add_record(evidence, DEFERRED, XDC_STATUS_OK, "x\tlater\n");
	assert_probe(evidence, XDC_PROBE_DEFERRED, "later");
}

static void test_a_driver_that_matched_and_is_not_bound_was_unbound(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_platform(evidence, "x", "");
	add_observation(evidence, "x", "ops=none\ncan_match=1\n");
	assert_probe(evidence, XDC_PROBE_UNBOUND, NULL);
	evidence = xdc_evidence_new();
	add_platform(evidence, "x", "");
	add_observation(evidence, "x", "ops=none\ncan_match=0\n");
	assert_probe(evidence, XDC_PROBE_NEVER, NULL);
	evidence = evidence_with("kmsg", XDC_STATUS_OK, FAILED("x"));
	add_platform(evidence, "x", "");
	add_observation(evidence, "x", "ops=none\ncan_match=1\n");
	assert_probe(evidence, XDC_PROBE_FAILED, "drv: probe of x failed with error -5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_device_without_a_word_about_it_was_never_probed),
		cmocka_unit_test(test_a_bound_driver_is_bound),
		cmocka_unit_test(test_a_deferred_probe_has_the_reason_the_kernel_gives),
		cmocka_unit_test(test_another_s_deferral_is_not_this_one_s),
		cmocka_unit_test(test_a_failed_probe_has_the_last_message),
		cmocka_unit_test(test_a_deferral_is_newer_than_a_failure),
		cmocka_unit_test(test_a_driver_that_matched_and_is_not_bound_was_unbound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
