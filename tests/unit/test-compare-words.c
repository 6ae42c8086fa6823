/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_words_change *words_of(const struct xdc_comparison *c, const char *name)
{
	for (size_t i = 0; i < c->n_words; i++)
		if (strcmp(c->words[i].name, name) == 0)
			return &c->words[i];
	return NULL;
}

static const struct xdc_words_change *compare(struct two *two, const char *before,
					      const char *after)
{
	add_file(two->evidence[0], "/proc/cmdline", before);
	add_file(two->evidence[1], "/proc/cmdline", after);
	return words_of(two_compare(two), "command_line");
}

static void test_words_are_told_in_their_order(void **state)
{
	const struct xdc_words_change *w = compare(*state, "b  quiet a\n", "z quiet iommu=1 c\n");

	assert_non_null(w);
	assert_int_equal(w->n_gone, 2);
	assert_text(w->gone[0], "b");
	assert_text(w->gone[1], "a");
	assert_int_equal(w->n_added, 3);
	assert_text(w->added[0], "z");
	assert_text(w->added[1], "iommu=1");
	assert_text(w->added[2], "c");
	assert_false(w->reordered);
}

static void test_a_word_that_stands_once_more_is_new(void **state)
{
	const struct xdc_words_change *w = compare(*state, "a b\n", "a b a\n");

	assert_non_null(w);
	assert_int_equal(w->n_gone, 0);
	assert_int_equal(w->n_added, 1);
	assert_text(w->added[0], "a");
}

/* The last of several counts, so their order matters. */
static void test_another_order_is_told(void **state)
{
	const struct xdc_words_change *w = compare(*state, "a=1 a=2\n", "a=2 a=1\n");

	assert_non_null(w);
	assert_true(w->reordered);
	assert_int_equal(w->n_gone + w->n_added, 0);
}

static void test_quotes_hold_a_word_together(void **state)
{
	const struct xdc_words_change *w =
		compare(*state, "x=\"a b\" c\n", "x=\"a d\" c \"open end\n");

	assert_non_null(w);
	assert_int_equal(w->n_gone, 1);
	assert_text(w->gone[0], "x=\"a b\"");
	assert_int_equal(w->n_added, 2);
	assert_text(w->added[1], "\"open end");
}

static void test_blanks_alone_are_no_difference(void **state)
{
	assert_null(compare(*state, "  a  b \n", "a b\n"));
}

static void test_a_line_that_could_not_be_read_is_not_known(void **state)
{
	struct two *two = *state;
	const struct xdc_words_change *w;

	add_file(two->evidence[0], "/proc/cmdline", "quiet\n");
	w = words_of(two_compare(two), "command_line");
	assert_non_null(w);
	assert_int_equal(w->n_gone, 0);
	assert_unread(&w->unread, XDC_SIDE_AFTER, "file:/proc/cmdline");
}

static void test_xen_says_its_command_line_and_features(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_record(two->evidence[0], "xen:version", XDC_STATUS_OK, "command_line=dom0_mem=1G a\n");
	add_record(two->evidence[1], "xen:version", XDC_STATUS_OK, "command_line=dom0_mem=2G a\n");
	add_record(two->evidence[1], FEATURES_KEY, XDC_STATUS_OK, FEATURES_NOT_DIRECT_MAPPED);
	for (size_t i = 0; i < 2; i++)
		add_arm64_dom0(two->evidence[i], "6.1.0");
	c = two_compare(two);
	assert_text(words_of(c, "xen_command_line")->gone[0], "dom0_mem=1G");
	assert_text(words_of(c, "xen_command_line")->added[0], "dom0_mem=2G");
	assert_text(words_of(c, "features")->gone[0], "direct_mapped");
	assert_text(words_of(c, "features")->added[0], "not_direct_mapped");
}

/* The role says that there is none: its features and command line are not gone one by one. */
static void test_without_xen_its_words_are_not_compared(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_arm64_dom0(two->evidence[0], "6.1.0");
	add_record(two->evidence[1], "file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
	c = two_compare(two);
	assert_null(words_of(c, "features"));
	assert_null(words_of(c, "xen_command_line"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_words_are_told_in_their_order),
		two_test(test_a_word_that_stands_once_more_is_new),
		two_test(test_another_order_is_told),
		two_test(test_quotes_hold_a_word_together),
		two_test(test_blanks_alone_are_no_difference),
		two_test(test_a_line_that_could_not_be_read_is_not_known),
		two_test(test_xen_says_its_command_line_and_features),
		two_test(test_without_xen_its_words_are_not_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
