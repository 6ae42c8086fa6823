/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A guest whose device tree has a xen,grant-dma node of that status. */
static struct xdc_report *grant_report(const char *status, const char *config, bool legacy)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct dt dt;

	dt_start(&dt);
	dt_begin_iommu(&dt, "xen_iommu", "xen,grant-dma", 1);
	dt_text(&dt, "status", status);
	dt_end(&dt);
	dt_begin(&dt, "virtio@1");
	if (legacy)
		DT_CELLS(&dt, "xen,backend-domid", 0);
	else
		DT_CELLS(&dt, "iommus", 1, 0);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_machine(evidence,
		    &(struct machine){ "aarch64", "6.1.0", FEATURES_GUEST, NULL, config });
	return xdc_report_new(evidence);
}

static void assert_told(const char *status, const char *config, bool legacy, const char *id,
			const char *subject)
{
	static const char *const ids[] = { "XDC-GRANT-NODE-DISABLED", "XDC-GRANT-NO-DRIVER",
					   "XDC-GRANT-LEGACY" };
	xdc_autoreport struct xdc_report *report = grant_report(status, config, legacy);

	for (size_t i = 0; i < XDC_ARRAY_SIZE(ids); i++)
		assert_int_equal(count_findings(report, ids[i]), id && strcmp(ids[i], id) == 0);
	if (id)
		assert_string_equal(find_finding(report, id)->subject, subject);
}

#define WITH "CONFIG_XEN_GRANT_DMA_OPS=y\n"

static void test_what_keeps_grants_from_being_taken_is_told(void **state)
{
	(void)state;
	assert_told("disabled", WITH, false, "XDC-GRANT-NODE-DISABLED", "/xen_iommu");
	assert_told("okay", "CONFIG_XEN=y\n", false, "XDC-GRANT-NO-DRIVER", "/xen_iommu");
	assert_told("okay", WITH, true, "XDC-GRANT-LEGACY", "/virtio@1");
}

static void test_nothing_is_told_where_grants_are_taken_or_nobody_knows(void **state)
{
	(void)state;
	assert_told("okay", WITH, false, NULL, NULL);
	assert_told("okay", NULL, false, NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_keeps_grants_from_being_taken_is_told),
		cmocka_unit_test(test_nothing_is_told_where_grants_are_taken_or_nobody_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
