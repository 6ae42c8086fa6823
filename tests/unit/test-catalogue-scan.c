/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/scan.h"
#include "unit.h"

struct counts {
	size_t count[8];
	size_t last_end;
};

static void count(void *arg, size_t literal, size_t end)
{
	struct counts *counts = arg;

	assert_true(end >= counts->last_end);
	counts->last_end = end;
	counts->count[literal]++;
}

static void overlapping_literals_are_all_found(void **state)
{
	static const char *const literals[] = { "domain", "domain creation", "creation",
						"ation fail" };
	static const char text[] = "domain creation fail; domain";
	struct xdc_scanner *scanner = xdc_scanner_new(literals, XDC_ARRAY_SIZE(literals));
	struct counts counts = { 0 };

	(void)state;
	xdc_scanner_run(scanner, text, strlen(text), count, &counts);
	assert_int_equal(counts.count[0], 2);
	assert_int_equal(counts.count[1], 1);
	assert_int_equal(counts.count[2], 1);
	assert_int_equal(counts.count[3], 1);
	xdc_scanner_free(scanner);
}

static void one_literal_twice_is_found_twice(void **state)
{
	static const char *const literals[] = { "abcabc", "abcabc" };
	struct xdc_scanner *scanner = xdc_scanner_new(literals, 2);
	struct counts counts = { 0 };

	(void)state;
	xdc_scanner_run(scanner, "abcabcabc", 9, count, &counts);
	assert_int_equal(counts.count[0], 2);
	assert_int_equal(counts.count[1], 2);
	xdc_scanner_free(scanner);
}

static size_t naive(const char *text, size_t size, const char *literal)
{
	size_t length = strlen(literal), found = 0;

	for (size_t i = 0; i + length <= size; i++)
		found += memcmp(text + i, literal, length) == 0;
	return found;
}

/* Against the obvious way, on texts of few letters, where much nearly matches. */
static void it_finds_what_the_obvious_way_finds(void **state)
{
	static const char *const literals[] = { "aababa", "babbaab", "abababab", "aaaaaa",
						"bbabba" };
	struct xdc_scanner *scanner = xdc_scanner_new(literals, XDC_ARRAY_SIZE(literals));
	uint32_t random = 12345;
	char text[2000];

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct counts counts = { 0 };

		for (size_t i = 0; i < sizeof(text); i++) {
			random = random * 1103515245 + 12345;
			text[i] = random >> 30 & 1 ? 'a' : 'b';
		}
		xdc_scanner_run(scanner, text, sizeof(text), count, &counts);
		for (size_t i = 0; i < XDC_ARRAY_SIZE(literals); i++)
			assert_int_equal(counts.count[i], naive(text, sizeof(text), literals[i]));
	}
	xdc_scanner_free(scanner);
}

static void short_and_empty_texts_hold_nothing(void **state)
{
	static const char *const literals[] = { "literal" };
	struct xdc_scanner *scanner = xdc_scanner_new(literals, 1);
	struct counts counts = { 0 };

	(void)state;
	xdc_scanner_run(scanner, "", 0, count, &counts);
	xdc_scanner_run(scanner, "litera", 6, count, &counts);
	assert_int_equal(counts.count[0], 0);
	xdc_scanner_free(scanner);
	scanner = xdc_scanner_new(NULL, 0);
	xdc_scanner_run(scanner, "literal", 7, count, &counts);
	xdc_scanner_free(scanner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(overlapping_literals_are_all_found),
		cmocka_unit_test(one_literal_twice_is_found_twice),
		cmocka_unit_test(it_finds_what_the_obvious_way_finds),
		cmocka_unit_test(short_and_empty_texts_hold_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
