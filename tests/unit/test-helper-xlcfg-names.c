/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "helper/xlcfg.h"
#include "unit.h"

/* The keys of @text as "name:line" with blanks between, "+" behind those that add. */
static char *names_in(const char *text)
{
	struct xdc_xlcfg_name names[16];
	size_t count = xdc_xlcfg_names(text, strlen(text), names, XDC_ARRAY_SIZE(names));
	FILE *out = unit_stream();

	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s%s:%u%s", i ? " " : "", names[i].name, names[i].line,
			names[i].added ? "+" : "");
	return unit_text(out);
}

static void test_keys_are_what_is_assigned(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "a=1", "a:1" },
		{ "a = 'x'\nb=\"y\"; c.d_9 = 2\n", "a:1 b:2 c.d_9:2" },
		{ "# a = 1\nb=2 # c=3\n\nd=4", "b:2 d:4" },
		{ "a='b=1'\nc=\"d=\\\"e=2\"\nf=3", "a:1 c:2 f:3" },
		{ "l=[ 'a',\n 'b=1',\n[ 'c' ] ]\nm=1", "l:1 m:4" },
		{ "e += [ 'x' ]\nf+='y'", "e:1+ f:2+" },
		{ "a='open", "a:1" },
		{ "]=b\nc=1", "c:2" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autofree char *names = names_in(cases[i][0]);

		assert_string_equal(names, cases[i][1]);
	}
}

static void test_bounds(void **state)
{
	struct xdc_xlcfg_name names[2];
	char text[256];

	(void)state;
	assert_int_equal(xdc_xlcfg_names("a=1\nb=2\nc=3\n", 12, names, 2), 2);
	memset(text, 'k', 200);
	strcpy(text + 200, "=1");
	assert_int_equal(xdc_xlcfg_names(text, strlen(text), names, 2), 1);
	assert_int_equal(strlen(names[0].name), XDC_XLCFG_NAME_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_are_what_is_assigned),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
