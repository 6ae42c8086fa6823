/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <string.h>

#include "unit-watch.h"

static json_t *render(const struct xdc_watch_view *view)
{
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;
	json_t *json;

	assert_int_equal(xdc_render_watch_json(view, 0, out), 0);
	text = unit_text(out);
	/* One line, and nothing behind it. */
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	return json;
}

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void test_an_object_for_an_interval(void **state)
{
	const struct xdc_counters disk = { .maps = 4,
					   .bytes = 4096,
					   .bounces = 1,
					   .bounced_bytes = 1024,
					   .allocations = 2,
					   .allocated_bytes = 8192,
					   .partial = 1,
					   .seen = XDC_SEEN_SWIOTLB_XEN };
	struct watched watched;
	struct xdc_watch_view view;
	json_t *json, *device;

	(void)state;
	watched_begin(&watched);
	watched_add(&watched, PCI_PATH "0000:00:02.0", &disk);
	view = watched_view(&watched, 0);
	json = render(&view);
	assert_text(text_of(json, "schema"), "xen-dmacheck-watch/1");
	assert_text(text_of(json, "time"), "1970-01-01T00:00:00Z");
	assert_true(json_number_value(json_object_get(json, "seconds")) == 2);
	assert_int_equal(json_array_size(json_object_get(json, "devices")), 1);
	device = json_array_get(json_object_get(json, "devices"), 0);
	assert_text(text_of(device, "path"), PCI_PATH "0000:00:02.0");
	assert_text(text_of(device, "name"), "0000:00:02.0");
	assert_text(text_of(device, "dma_path"), "swiotlb-xen");
	assert_text(text_of(device, "basis"), "inferred");
	assert_text(json_string_value(json_array_get(json_object_get(device, "seen"), 0)),
		    "swiotlb-xen");
	assert_true(json_is_false(json_object_get(device, "confined")));
	assert_int_equal(json_integer_value(json_object_get(device, "maps")), 4);
	assert_int_equal(json_integer_value(json_object_get(device, "bytes")), 4096);
	assert_int_equal(json_integer_value(json_object_get(device, "partial_maps")), 1);
	assert_true(json_number_value(json_object_get(device, "bytes_per_second")) == 2048);
	assert_true(json_number_value(json_object_get(device, "bounced_percent")) == 25);
	assert_int_equal(json_integer_value(json_object_get(device, "allocations")), 2);
	assert_int_equal(json_array_size(json_object_get(json, "idle")), 1);
	assert_text(json_string_value(json_array_get(json_object_get(json, "idle"), 0)),
		    "0000:00:03.0");
	assert_int_equal(json_array_size(json_object_get(json, "not_watched")), 0);
	json_decref(json);
	watched_end(&watched);
}

static void test_what_is_not_known_is_null(void **state)
{
	const struct xdc_counters some = { .allocations = 1 };
	const struct xdc_unwatched unwatched = { "swiotlb_bounced", "Operation not permitted" };
	static const char *const nulls[] = { "path",  "name",	  "dma_path",
					     "basis", "confined", "bounced_percent" };
	struct watched watched;
	struct xdc_watch_view view;
	json_t *json, *device;

	(void)state;
	watched_begin(&watched);
	watched_add(&watched, NULL, &some);
	watched_add(&watched, "/devices/\xff", &some);
	view = watched_view(&watched, 0);
	view.unwatched = &unwatched;
	view.n_unwatched = 1;
	json = render(&view);
	device = json_array_get(json_object_get(json, "devices"), 0);
	assert_text(text_of(device, "name"), "\\xff");
	device = json_array_get(json_object_get(json, "devices"), 1);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(nulls); i++)
		assert_true(json_is_null(json_object_get(device, nulls[i])));
	assert_int_equal(json_array_size(json_object_get(device, "seen")), 0);
	assert_text(text_of(json_array_get(json_object_get(json, "not_watched"), 0), "why"),
		    "Operation not permitted");
	json_decref(json);
	watched_end(&watched);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_object_for_an_interval),
		cmocka_unit_test(test_what_is_not_known_is_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
