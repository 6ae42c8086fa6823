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

/* What becomes of "test: @term" on a dom0 where the record @key, if any, is @status and @data. */
static void assert_fact(const char *key, enum xdc_status status, const char *data, const char *term,
			enum xdc_cause_status expected, const char *because)
{
	struct log_unit unit = { .catalogue = xdc_catalogue_new() };
	xdc_autoreport struct xdc_report *report =
		log_dom0(key ? evidence_with(key, status, data) : xdc_evidence_new());
	const struct xdc_explained_cause *cause;
	xdc_autofree char *entry = NULL;

	assert_true(asprintf(&entry,
			     "id: XDC-TEST\nseverity: error\ntitle: It failed\nwhere: any\n"
			     "pattern: it failed here\ncause: this\ntest: %s\ndo: that\n"
			     "sample: it failed here\nfrom: a test\nno-sample: it worked\n",
			     term) > 0);
	assert_int_equal(xdc_catalogue_add(unit.catalogue, "a.entry", entry), 0);
	unit.reader = xdc_log_reader_new(unit.catalogue);
	cause = log_first(log_explain(&unit, "it failed here\n", report));
	assert_int_equal(cause->status, expected);
	if (because)
		assert_string_equal(cause->because[0], because);
	xdc_explanation_free(unit.explanation);
	xdc_log_reader_free(unit.reader);
	xdc_catalogue_free(unit.catalogue);
}

/* Each fact that the machine can tell: yes, no, and what could not be read proves nothing. */
static void each_fact_is_asked_of_the_machine(void **state)
{
	static const struct {
		const char *term, *key, *yes, *yes_because, *no, *no_because;
	} facts[] = {
		{ "lockdown", "file:/sys/kernel/security/lockdown", "none [integrity] x\n",
		  "this kernel's lockdown mode is integrity", "[none] integrity x\n",
		  "this kernel's lockdown mode is none" },
		{ "kernel-option quiet", "file:/proc/cmdline", "ro quiet\n",
		  "quiet stands on this kernel's command line", "ro\n",
		  "quiet does not stand on this kernel's command line" },
		{ "kernel-config XEN_GNTDEV", "kernel-config", "CONFIG_XEN_GNTDEV=m\n",
		  "this kernel has CONFIG_XEN_GNTDEV=m", "CONFIG_XEN=y\n",
		  "this kernel has CONFIG_XEN_GNTDEV=n" },
		{ "arch arm64", "uname", "release=6.1.0\nmachine=aarch64\n",
		  "this machine is arm64", "release=6.1.0\nmachine=x86_64\n",
		  "this machine is x86" },
		{ "kernel >= 6.6", "uname", "release=6.6.1\nmachine=aarch64\n",
		  "Linux is 6.6 (this machine)", "release=6.5.9\nmachine=aarch64\n",
		  "Linux is 6.5 (this machine)" },
		{ "kernel < 5.10", "uname", "release=5.9.1\nmachine=aarch64\n",
		  "Linux is 5.9 (this machine)", "release=6.1.0\nmachine=aarch64\n",
		  "Linux is 6.1 (this machine)" },
		{ "xen >= 4.18", "file:/sys/hypervisor/version/minor", "18\n",
		  "Xen is 4.18 (this machine)", "17\n", "Xen is 4.17 (this machine)" },
		{ "xen-iommu", "xen:physinfo", "directio=1\n",
		  "this machine's Xen drives an IOMMU (physinfo)", "directio=0\n",
		  "this machine's Xen drives no IOMMU (physinfo)" },
		{ "init-dom0-missing", "xenstore:/local/domain", "1/name=a\n",
		  "xenstore has no /local/domain/0/name", "0/name=Domain-0\n",
		  "xenstore has /local/domain/0/name" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(facts); i++) {
		assert_fact(facts[i].key, XDC_STATUS_OK, facts[i].yes, facts[i].term,
			    XDC_CAUSE_CONFIRMED, facts[i].yes_because);
		assert_fact(facts[i].key, XDC_STATUS_OK, facts[i].no, facts[i].term,
			    XDC_CAUSE_RULED_OUT, facts[i].no_because);
		assert_fact(facts[i].key, XDC_STATUS_DENIED, "", facts[i].term, XDC_CAUSE_POSSIBLE,
			    NULL);
	}
}

/* Where the way to the toolstack is cut, the record's status says it. */
static void each_way_to_the_toolstack_is_told_by_its_status(void **state)
{
	static const struct {
		const char *term, *key, *yes_because, *no_because;
	} ways[] = {
		{ "privcmd-missing", "xen", NULL,
		  "this machine's hypervisor answers through /dev/xen/privcmd" },
		{ "xenfs-missing", "file:/proc/xen/capabilities",
		  "/proc/xen/capabilities is not there", "/proc/xen/capabilities is there" },
		{ "xenstored-down", "xenstore", "xenstored does not run on this machine",
		  "this machine's xenstored answers" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(ways); i++) {
		assert_fact(ways[i].key, XDC_STATUS_ABSENT, "", ways[i].term, XDC_CAUSE_CONFIRMED,
			    ways[i].yes_because);
		assert_fact(NULL, XDC_STATUS_OK, "", ways[i].term, XDC_CAUSE_RULED_OUT,
			    ways[i].no_because);
		assert_fact(ways[i].key, XDC_STATUS_DENIED, "", ways[i].term, XDC_CAUSE_POSSIBLE,
			    NULL);
	}
}

static void a_dom0_without_an_iommu_of_its_own_rules_that_out(void **state)
{
	(void)state;
	assert_fact(NULL, XDC_STATUS_OK, "", "iommu-in-dom0", XDC_CAUSE_RULED_OUT,
		    "this machine's dom0 has no IOMMU of its own");
	assert_fact("file:/sys/hypervisor/type", XDC_STATUS_OK, "kvm\n", "iommu-in-dom0",
		    XDC_CAUSE_POSSIBLE, NULL);
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
		cmocka_unit_test(each_fact_is_asked_of_the_machine),
		cmocka_unit_test(each_way_to_the_toolstack_is_told_by_its_status),
		cmocka_unit_test(a_dom0_without_an_iommu_of_its_own_rules_that_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
