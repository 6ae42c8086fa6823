/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/catalogue.h"
#include "unit.h"

#define ENTRY(id)                                                                                  \
	"id: " id "\nseverity: info\ntitle: t\nwhere: any\npattern: literal text\n"                \
	"sample: literal text\nfrom: x\nno-sample: x\n"

static void the_builtin_one_is_whole_and_in_order(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_builtin();

	(void)state;
	assert_true(catalogue->count > 80);
	assert_int_equal(catalogue->n_errors, 0);
	assert_int_equal(xdc_catalogue_check_ids(catalogue), 0);
	for (size_t i = 1; i < catalogue->count; i++)
		assert_true(strcmp(catalogue->entries[i - 1]->id, catalogue->entries[i]->id) < 0);
}

static void entries_are_found_whatever_the_case(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_builtin();

	(void)state;
	assert_non_null(xdc_catalogue_find(catalogue, "XDC-TOOLS-MISMATCH"));
	assert_non_null(xdc_catalogue_find(catalogue, "xdc-tools-mismatch"));
	assert_null(xdc_catalogue_find(catalogue, "XDC-TOOLS"));
	assert_null(xdc_catalogue_find(catalogue, ""));
}

static void a_typing_error_is_seen_through(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_builtin();

	(void)state;
	assert_text(xdc_catalogue_nearest(catalogue, "XDC-TOOLS-MISMTACH"), "XDC-TOOLS-MISMATCH");
	assert_text(xdc_catalogue_nearest(catalogue, "no-bridge"), "XDC-NO-BRIDGE");
	assert_null(xdc_catalogue_nearest(catalogue, "something quite different"));
}

static void an_id_is_taken_once(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();

	(void)state;
	assert_int_equal(xdc_catalogue_add(catalogue, "a.entry", ENTRY("XDC-A")), 0);
	assert_true(xdc_catalogue_add(catalogue, "b.entry", ENTRY("XDC-A")) < 0);
	assert_contains(catalogue->errors[0], "b.entry:1: the id XDC-A is taken, by a.entry");
	assert_int_equal(catalogue->count, 1);
}

static void ids_that_are_named_have_to_be_there(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();

	(void)state;
	xdc_catalogue_add(
		catalogue, "a.entry",
		ENTRY("XDC-A") "follows: XDC-NONE, any\ncause: c\nconfirm: seen XDC-NOT\n");
	assert_true(xdc_catalogue_check_ids(catalogue) < 0);
	assert_int_equal(catalogue->n_errors, 2);
	assert_contains(catalogue->errors[0], "follows: there is no entry XDC-NONE");
	assert_contains(catalogue->errors[1], "seen: there is no entry XDC-NOT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_builtin_one_is_whole_and_in_order),
		cmocka_unit_test(entries_are_found_whatever_the_case),
		cmocka_unit_test(a_typing_error_is_seen_through),
		cmocka_unit_test(an_id_is_taken_once),
		cmocka_unit_test(ids_that_are_named_have_to_be_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
