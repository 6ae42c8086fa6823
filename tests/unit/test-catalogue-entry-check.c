/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/catalogue.h"
#include "unit.h"

#define HEAD                                                                                       \
	"id: XDC-TEST\nseverity: error\ntitle: t\nwhere: any\ncause: c\n"                          \
	"no-sample: something else\n"

static void assert_refused(const char *text, const char *why)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();

	assert_true(xdc_catalogue_add(catalogue, "a.entry", text) < 0);
	assert_int_equal(catalogue->n_errors, 1);
	assert_int_equal(catalogue->count, 0);
	assert_contains(catalogue->errors[0], why);
}

static void a_whole_entry_is_taken(void **state)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();

	(void)state;
	assert_int_equal(xdc_catalogue_add(catalogue, "a.entry",
					   HEAD "pattern: literal text\nsample: a literal text\n"
						"from: a log\n"),
			 0);
	assert_true(catalogue->entries[0]->local);
}

static void what_is_missing_is_named(void **state)
{
	(void)state;
	assert_refused("severity: info\n", "id: is missing");
	assert_refused("id: XDC-A\n", "title: is missing");
	assert_refused("id: XDC-A\ntitle: t\n", "where: is missing");
	assert_refused("id: XDC-A\ntitle: t\nwhere: any\n", "pattern: is missing");
	assert_refused("id: XDC-A\ntitle: t\nwhere: any\nseverity: error\npattern: literal\n",
		       "cause: is missing");
	assert_refused(HEAD "pattern: literal\n", "sample: is missing");
	assert_refused(HEAD "pattern: literal\nsample: literal\n", "where is it from?");
}

static void samples_have_to_agree(void **state)
{
	(void)state;
	assert_refused(HEAD "pattern: literal text\nsample: other text\nfrom: x\n",
		       "a.entry:8: sample: no pattern matches it");
	assert_refused(HEAD "pattern: something else\nsample: something else\nfrom: x\n",
		       "a.entry:6: no-sample: a pattern matches it");
}

static void patterns_have_to_compile_and_end(void **state)
{
	(void)state;
	assert_refused(HEAD "pattern: literal [z-a]\nsample: literal\nfrom: x\n",
		       "a.entry:7: pattern: at character");
	assert_refused(HEAD "pattern: literal (a+)+b\nsample: literal aab\nfrom: x\n",
		       "backtracks without bound");
	assert_refused(HEAD "pattern: (.*,)*literal .*x.*y.*z\nsample: literal xyz\nfrom: x\n",
		       "backtracks without bound");
}

static void conditions_on_captures_count(void **state)
{
	(void)state;
	assert_refused(HEAD
		       "pattern: literal (?<n>[0-9]+)\nwhen: $n > 5\nsample: literal 3\nfrom: x\n",
		       "no pattern matches it");
	assert_refused(HEAD
		       "pattern: literal (?<n>[0-9]+)\nwhen: root\nsample: literal 3\nfrom: x\n",
		       "only what the pattern captures");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_entry_is_taken),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(samples_have_to_agree),
		cmocka_unit_test(patterns_have_to_compile_and_end),
		cmocka_unit_test(conditions_on_captures_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
