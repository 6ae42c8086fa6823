/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/catalogue.h"
#include "unit-log.h"

static char *render(struct log_unit *unit, const char *log, size_t width)
{
	FILE *out = unit_stream();

	xdc_render_log(log_explain(unit, log, NULL), false, width, out);
	return unit_text(out);
}

static void the_cause_stands_first_and_what_to_do_with_it(void **state)
{
	xdc_autofree char *text = render(*state, CANNOT "x\n" DENIED CANNOT, 80);

	assert_true(xdc_text_starts_with(text, "error    Permission denied"));
	assert_contains(text, "    seen line 3: libxl: error:");
	assert_contains(text, "possible: The tools (libxenctrl) belong");
	assert_contains(text, "    id   XDC-TOOLS-MISMATCH\n");
	assert_contains(text, "Written by libxl 4.18.x");
	assert_true(widest_line(text) <= 80);
}

static void nothing_known_is_said_plainly(void **state)
{
	xdc_autofree char *text = render(*state, "one\ntwo\n", 80);

	assert_contains(text, "Nothing known was found in 2 lines.");
}

static void hostile_lines_are_harmless(void **state)
{
	xdc_autofree char *text =
		render(*state, "script: Could not find bridge device \x01\x9b\xe2\x80\xae\n", 80);

	assert_contains(text, "XDC-NO-BRIDGE");
	assert_true(is_harmless(text));
}

static void the_same_of_another_domain_is_told_shortly(void **state)
{
	xdc_autofree char *text = render(
		*state, "Parsing config from a\n" DENIED "Parsing config from b\n" DENIED, 80);

	assert_contains(text, "    also line 4:");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(the_cause_stands_first_and_what_to_do_with_it),
		log_test(nothing_known_is_said_plainly),
		log_test(hostile_lines_are_harmless),
		log_test(the_same_of_another_domain_is_told_shortly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
