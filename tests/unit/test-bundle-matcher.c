/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "bundle/matcher.h"
#include "unit.h"

struct made {
	const char *word;
	unsigned int flags;
};

/* What is found in @text, as "word@start" between blanks; the caller's. */
static char *found(const struct made *words, size_t count, const char *text, size_t size)
{
	struct xdc_matcher *matcher = xdc_matcher_new();
	xdc_autofree struct xdc_match *matches = NULL;
	FILE *out = unit_stream();
	size_t n;

	for (size_t i = 0; i < count; i++)
		assert_true(xdc_matcher_add(matcher, words[i].word, strlen(words[i].word),
					    words[i].flags, words[i].word));
	xdc_matcher_build(matcher);
	n = xdc_matcher_find(matcher, text, size, &matches);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s%s@%zu", i ? " " : "", (const char *)matches[i].what,
			matches[i].start);
	xdc_matcher_free(matcher);
	return unit_text(out);
}

#define assert_found(text, expected, ...)                                                          \
	do {                                                                                       \
		const struct made words_[] = { __VA_ARGS__ };                                      \
		xdc_autofree char *is_ =                                                           \
			found(words_, XDC_ARRAY_SIZE(words_), text, strlen(text));                 \
		assert_string_equal(is_, expected);                                                \
	} while (0)

static void test_the_longest_of_the_first_is_found(void **state)
{
	(void)state;
	assert_found("she hers", "she@0 hers@4", { "he", 0 }, { "she", 0 }, { "hers", 0 });
	assert_found("aaaa", "aa@0 aa@2", { "aa", 0 });
	assert_found("abcd", "abcd@0", { "bc", 0 }, { "abcd", 0 });
	assert_found("xabcy", "bc@2", { "bc", 0 }, { "abcd", 0 });
	assert_found("", "", { "a", 0 });
}

static void test_a_word_stands_by_itself(void **state)
{
	(void)state;
	assert_found("alice malice alice2 alice-2 (alice)", "alice@0 alice@20 alice@29",
		     { "alice", XDC_MATCH_WORD });
	assert_found("keyboard hotkey", "key@12", { "key", XDC_MATCH_END });
	assert_found("keyboard hotkey", "key@0", { "key", XDC_MATCH_BEGIN });
	/* An escape is no letter before it. */
	assert_found("\\x09alice", "alice@4", { "alice", XDC_MATCH_WORD });
}

static void test_case_counts_where_it_is_asked_for(void **state)
{
	(void)state;
	assert_found("Alpha ALPHA", "alpha@0 alpha@6", { "alpha", 0 });
	assert_found("QWxp qwxp", "QWxp@0", { "QWxp", XDC_MATCH_CASE });
	/* Two that differ in case only: the one that is written so, else the first. */
	assert_found("web Web WEB", "web@0 Web@4 web@8", { "web", 0 }, { "Web", 0 });
}

static void test_a_nul_is_a_byte_as_others(void **state)
{
	static const char text[] = "a\0alice\0b";
	const struct made words[] = { { "alice", XDC_MATCH_WORD } };
	xdc_autofree char *is = found(words, 1, text, sizeof(text) - 1);

	(void)state;
	assert_string_equal(is, "alice@2");
}

static void test_an_empty_matcher_finds_nothing(void **state)
{
	struct xdc_matcher *matcher = xdc_matcher_new();
	xdc_autofree struct xdc_match *matches = NULL;

	(void)state;
	assert_false(xdc_matcher_add(matcher, "", 0, 0, NULL));
	xdc_matcher_build(matcher);
	assert_int_equal(xdc_matcher_find(matcher, "text", 4, &matches), 0);
	xdc_matcher_free(matcher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_longest_of_the_first_is_found),
		cmocka_unit_test(test_a_word_stands_by_itself),
		cmocka_unit_test(test_case_counts_where_it_is_asked_for),
		cmocka_unit_test(test_a_nul_is_a_byte_as_others),
		cmocka_unit_test(test_an_empty_matcher_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
