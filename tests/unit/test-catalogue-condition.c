/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/condition.h"
#include "catalogue/pattern.h"
#include "unit.h"

static struct xdc_arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = xdc_arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	xdc_arena_free(arena);
	return 0;
}

static void terms_are_joined(void **state)
{
	struct xdc_condition condition;
	const char *error;

	(void)state;
	assert_int_equal(xdc_condition_parse(arena, "not xen-iommu and kernel >= 6.12 and $sz > 10",
					     &condition, &error),
			 0);
	assert_int_equal(condition.n_terms, 3);
	assert_int_equal(condition.terms[0].fact, XDC_FACT_XEN_IOMMU);
	assert_true(condition.terms[0].negated);
	assert_int_equal(condition.terms[1].fact, XDC_FACT_KERNEL);
	assert_int_equal(condition.terms[1].operation, XDC_OPERATOR_AT_LEAST);
	assert_text(condition.terms[1].value, "6.12");
	assert_int_equal(condition.terms[2].fact, XDC_FACT_CAPTURE);
	assert_text(condition.terms[2].name, "sz");
}

static void assert_refused(const char *text, const char *why)
{
	struct xdc_condition condition;
	const char *error = NULL;

	assert_true(xdc_condition_parse(arena, text, &condition, &error) < 0);
	assert_contains(error, why);
}

static void what_is_no_condition_is_refused(void **state)
{
	(void)state;
	assert_refused("xen-iomu", "no such fact");
	assert_refused("not ", "no such fact");
	assert_refused("", "a fact is missing");
	assert_refused("xen-iommu off", "stands behind it");
	assert_refused("kernel = 6.12", "compared by");
	assert_refused("kernel >= six", "no version");
	assert_refused("kernel", "none of");
	assert_refused("arch", "a word is missing");
	assert_refused("$sz ~ 3", "none of");
	assert_refused("$sz >", "nothing to compare");
	assert_refused("root and root and root and root", "too many");
}

static enum xdc_tri compare(const char *text)
{
	static const struct xdc_captures captures = {
		.names = { "sz", "error", "address", "used" },
		.values = { "1048576", "File exists", "0xfdf8020150", "1048576" },
		.count = 4,
	};
	struct xdc_condition condition;
	const char *error;

	assert_int_equal(xdc_condition_parse(arena, text, &condition, &error), 0);
	return xdc_term_compare(&condition.terms[0], &captures);
}

static void captures_are_compared(void **state)
{
	(void)state;
	assert_int_equal(compare("$sz > 262144"), XDC_YES);
	assert_int_equal(compare("$sz < 262144"), XDC_NO);
	assert_int_equal(compare("$used >= $sz"), XDC_YES);
	assert_int_equal(compare("$error = File exists"), XDC_YES);
	assert_int_equal(compare("$error = Permission denied"), XDC_NO);
	assert_int_equal(compare("$address in 0xfdf8000000-0xfdf8ffffff"), XDC_YES);
	assert_int_equal(compare("$address in 0xfee00000-0xfeefffff"), XDC_NO);
}

static void what_is_not_there_is_unknown(void **state)
{
	(void)state;
	assert_int_equal(compare("$other > 1"), XDC_UNKNOWN);
	assert_int_equal(compare("$sz > $other"), XDC_UNKNOWN);
	assert_int_equal(compare("$error > 1"), XDC_UNKNOWN);
	assert_int_equal(compare("$address in here"), XDC_UNKNOWN);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_arena(terms_are_joined),
		with_arena(what_is_no_condition_is_refused),
		with_arena(captures_are_compared),
		with_arena(what_is_not_there_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
