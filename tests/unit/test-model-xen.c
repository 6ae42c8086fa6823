/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_nothing_asked_is_nothing_known(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_int_equal(model->xen.hypervisor, XDC_STATUS_UNSUPPORTED);
	assert_int_equal(model->xen.xenstore, XDC_STATUS_UNSUPPORTED);
	assert_string_equal(model->xen.hypervisor_detail, "");
	assert_int_equal(model->xen.drives_iommu, XDC_UNKNOWN);
	assert_int_equal(model->xen.dom0_is_named, XDC_UNKNOWN);
	assert_int_equal(model->xen.domctl, -1);
	assert_int_equal(model->xen.sysctl, -1);
	assert_null(model->xen.tools_release);
	assert_null(model->xen.tools);
}

static void test_what_the_hypervisor_says_is_read(void **state)
{
	const struct xdc_record silent = { "xenstore", "helper", "no answer\x1b",
					   "",	       0,	 XDC_STATUS_TIMEOUT };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	xdc_evidence_add(evidence, &silent);
	add_record(evidence, "xen", XDC_STATUS_OK, "");
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=21\nsysctl=20\n");
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=1\n");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK, "0/name=Domain-0\n");
	add_record(evidence, "tools", XDC_STATUS_OK,
		   "xl_release=4.17\nxl_libxenctrl=/usr/lib/libxenctrl.so.4.17\n"
		   "xl_binary=/usr/sbin/xl\\x1b\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->xen.hypervisor, XDC_STATUS_OK);
	assert_int_equal(model->xen.domctl, 21);
	assert_int_equal(model->xen.sysctl, 20);
	assert_int_equal(model->xen.drives_iommu, XDC_YES);
	assert_int_equal(model->xen.xenstore, XDC_STATUS_TIMEOUT);
	assert_string_equal(model->xen.xenstore_detail, "no answer\\x1b");
	assert_int_equal(model->xen.dom0_is_named, XDC_YES);
	assert_text(model->xen.tools_release, "4.17");
	assert_text(model->xen.tools_xl, "/usr/sbin/xl\\x1b");
	assert_int_equal(model->xen.tools->domctl, 0x15);
}

/* Not asked, its release tells what it speaks, where the table has it. */
static void test_the_release_stands_in_for_the_answer(void **state)
{
	xdc_autoevidence struct xdc_evidence *known = xdc_evidence_new();
	xdc_autoevidence struct xdc_evidence *unknown =
		evidence_with("file:/sys/hypervisor/version/minor", XDC_STATUS_OK, "99\n");
	xdc_automodel struct xdc_model *known_model = NULL, *unknown_model = NULL;

	(void)state;
	add_arm64_dom0(known, "6.1.0");
	known_model = xdc_model_new(known);
	assert_int_equal(known_model->xen.domctl, 0x15);
	assert_int_equal(known_model->xen.sysctl, 0x15);
	add_arm64_dom0(unknown, "6.1.0");
	unknown_model = xdc_model_new(unknown);
	assert_int_equal(unknown_model->xen.domctl, -1);
}

static void test_each_release_speaks_its_versions(void **state)
{
	const struct xdc_xen_interfaces *before = NULL;

	(void)state;
	for (unsigned int minor = 11; minor <= 22; minor++) {
		const struct xdc_xen_interfaces *own = xdc_xen_interfaces(4, minor);

		assert_non_null(own);
		assert_int_equal(own->minor, minor);
		/* They are counted up, never down. */
		if (before) {
			assert_true(own->domctl >= before->domctl);
			assert_true(own->sysctl >= before->sysctl);
		}
		before = own;
	}
	assert_null(xdc_xen_interfaces(4, 10));
	assert_null(xdc_xen_interfaces(4, 23));
	assert_null(xdc_xen_interfaces(5, 17));
}

static void test_running_daemons_have_a_release_and_a_library(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("tools", XDC_STATUS_OK,
			      "process=xenstored 115 4.14 /usr/lib/libxenctrl.so.4.14 (deleted)\n"
			      "process=x\\x1bl 7 4.99 /a b/libxenctrl.so.4.99\n"
			      "process=libvirtd 8 none\nprocess=xenopsd 9 !timeout\n");
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);
	const struct xdc_daemon *daemons = model->xen.daemons;

	(void)state;
	assert_int_equal(model->xen.n_daemons, 2);
	assert_string_equal(daemons[0].name, "xenstored");
	assert_string_equal(daemons[0].process, "115");
	assert_string_equal(daemons[0].library, "/usr/lib/libxenctrl.so.4.14");
	assert_true(daemons[0].replaced);
	assert_int_equal(daemons[0].speaks->domctl, 0x12);
	assert_string_equal(daemons[1].name, "x\\x1bl");
	assert_string_equal(daemons[1].library, "/a b/libxenctrl.so.4.99");
	assert_false(daemons[1].replaced);
	assert_null(daemons[1].speaks);
}

static void test_malformed_answers_are_no_answers(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:physinfo", XDC_STATUS_OK, "directio=-1\n");
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=99999999999\nsysctl=x\n");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_TIMEOUT, "0/name=x\n");
	add_record(evidence, "tools", XDC_STATUS_OK, "xl_release=4.\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->xen.drives_iommu, XDC_UNKNOWN);
	assert_int_equal(model->xen.domctl, -1);
	assert_int_equal(model->xen.sysctl, -1);
	assert_int_equal(model->xen.dom0_is_named, XDC_UNKNOWN);
	assert_null(model->xen.tools);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_asked_is_nothing_known),
		cmocka_unit_test(test_what_the_hypervisor_says_is_read),
		cmocka_unit_test(test_the_release_stands_in_for_the_answer),
		cmocka_unit_test(test_each_release_speaks_its_versions),
		cmocka_unit_test(test_running_daemons_have_a_release_and_a_library),
		cmocka_unit_test(test_malformed_answers_are_no_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
