/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <string.h>

#include "render/catalogue.h"
#include "unit-log.h"

static json_t *load(FILE *out)
{
	xdc_autofree char *text = unit_text(out);
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(json);
	return json;
}

static void matches_have_causes_first(void **state)
{
	FILE *out = unit_stream();
	json_t *json, *match;

	assert_int_equal(xdc_render_log_json(log_explain(*state, "x\n" DENIED CANNOT, NULL), out),
			 0);
	json = load(out);
	match = json_array_get(json_object_get(json, "matches"), 0);
	assert_text(json_string_value(json_object_get(json, "schema")), "xen-dmacheck-log/1");
	assert_text(json_string_value(json_object_get(json, "libxl")), "4.18.x");
	assert_text(json_string_value(json_object_get(match, "id")), "XDC-TOOLS-MISMATCH");
	assert_int_equal(json_integer_value(json_object_get(match, "line")), 2);
	assert_true(json_is_null(json_object_get(match, "consequence_of")));
	match = json_array_get(json_object_get(json, "matches"), 1);
	assert_text(json_string_value(json_object_get(match, "consequence_of")),
		    "XDC-TOOLS-MISMATCH");
	json_decref(json);
}

static void bytes_that_are_no_text_are_taken(void **state)
{
	FILE *out = unit_stream();
	json_t *json;

	assert_int_equal(
		xdc_render_log_json(log_explain(*state,
						"script: Could not find bridge device \xff\x01\n",
						NULL),
				    out),
		0);
	json = load(out);
	assert_int_equal(json_array_size(json_object_get(json, "matches")), 1);
	json_decref(json);
}

static void one_entry_or_all(void **state)
{
	const struct log_unit *unit = *state;
	FILE *all = unit_stream(), *one = unit_stream();
	json_t *json;

	xdc_render_known_json(unit->catalogue, NULL, all);
	json = load(all);
	assert_int_equal(json_array_size(json_object_get(json, "entries")), unit->catalogue->count);
	json_decref(json);
	xdc_render_known_json(unit->catalogue, unit->catalogue->entries[3], one);
	json = load(one);
	assert_int_equal(json_array_size(json_object_get(json, "entries")), 1);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(matches_have_causes_first),
		log_test(bytes_that_are_no_text_are_taken),
		log_test(one_entry_or_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
