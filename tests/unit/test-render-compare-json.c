/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

static json_t *render(struct two *two, const struct xdc_comparison_options *options)
{
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();
	json_t *json;

	assert_int_equal(xdc_render_comparison_json(two_compare(two), options, out), 0);
	text = unit_text(out);
	assert_true(is_harmless(text));
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	return json;
}

static void test_no_difference_is_an_empty_document(void **state)
{
	static const char *const parts[] = { "host",	"words",    "kernel_options", "iommus",
					     "devices", "findings", "evidence" };
	const struct xdc_comparison_options options = { 0 };
	json_t *json;

	both_dom0(*state);
	json = render(*state, &options);
	assert_text(json_string_value(json_object_get(json, "schema")), "xen-dmacheck-diff/1");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(parts); i++) {
		const json_t *part = json_object_get(json, parts[i]);

		assert_true(json_is_array(part) || json_is_object(part));
		assert_int_equal(json_array_size(part) + json_object_size(part), 0);
	}
	json_decref(json);
}

static void test_values_keep_their_types(void **state)
{
	const struct xdc_comparison_options options = { .before = "a" };
	struct two *two = *state;
	int before, after, null, number;
	const char *role, *file;
	json_t *json;

	add_arm64_dom0(two->evidence[0], "6.1.0");
	add_file(two->evidence[1], "/sys/hypervisor/version/minor", "20\n");
	add_record(two->evidence[1], FEATURES_KEY, XDC_STATUS_OK, FEATURES_NOT_DIRECT_MAPPED);
	add_arm64_dom0(two->evidence[1], "6.12.0");
	json = render(two, &options);
	assert_int_equal(json_unpack(json, "{s:{s:{s:b,s:b,s:n}}}", "host", "direct_mapped",
				     "before", &before, "after", &after, "not_read"),
			 0);
	assert_true(before && !after);
	assert_int_equal(json_unpack(json, "{s:{s:{s:i}}}", "host", "domctl", "after", &number), 0);
	assert_int_equal(number, 23);
	assert_int_equal(json_unpack(json, "{s:{s:s},s:{s:n}}", "before", "file", &file, "after",
				     "file", &null),
			 0);
	assert_text(file, "a");
	assert_int_equal(json_unpack(json, "{s:{s:{s:[s]}}}", "words", "features", "new", &role),
			 0);
	assert_text(role, "not_direct_mapped");
	json_decref(json);
}

static void test_each_kind_of_change_is_there(void **state)
{
	const struct xdc_comparison_options options = { 0 };
	json_t *json, *value;
	size_t i, kinds[2] = { 0 };

	two_remedied(*state);
	both_dom0(*state);
	json = render(*state, &options);
	json_array_foreach(json_object_get(json, "devices"), i, value)
	{
		const char *change = json_string_value(json_object_get(value, "change"));

		kinds[0] += strcmp(change, "new") == 0;
		kinds[1] += strcmp(change, "changed") == 0;
	}
	assert_int_equal(kinds[0], 2);
	assert_int_equal(kinds[1], 1);
	assert_int_equal(json_array_size(json_object_get(json, "findings")), 2);
	json_decref(json);
}

/* A full disk must not look like success. */
static void test_a_stream_that_fails_is_an_error(void **state)
{
	const struct xdc_comparison_options options = { 0 };
	xdc_autofclose FILE *full = fopen("/dev/full", "we");

	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	assert_true(xdc_render_comparison_json(two_compare(*state), &options, full) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_no_difference_is_an_empty_document),
		two_test(test_values_keep_their_types),
		two_test(test_each_kind_of_change_is_there),
		two_test(test_a_stream_that_fails_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
