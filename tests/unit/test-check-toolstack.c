/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define CAPABILITIES "file:/proc/xen/capabilities"

/* A dom0 of Xen 4.17 in which all is in order but for what @evidence says first. */
static struct xdc_report *dom0(struct xdc_evidence *evidence)
{
	add_record(evidence, CAPABILITIES, XDC_STATUS_OK, "control_d\n");
	add_record(evidence, "xen", XDC_STATUS_OK, "");
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=21\nsysctl=21\n");
	add_record(evidence, "xenstore", XDC_STATUS_OK, "");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK, "0/name=Domain-0\n");
	add_record(evidence, "tools", XDC_STATUS_OK,
		   "xl_release=4.17\nxl_binary=/usr/lib/xen-4.17/bin/xl\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static const char *const ids[] = {
	"XDC-XENFS-MISSING", "XDC-PRIVCMD-MISSING", "XDC-XENSTORED-DOWN",
	"XDC-INIT-DOM0",     "XDC-NOT-ROOT",	    "XDC-TOOLS-MISMATCH",
};

/* Of all these findings, @expected is made and no other; NULL: none is. */
static void assert_only(const struct xdc_report *report, const char *expected)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(ids); i++) {
		size_t count = expected && strcmp(ids[i], expected) == 0;

		if (count_findings(report, ids[i]) != count)
			fail_msg("%s: %zu", ids[i], count_findings(report, ids[i]));
	}
}

static void assert_told(struct xdc_evidence *evidence, const char *expected)
{
	xdc_autoreport struct xdc_report *report = dom0(evidence);

	assert_only(report, expected);
}

static void test_nothing_is_told_where_all_is_in_order(void **state)
{
	(void)state;
	assert_told(xdc_evidence_new(), NULL);
}

static void test_each_thing_missing_is_told_by_its_name(void **state)
{
	(void)state;
	assert_told(evidence_with(CAPABILITIES, XDC_STATUS_ABSENT, ""), "XDC-XENFS-MISSING");
	assert_told(evidence_with("xen", XDC_STATUS_ABSENT, ""), "XDC-PRIVCMD-MISSING");
	assert_told(evidence_with("xen", XDC_STATUS_DENIED, ""), "XDC-NOT-ROOT");
	assert_told(evidence_with("xenstore", XDC_STATUS_ABSENT, ""), "XDC-XENSTORED-DOWN");
	assert_told(evidence_with("xenstore", XDC_STATUS_TIMEOUT, ""), "XDC-XENSTORED-DOWN");
	assert_told(evidence_with("xenstore:/local/domain", XDC_STATUS_OK, "1/name=guest\n"),
		    "XDC-INIT-DOM0");
	assert_told(evidence_with("xenstore:/local/domain", XDC_STATUS_ABSENT, ""),
		    "XDC-INIT-DOM0");
}

static void assert_severity(struct xdc_evidence *evidence, const char *id,
			    enum xdc_severity severity)
{
	xdc_autoreport struct xdc_report *report = dom0(evidence);

	assert_non_null(find_finding(report, id));
	assert_string_equal(xdc_severity_name(find_finding(report, id)->severity),
			    xdc_severity_name(severity));
}

/* Not to be root is no fault of the machine's. */
static void test_what_keeps_the_toolstack_from_working_is_an_error(void **state)
{
	(void)state;
	assert_severity(evidence_with(CAPABILITIES, XDC_STATUS_ABSENT, ""), "XDC-XENFS-MISSING",
			XDC_SEVERITY_ERROR);
	assert_severity(evidence_with("xen", XDC_STATUS_ABSENT, ""), "XDC-PRIVCMD-MISSING",
			XDC_SEVERITY_ERROR);
	assert_severity(evidence_with("xenstore", XDC_STATUS_ABSENT, ""), "XDC-XENSTORED-DOWN",
			XDC_SEVERITY_ERROR);
	assert_severity(evidence_with("xenstore:/local/domain", XDC_STATUS_ABSENT, ""),
			"XDC-INIT-DOM0", XDC_SEVERITY_ERROR);
	assert_severity(evidence_with("xen", XDC_STATUS_DENIED, ""), "XDC-NOT-ROOT",
			XDC_SEVERITY_NOTICE);
}

