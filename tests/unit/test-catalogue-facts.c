/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

static void the_machine_proves_tools_of_another_release(void **state)
{
	xdc_autoreport struct xdc_report *report = log_dom0(
		evidence_with("tools", XDC_STATUS_OK, "xl_release=4.20\nxl_binary=/usr/sbin/xl\n"));
	const struct xdc_explained_cause *cause = log_first(log_explain(*state, DENIED, report));

	assert_int_equal(cause->status, XDC_CAUSE_CONFIRMED);
	assert_contains(cause->because[0],
			"the hypervisor (Xen 4.17.5) speaks domctl 0x15 and sysctl 0x15");
	assert_contains(cause->because[1],
			"libxenctrl 4.20, loaded by /usr/sbin/xl) speak domctl 0x17");
}

static void the_machine_rules_them_out(void **state)
{
	xdc_autoreport struct xdc_report *report = log_dom0(xdc_evidence_new());
	const struct xdc_explanation *x = log_explain(*state, DENIED, report);

	assert_int_equal(x->items[0].causes[2].status, XDC_CAUSE_RULED_OUT);
	assert_contains(x->items[0].causes[2].text, "another Xen release");
}

/* From the log alone: where libxl's message stands, and a line with the hypervisor's release. */
static void the_log_proves_it_by_its_lines(void **state)
{
	const struct xdc_explained_cause *cause = log_first(
		log_explain(*state, "(XEN) Xen version 4.17.3 (Debian)\n" DENIED CANNOT, NULL));

	assert_int_equal(cause->status, XDC_CAUSE_CONFIRMED);
	assert_contains(cause->because[0], "Xen 4.17 (line 1), which speaks domctl 0x15");
	assert_contains(cause->because[1], "the tools are of Xen 4.18");
	assert_contains(cause->because[1], "domctl 0x16");
}

/* Numbers of one release say nothing of a development version. */
static void one_release_rules_nothing_out(void **state)
{
	const struct xdc_explained_cause *cause = log_first(
		log_explain(*state, "(XEN) Xen version 4.18.0 (x)\n" DENIED CANNOT, NULL));

	assert_int_equal(cause->status, XDC_CAUSE_POSSIBLE);
}

static void the_log_alone_leaves_it_possible(void **state)
{
	assert_int_equal(log_first(log_explain(*state, DENIED, NULL))->status, XDC_CAUSE_POSSIBLE);
}

/* A log that names Xen 4.18 is not of this machine. */
static void another_machine_proves_nothing(void **state)
{
	xdc_autoreport struct xdc_report *report = log_dom0(
		evidence_with("tools", XDC_STATUS_OK, "xl_release=4.20\nxl_binary=/usr/sbin/xl\n"));
	const struct xdc_explanation *x =
		log_explain(*state, "(XEN) Xen version 4.18.0 (x)\n" DENIED, report);

	assert_int_equal(log_first(x)->status, XDC_CAUSE_POSSIBLE);
	assert_contains(x->notes[0], "another release");
}

static void the_iommu_is_asked_of_the_machine_first(void **state)
{
	static const char line[] =
		"libxl: error: a.c:1:f: PCI device 0000:03:00.0 cannot be assigned - no IOMMU?\n";
	xdc_autoreport struct xdc_report *report = log_dom0(xdc_evidence_new());
	const struct xdc_explained_cause *cause = log_first(log_explain(*state, line, report));

	assert_int_equal(cause->status, XDC_CAUSE_CONFIRMED);
	assert_contains(cause->because[0], "physinfo");
}

static void xenstored_that_answers_is_not_down(void **state)
{
	xdc_autoreport struct xdc_report *report =
		log_dom0(evidence_with("xenstore", XDC_STATUS_TIMEOUT, ""));
	const struct xdc_explained_cause *cause =
		log_first(log_explain(*state,
				      "libxl: error: a.c:1:f: killing execution of "
				      "/etc/xen/scripts/block add because of timeout\n",
				      report));

	assert_int_equal(cause->status, XDC_CAUSE_CONFIRMED);
	assert_contains(cause->because[0], "does not answer");
}

static void the_kernel_decides_by_its_version(void **state)
{
	static const char line[] = "[ 0.9] pc : xen_swiotlb_alloc_coherent+0x58/0x1b8\n";
	xdc_autoreport struct xdc_report *report = log_dom0(xdc_evidence_new());
	const struct xdc_explained_cause *cause = log_first(log_explain(*state, line, report));

	assert_int_equal(cause->status, XDC_CAUSE_RULED_OUT);
	assert_contains(cause->because[0], "Linux is 6.1 (this machine)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(the_machine_proves_tools_of_another_release),
		log_test(the_machine_rules_them_out),
		log_test(the_log_proves_it_by_its_lines),
		log_test(one_release_rules_nothing_out),
		log_test(the_log_alone_leaves_it_possible),
		log_test(another_machine_proves_nothing),
		log_test(the_iommu_is_asked_of_the_machine_first),
		log_test(xenstored_that_answers_is_not_down),
		log_test(the_kernel_decides_by_its_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
