/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ID "XDC-TOOLS-MISMATCH"

/* A dom0 of Xen 4.17 in which all fits but for what @evidence says first. */
static struct xdc_report *dom0(struct xdc_evidence *evidence)
{
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=21\nsysctl=21\n");
	add_record(evidence, "tools", XDC_STATUS_OK,
		   "xl_release=4.17\nxl_binary=/usr/lib/xen-4.17/bin/xl\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void assert_silent(struct xdc_evidence *evidence)
{
	xdc_autoreport struct xdc_report *report = dom0(evidence);

	assert_null(find_finding(report, ID));
}

static void test_tools_of_another_release_are_told_with_both_versions(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("tools", XDC_STATUS_OK, "xl_release=4.20\nxl_binary=/usr/sbin/xl\n");
	xdc_autoreport struct xdc_report *report = dom0(evidence);
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(count_findings(report, ID), 1);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_contains(finding->because[0].text, "domctl 0x15 and sysctl 0x15");
	assert_contains(finding->because[1].text, "libxenctrl 4.20, loaded by /usr/sbin/xl");
	assert_contains(finding->because[1].text, "domctl 0x17 and sysctl 0x15");
	/* Only domctl differs: what works and what does not is told apart. */
	assert_contains(finding->because[2].text, "xl create is refused");
}

/* One of the two versions could not be read: nothing may stand there for it. */
static void test_a_version_not_known_is_not_made_up(void **state)
{
	xdc_autoreport struct xdc_report *report =
		dom0(evidence_with("xen:interfaces", XDC_STATUS_OK, "domctl=23\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_lacks(finding->because[0].text, "0xffff");
}

/* 4.19 and 4.20 speak the same: another release is no mismatch by itself. */
static void test_releases_that_speak_the_same_fit(void **state)
{
	struct xdc_evidence *evidence = evidence_with("tools", XDC_STATUS_OK, "xl_release=4.20\n");

	(void)state;
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=23\nsysctl=21\n");
	assert_silent(evidence);
}

static void test_a_release_nobody_knows_is_no_mismatch(void **state)
{
	static const char *const releases[] = { "4.99", "5", "x", "4.17.1", "-4.17", "" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(releases); i++) {
		char fields[32];

		snprintf(fields, sizeof(fields), "xl_release=%s\n", releases[i]);
		assert_silent(evidence_with("tools", XDC_STATUS_OK, fields));
	}
}

/* Debian's wrapper looks for the tools of the hypervisor that runs, and has not found them. */
static void test_a_wrapper_that_finds_no_tools(void **state)
{
	xdc_autoreport struct xdc_report *report =
		dom0(evidence_with("tools", XDC_STATUS_OK,
				   "xl=/usr/sbin/xl\nxl_wanted=4.17\nxl_binary!absent\n"
				   "process=xenstored 115 4.20 /usr/lib/libxenctrl.so.4.20\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(count_findings(report, ID), 1);
	assert_contains(finding->because[0].text, "the xl of Xen 4.17");
	assert_contains(finding->because[1].text, "xenstored (process 115)");
}

#define XL_417 "xl_release=4.17\nxl_binary=/usr/sbin/xl\n"

static struct xdc_evidence *daemons(const char *processes)
{
	char fields[1024];

	snprintf(fields, sizeof(fields), XL_417 "%s", processes);
	return evidence_with("tools", XDC_STATUS_OK, fields);
}

static void test_daemons_of_the_release_that_runs_fit(void **state)
{
	(void)state;
	assert_silent(daemons("process=xenstored 115 4.17 /usr/lib/libxenctrl.so.4.17\n"));
	/* None mapped, or nobody could look. */
	assert_silent(daemons("process=libvirtd 20 none\nprocess=xenstored 21 !denied\n"
			      "process=\nprocess=x\nprocess=x 1\nprocess=x 1 4.20\nprocess=\\q\n"));
}

/* Half an upgrade: hypervisor and xl are new, the daemons are not. */
static void test_a_daemon_that_the_hypervisor_refuses_is_an_error(void **state)
{
	xdc_autoreport struct xdc_report *report =
		dom0(daemons("process=xenstored 115 4.14 /usr/lib/libxenctrl.so.4.14 (deleted)\n"
			     "process=xenconsoled 116 4.17 /usr/lib/libxenctrl.so.4.17\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(count_findings(report, ID), 1);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_contains(finding->title, "half an upgrade");
	assert_int_equal(finding->n_because, 2);
	assert_string_equal(finding->because[0].text,
			    "xenstored (process 115) runs with libxenctrl 4.14, a file that has "
			    "been replaced since: the hypervisor refuses its control calls");
	assert_contains(finding->because[1].text, "xenstore set permissions failed");
	assert_contains(finding->advice[0], "reboot");
}

/* 4.19 and 4.20 speak the same: it works, and is not what was meant. */
static void test_a_daemon_of_another_release_that_is_heard_is_a_warning(void **state)
{
	struct xdc_evidence *evidence = evidence_with(
		"tools", XDC_STATUS_OK,
		"xl_release=4.20\nprocess=libvirtd 20 4.19 /usr/lib/libxenctrl.so.4.19\n");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=23\nsysctl=21\n");
	report = dom0(evidence);
	assert_non_null(find_finding(report, ID));
	assert_int_equal(find_finding(report, ID)->severity, XDC_SEVERITY_WARNING);
	assert_int_equal(find_finding(report, ID)->n_because, 1);
	assert_contains(find_finding(report, ID)->because[0].text, "another release than xl's");
}

/* An update within a release: worth knowing, and nothing is wrong. */
static void test_a_replaced_library_of_the_same_release_is_a_notice(void **state)
{
	xdc_autoreport struct xdc_report *report =
		dom0(daemons("process=xenstored 115 4.17 /usr/lib/libxenctrl.so.4.17 (deleted)\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
	assert_int_equal(finding->n_advice, 1);
	assert_contains(finding->advice[0], "Nothing at once");
}

/* Where xl does not fit either, it is one upgrade and one finding. */
static void test_daemons_are_told_with_xl_where_that_does_not_fit(void **state)
{
	xdc_autoreport struct xdc_report *report = dom0(evidence_with(
		"tools", XDC_STATUS_OK,
		"xl_release=4.20\nxl_binary=/usr/sbin/xl\n"
		"process=xenstored 115 4.17 /usr/lib/libxenctrl.so.4.17 (deleted)\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(count_findings(report, ID), 1);
	assert_int_equal(finding->severity, XDC_SEVERITY_ERROR);
	assert_int_equal(finding->n_because, 4);
	assert_contains(finding->because[3].text, "another release than xl's");
}

static void test_many_daemons_are_counted(void **state)
{
	xdc_autoreport struct xdc_report *report = dom0(
		daemons("process=xl 1 4.14 /l\nprocess=xl 2 4.14 /l\nprocess=xl 3 4.14 /l\n"
			"process=xl 4 4.14 /l\nprocess=xl 5 4.14 /l\nprocess=x\\x1b 6 4.14 /l\n"));
	const struct xdc_finding *finding = find_finding(report, ID);

	(void)state;
	assert_int_equal(finding->n_because, 5);
	assert_string_equal(finding->because[4].text, "so do 2 more");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tools_of_another_release_are_told_with_both_versions),
		cmocka_unit_test(test_a_version_not_known_is_not_made_up),
		cmocka_unit_test(test_releases_that_speak_the_same_fit),
		cmocka_unit_test(test_a_release_nobody_knows_is_no_mismatch),
		cmocka_unit_test(test_a_wrapper_that_finds_no_tools),
		cmocka_unit_test(test_daemons_of_the_release_that_runs_fit),
		cmocka_unit_test(test_a_daemon_that_the_hypervisor_refuses_is_an_error),
		cmocka_unit_test(test_a_daemon_of_another_release_that_is_heard_is_a_warning),
		cmocka_unit_test(test_a_replaced_library_of_the_same_release_is_a_notice),
		cmocka_unit_test(test_daemons_are_told_with_xl_where_that_does_not_fit),
		cmocka_unit_test(test_many_daemons_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
