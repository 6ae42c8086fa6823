/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_comparison *compare(struct two *two, const char *before, const char *after)
{
	add_record(two->evidence[0], "kernel-config", XDC_STATUS_OK, before);
	add_record(two->evidence[1], "kernel-config", XDC_STATUS_OK, after);
	return two_compare(two);
}

static void assert_option(const struct xdc_option_change *o, const char *name, const char *before,
			  const char *after, bool matters)
{
	assert_text(o->name, name);
	assert_text(o->before, before);
	assert_text(o->after, after);
	assert_int_equal(o->matters, matters);
}

static void test_options_are_compared_by_name(void **state)
{
	const struct xdc_comparison *c =
		compare(*state,
			"# a comment\nCONFIG_Z=m\nCONFIG_SAME=y\nCONFIG_SWIOTLB_XEN=y\n"
			"CONFIG_TEXT=\"a=b\"\n",
			"CONFIG_TEXT=\"a=c\"\nCONFIG_SAME=y\nCONFIG_Z=y\n"
			"# CONFIG_SWIOTLB_XEN is not set\nCONFIG_A=y\n");

	assert_int_equal(c->n_options, 4);
	assert_option(&c->options[0], "CONFIG_A", "n", "y", false);
	assert_option(&c->options[1], "CONFIG_SWIOTLB_XEN", "y", "n", true);
	assert_option(&c->options[2], "CONFIG_TEXT", "\"a=b\"", "\"a=c\"", false);
	assert_option(&c->options[3], "CONFIG_Z", "m", "y", false);
	assert_int_equal(c->of_host.differ, 4);
}

/* As xdc_host_config() has it. */
static void test_the_first_of_a_name_counts(void **state)
{
	const struct xdc_comparison *c = compare(*state, "CONFIG_A=y\nCONFIG_A=n\nCONFIG_B=n\n",
						 "CONFIG_A=y\nCONFIG_A=m\nCONFIG_A=m\n");

	assert_int_equal(c->n_options, 0);
}

static void test_behind_a_cut_nothing_is_known(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_record(two->evidence[0], "kernel-config", XDC_STATUS_TRUNCATED, "CONFIG_A=y\n");
	add_record(two->evidence[1], "kernel-config", XDC_STATUS_OK, "CONFIG_A=m\nCONFIG_B=y\n");
	c = two_compare(two);
	assert_int_equal(c->n_options, 1);
	assert_option(&c->options[0], "CONFIG_A", "y", "m", false);
}

static void test_one_configuration_alone_tells_nothing(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_record(two->evidence[0], "kernel-config", XDC_STATUS_OK, "CONFIG_A=y\n");
	add_record(two->evidence[1], "kernel-config", XDC_STATUS_ABSENT, "");
	c = two_compare(two);
	assert_int_equal(c->n_options, 0);
	assert_int_equal(c->n_evidence, 1);
	assert_text(c->evidence[0].key, "kernel-config");
}

static void test_hostile_names_are_escaped(void **state)
{
	const struct xdc_comparison *c = compare(*state, "CONFIG_\x1b=\x9b\n", "");

	assert_int_equal(c->n_options, 1);
	assert_option(&c->options[0], "CONFIG_\\x1b", "\\x9b", "n", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_options_are_compared_by_name),
		two_test(test_the_first_of_a_name_counts),
		two_test(test_behind_a_cut_nothing_is_known),
		two_test(test_one_configuration_alone_tells_nothing),
		two_test(test_hostile_names_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
