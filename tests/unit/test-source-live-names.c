/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The choice of whom to ask; libudev itself answers of the machine only. */
#include <stdlib.h>
#include <string.h>

#include "source/providers.h"
#include "unit.h"

static struct xdc_evidence *ask(const struct tmp *tmp, const char *const *devices, size_t count)
{
	const struct xdc_request request = { XDC_REQUEST_NAMES, NULL, 0, devices, count };
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_live_names(&tmp->tree, &request, xdc_evidence_add, evidence);
	return evidence;
}

static void test_no_database_is_told(void **state)
{
	static const char *const devices[] = { "/devices/xdc-unit/none" };
	xdc_autoevidence struct xdc_evidence *evidence = ask(*state, devices, 1);

	assert_int_equal(xdc_evidence_count(evidence), 1);
	assert_int_equal(xdc_evidence_find(evidence, "udev")->status, XDC_STATUS_ABSENT);
}

static void test_devices_without_an_entry_are_not_asked_about(void **state)
{
	static const char *const devices[] = { "/devices/xdc-unit/0000:00:02.0",
					       "/devices/xdc-unit/other" };
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_file(*state, "/run/udev/data/+pci:0000:00:03.0", "");
	tmp_file(*state, "/run/udev/data/c10:125", "");
	tmp_file(*state, "/run/udev/data/+strange", "");
	evidence = ask(*state, devices, XDC_ARRAY_SIZE(devices));
	assert_int_equal(xdc_evidence_count(evidence), 1);
	assert_int_equal(xdc_evidence_find(evidence, "udev")->status, XDC_STATUS_OK);
}

/* It has an entry, and is gone: no name, and no harm. */
static void test_a_device_that_is_gone_has_no_name(void **state)
{
	static const char *const devices[] = { "/devices/xdc-unit/0000:00:02.0" };
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_file(*state, "/run/udev/data/+pci:0000:00:02.0", "");
	evidence = ask(*state, devices, 1);
	assert_int_equal(xdc_evidence_find(evidence, "udev")->status, XDC_STATUS_OK);
	assert_null(xdc_evidence_find(evidence, "udev:/devices/xdc-unit/0000:00:02.0"));
}

static void test_no_devices_at_all(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_file(*state, "/run/udev/data/+pci:0000:00:02.0", "");
	evidence = ask(*state, NULL, 0);
	assert_int_equal(xdc_evidence_find(evidence, "udev")->status, XDC_STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_no_database_is_told),
		tree_test(test_devices_without_an_entry_are_not_asked_about),
		tree_test(test_a_device_that_is_gone_has_no_name),
		tree_test(test_no_devices_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
