/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit-preflight.h"

static json_t *render(const struct flown *flown)
{
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;
	json_t *json;

	assert_int_equal(xdc_render_preflight_json(flown->all, out), 0);
	text = unit_text(out);
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	return json;
}

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static const json_t *check_named(const json_t *guest, const char *id)
{
	size_t index;
	json_t *check;

	json_array_foreach(json_object_get(guest, "checks"), index,
			   check) if (strcmp(text_of(check, "id"), id) == 0) return check;
	return NULL;
}

static void test_what_was_found_is_there_with_its_types(void **state)
{
	unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), "memroy=1\n");
	json_t *json = render(&flown), *guest = json_array_get(json_object_get(json, "guests"), 0);
	const json_t *check = check_named(guest, "config-unknown-key");

	(void)state;
	assert_text(text_of(json, "schema"), "xen-dmacheck/1");
	assert_text(text_of(guest, "config"), "a.cfg");
	assert_text(text_of(guest, "name"), "g");
	assert_text(text_of(guest, "result"), "warn");
	assert_text(text_of(guest, "start"), "pass");
	assert_text(text_of(guest, "io_safe"), "safe");
	assert_text(text_of(check, "result"), "warning");
	assert_text(text_of(check, "about"), "start");
	assert_int_equal(json_integer_value(json_object_get(check, "line")), 4);
	assert_true(json_is_null(json_object_get(check_named(guest, "host-role"), "line")));
	json_decref(json);
}

static void test_what_is_not_known_is_null(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;
	json_t *json, *guest;

	(void)state;
	add_record(evidence, "guest:0", XDC_STATUS_UNSUPPORTED, "");
	flown = fly_guests(evidence, 1);
	json = render(&flown);
	guest = json_array_get(json_object_get(json, "guests"), 0);
	assert_true(json_is_null(json_object_get(guest, "name")));
	assert_text(text_of(guest, "result"), "unknown");
	assert_text(text_of(guest, "io_safe"), "unknown");
	json_decref(json);
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_found_is_there_with_its_types),
		cmocka_unit_test(test_what_is_not_known_is_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
