/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/catalogue.h"
#include "unit-log.h"

static void a_line_for_each_entry(void **state)
{
	const struct log_unit *unit = *state;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	xdc_render_known(unit->catalogue, 100, out);
	text = unit_text(out);
	assert_true(xdc_text_starts_with(text, "ID "));
	assert_contains(text, "XDC-TOOLS-MISMATCH          error ");
	assert_true(widest_line(text) <= 100);
}

static void an_entry_is_told_in_full(void **state)
{
	const struct log_unit *unit = *state;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	xdc_render_entry(xdc_catalogue_find(unit->catalogue, "XDC-LLC-COLORS"), 80, out);
	text = unit_text(out);
	assert_true(xdc_text_starts_with(text, "error: XDC-LLC-COLORS\n"));
	assert_contains(text, "What it means\n");
	assert_contains(text, "confirmed by xen < 4.20\n");
	assert_contains(text, "ruled out by xen >= 4.20\n");
	assert_contains(text, "Looks like\n    libxl: error:");
	assert_contains(text, "Versions\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(a_line_for_each_entry),
		log_test(an_entry_is_told_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
