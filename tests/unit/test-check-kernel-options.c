/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-KCONFIG"

static void assert_told(const struct machine *machine, const char *const subjects[])
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	size_t count = 0;

	add_machine(evidence, machine);
	report = xdc_report_new(evidence);
	for (size_t i = 0; i < report->findings->count; i++) {
		const struct xdc_finding *finding = &report->findings->items[i];

		if (strcmp(finding->id, ID) != 0)
			continue;
		assert_text(subjects[count], finding->subject);
		count++;
	}
	assert_null(subjects[count]);
}

#define TOLD(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING	  ((const char *const[]){ NULL })

static void test_an_option_that_dom0_needs_is_told(void **state)
{
	struct machine machine = { "aarch64", "6.1.0", FEATURES_DIRECT_MAPPED, NULL,
				   "CONFIG_X=y\n" };

	(void)state;
	assert_told(&machine, TOLD("CONFIG_SWIOTLB_XEN", "CONFIG_XEN_BACKEND"));
	machine.config = "CONFIG_SWIOTLB_XEN=y\n";
	assert_told(&machine, TOLD("CONFIG_XEN_BACKEND"));
	machine.config = "CONFIG_SWIOTLB_XEN=y\nCONFIG_XEN_BACKEND=y\n";
	assert_told(&machine, NOTHING);
	/* It may be anything. */
	machine.config = NULL;
	assert_told(&machine, NOTHING);
}

static void test_swiotlb_xen_is_needed_only_where_addresses_differ(void **state)
{
	const struct machine coloured = { "aarch64", "6.1.0", FEATURES_NOT_DIRECT_MAPPED, NULL,
					  "CONFIG_XEN_BACKEND=y\n" };
	const struct machine pv = { "x86_64", "6.1.0", "00000800\n", "PV\n",
				    "CONFIG_XEN_BACKEND=y\n" };
	const struct machine pvh = { "x86_64", "6.1.0", "00000800\n", "PVH\n",
				     "CONFIG_XEN_BACKEND=y\n" };

	(void)state;
	assert_told(&coloured, NOTHING);
	assert_told(&pv, TOLD("CONFIG_SWIOTLB_XEN"));
	assert_told(&pvh, NOTHING);
}

static void test_whoever_is_not_dom0_needs_none(void **state)
{
	const struct machine guest = { "aarch64", "6.1.0", FEATURES_GUEST, NULL, "CONFIG_X=y\n" };
	const struct machine bare = { "aarch64", "6.1.0", NULL, NULL, "CONFIG_X=y\n" };

	(void)state;
	assert_told(&guest, NOTHING);
	assert_told(&bare, NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_option_that_dom0_needs_is_told),
		cmocka_unit_test(test_swiotlb_xen_is_needed_only_where_addresses_differ),
		cmocka_unit_test(test_whoever_is_not_dom0_needs_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
