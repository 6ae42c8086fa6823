/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "unit.h"

/* What a live source answers to a request without a subject; the caller's. */
static struct xdc_evidence *ask(const struct xdc_live_options *options, enum xdc_request_type type)
{
	const struct xdc_request request = { .type = type };
	xdc_autosource struct xdc_source *source = xdc_source_live(options);
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	assert_int_equal(xdc_evidence_count(evidence), 1);
	return evidence;
}

static void assert_field(const struct xdc_evidence *evidence, const char *key, const char *name,
			 const char *expected)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);
	struct xdc_arena *arena = xdc_arena_new();

	assert_true(xdc_record_readable(record));
	assert_text(xdc_field_find(arena, record->data, name, NULL), expected);
	xdc_arena_free(arena);
}

static void test_the_time_is_the_clocks(void **state)
{
	const int64_t before = time(NULL);
	xdc_autoevidence struct xdc_evidence *evidence = ask(NULL, XDC_REQUEST_RECORDED);
	struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_true(model->host.recorded >= before);
	assert_true(model->host.recorded <= (int64_t)time(NULL));
	assert_field(evidence, "recorded", "version", XDC_VERSION);
	xdc_model_free(model);
}

static void test_a_time_that_is_given_is_taken(void **state)
{
	/* The first is a time like any other. */
	static const int64_t times[] = { 0, 1700000000 };
	static const char *const told[] = { "0", "1700000000" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(times); i++) {
		const struct xdc_live_options options = { .has_time = true, .time = times[i] };
		xdc_autoevidence struct xdc_evidence *evidence =
			ask(&options, XDC_REQUEST_RECORDED);

		assert_field(evidence, "recorded", "time", told[i]);
	}
}

static void test_the_kernel_and_the_host_are_named(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = ask(NULL, XDC_REQUEST_UNAME);
	struct utsname uts;

	(void)state;
	assert_int_equal(uname(&uts), 0);
	assert_field(evidence, "uname", "release", uts.release);
	assert_field(evidence, "uname", "machine", uts.machine);
	assert_field(evidence, "uname", "nodename", uts.nodename);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_time_is_the_clocks),
		cmocka_unit_test(test_a_time_that_is_given_is_taken),
		cmocka_unit_test(test_the_kernel_and_the_host_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