/* Where the tools do not fit, it could not run: that is what to mend, and this comes of it. */
static void test_init_dom0_comes_second_where_the_tools_do_not_fit(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("tools", XDC_STATUS_OK, "xl_release=4.20\nxl_binary=/usr/sbin/xl\n");
	xdc_autoreport struct xdc_report *report = NULL, *alone = NULL;
	const struct xdc_finding *finding;

	(void)state;
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_ABSENT, "");
	report = dom0(evidence);
	finding = find_finding(report, "XDC-INIT-DOM0");
	assert_non_null(finding);
	assert_string_equal(report->findings->items[0].id, "XDC-TOOLS-MISMATCH");
	assert_int_equal(finding->severity, XDC_SEVERITY_WARNING);
	assert_contains(finding->because[1].text, "refused like them");
	assert_string_equal(finding->advice[0], "Mend XDC-TOOLS-MISMATCH first.");
	assert_contains(finding->advice[1], "xen-init-dom0");
	alone = dom0(evidence_with("xenstore:/local/domain", XDC_STATUS_ABSENT, ""));
	finding = find_finding(alone, "XDC-INIT-DOM0");
	assert_int_equal(finding->n_advice, 1);
	assert_lacks(finding->advice[0], "MISMATCH");
}

/* Not to have been asked, or refused, is no proof of anything. */
static void test_what_was_not_read_is_not_told_as_missing(void **state)
{
	(void)state;
	assert_told(evidence_with(CAPABILITIES, XDC_STATUS_DENIED, ""), NULL);
	assert_told(evidence_with("xen", XDC_STATUS_UNSUPPORTED, ""), NULL);
	assert_told(evidence_with("xenstore", XDC_STATUS_UNSUPPORTED, ""), NULL);
	assert_told(evidence_with("xenstore", XDC_STATUS_DENIED, ""), NULL);
	assert_told(evidence_with("xenstore:/local/domain", XDC_STATUS_DENIED, ""), NULL);
	assert_told(evidence_with("tools", XDC_STATUS_UNSUPPORTED, ""), NULL);
}

/* A xenstored that is down cannot tell whether xen-init-dom0 has run. */
static void test_one_cause_is_told_once(void **state)
{
	struct xdc_evidence *evidence = evidence_with("xenstore", XDC_STATUS_TIMEOUT, "");

	(void)state;
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_ABSENT, "");
	assert_told(evidence, "XDC-XENSTORED-DOWN");
}

static void test_a_guest_is_told_nothing_of_the_toolstack(void **state)
{
	struct xdc_evidence *evidence = evidence_with(CAPABILITIES, XDC_STATUS_OK, "");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_record(evidence, "xen", XDC_STATUS_ABSENT, "");
	add_record(evidence, "xenstore", XDC_STATUS_ABSENT, "");
	add_machine(evidence, &(struct machine){ "aarch64", "6.1.0", FEATURES_GUEST, NULL, NULL });
	report = xdc_report_new(evidence);
	assert_only(report, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_told_where_all_is_in_order),
		cmocka_unit_test(test_each_thing_missing_is_told_by_its_name),
		cmocka_unit_test(test_what_keeps_the_toolstack_from_working_is_an_error),
		cmocka_unit_test(test_init_dom0_comes_second_where_the_tools_do_not_fit),
		cmocka_unit_test(test_what_was_not_read_is_not_told_as_missing),
		cmocka_unit_test(test_one_cause_is_told_once),
		cmocka_unit_test(test_a_guest_is_told_nothing_of_the_toolstack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
