/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"

static void entries_are_listed_and_read(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_file(*state, "/etc/xen-dmacheck/catalogue.d/b.entry", "id: XDC-B\n");
	tmp_file(*state, "/etc/xen-dmacheck/catalogue.d/a.entry", "id: XDC-A\n");
	tmp_file(*state, "/etc/xen-dmacheck/catalogue.d/a.entry.orig", "id: XDC-C\n");
	evidence = tmp_ask(*state, XDC_REQUEST_CATALOGUE, NULL, 0);
	assert_text(xdc_evidence_find(evidence, "catalogue")->data, "a.entry\nb.entry\n");
	assert_text(xdc_evidence_find(evidence, "catalogue:a.entry")->data, "id: XDC-A\n");
	assert_text(xdc_evidence_find(evidence, "catalogue:a.entry")->origin,
		    "/etc/xen-dmacheck/catalogue.d/a.entry");
	assert_null(xdc_evidence_find(evidence, "catalogue:a.entry.orig"));
}

static void none_are_none(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		tmp_ask(*state, XDC_REQUEST_CATALOGUE, NULL, 0);

	assert_int_equal(xdc_evidence_find(evidence, "catalogue")->status, XDC_STATUS_ABSENT);
}

static void what_is_too_large_is_no_entry(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_sparse(*state, "/etc/xen-dmacheck/catalogue.d/a.entry", 100000);
	evidence = tmp_ask(*state, XDC_REQUEST_CATALOGUE, NULL, 0);
	assert_int_equal(xdc_evidence_find(evidence, "catalogue:a.entry")->status,
			 XDC_STATUS_TRUNCATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(entries_are_listed_and_read),
		tree_test(none_are_none),
		tree_test(what_is_too_large_is_no_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
