/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* A report that has only findings. */
struct told {
	struct xdc_findings findings;
	struct xdc_report report;
};

static int setup(void **state)
{
	struct told *told = xdc_zalloc(sizeof(*told));

	told->findings.arena = xdc_arena_new();
	told->report.findings = &told->findings;
	*state = told;
	return 0;
}

static int teardown(void **state)
{
	struct told *told = *state;

	xdc_arena_free(told->findings.arena);
	free(told->findings.items);
	free(told);
	return 0;
}

static void add(struct told *told, enum xdc_severity severity, const char *subject,
		const char *title)
{
	struct xdc_finding *finding =
		xdc_finding_add(&told->findings, "XDC-TEST", severity, subject, title);

	xdc_finding_because(finding, "a first reason", "uname");
	xdc_finding_because(finding, "a second one", "uname");
	xdc_finding_advise(finding, "Do this.");
}

/* What is printed; the caller's. */
static char *print(const struct told *told, size_t width, bool color)
{
	const struct xdc_table_options options = { .width = width, .color = color };
	FILE *out = unit_stream();

	xdc_render_findings(&told->report, &options, out);
	return unit_text(out);
}

static void test_nothing_is_said_of_nothing(void **state)
{
	xdc_autofree char *text = print(*state, 80, false);

	assert_string_equal(text, "");
}

static void test_a_finding_has_title_reasons_advice_and_id(void **state)
{
	xdc_autofree char *text = NULL;

	add(*state, XDC_SEVERITY_ERROR, "0000:00:02.0", "It is broken");
	text = print(*state, 80, false);
	assert_string_equal(text, "\nerror    It is broken: 0000:00:02.0\n"
				  "    why  a first reason\n"
				  "         a second one\n"
				  "    do   Do this.\n"
				  "    id   XDC-TEST\n");
}

static void test_a_finding_about_the_machine_has_no_subject(void **state)
{
	xdc_autofree char *text = NULL;

	add(*state, XDC_SEVERITY_NOTICE, "", "It is so");
	text = print(*state, 80, false);
	assert_true(xdc_text_starts_with(text, "\nnotice   It is so\n"));
}

static void test_what_is_said_of_several_is_said_once(void **state)
{
	static const char *const names[] = { "0", "1", "2", "3", "4", "5", "6", "7" };
	xdc_autofree char *text = NULL;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		add(*state, XDC_SEVERITY_ERROR, names[i], "It is broken");
	text = print(*state, 80, false);
	assert_contains(text, "It is broken: 0, 1, 2, 3, 4, 5 and 2 more\n");
	assert_null(strstr(strstr(text, "XDC-TEST") + 1, "XDC-TEST"));
}

static void test_as_many_as_can_be_named_are(void **state)
{
	static const char *const names[] = { "0", "1", "2", "3", "4", "5" };
	xdc_autofree char *text = NULL;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		add(*state, XDC_SEVERITY_ERROR, names[i], "It is broken");
	text = print(*state, 80, false);
	assert_contains(text, "It is broken: 0, 1, 2, 3, 4, 5\n");
}

static void test_what_differs_is_said_apart(void **state)
{
	xdc_autofree char *text = NULL;

	add(*state, XDC_SEVERITY_ERROR, "0:1", "It is broken");
	add(*state, XDC_SEVERITY_WARNING, "0:2", "It is broken");
	add(*state, XDC_SEVERITY_WARNING, "0:3", "It is strange");
	text = print(*state, 80, false);
	assert_contains(text, "error    It is broken: 0:1\n");
	assert_contains(text, "warning  It is broken: 0:2\n");
	assert_contains(text, "warning  It is strange: 0:3\n");
}

static void test_long_texts_are_wrapped_behind_their_label(void **state)
{
	struct told *told = *state;
	xdc_autofree char *text = NULL;

	add(told, XDC_SEVERITY_ERROR, "a", "It is broken");
	xdc_finding_advise(&told->findings.items[0],
			   "A longer piece of advice that goes over more than one line of a "
			   "narrow terminal.");
	text = print(told, 40, false);
	assert_in_range(widest_line(text), 30, 40);
	assert_contains(text, "\n         A longer piece of advice that\n         goes");
}

static void test_the_colour_is_the_severity_s(void **state)
{
	xdc_autofree char *text = NULL;

	add(*state, XDC_SEVERITY_ERROR, "0:1", "It is broken");
	add(*state, XDC_SEVERITY_WARNING, "0:2", "It is broken");
	text = print(*state, 80, true);
	assert_contains(text, "\033[31merror\033[0m    It is broken: 0:1");
	assert_contains(text, "\033[33mwarning\033[0m  It is broken: 0:2");
}

/* Only as a word is it named by the title. */
static void test_a_short_subject_is_named_though_the_title_has_its_letters(void **state)
{
	xdc_autofree char *text = NULL;

	add(*state, XDC_SEVERITY_ERROR, "is", "This device is broken");
	add(*state, XDC_SEVERITY_ERROR, "oken", "This device is broken");
	text = print(*state, 80, false);
	assert_contains(text, "This device is broken: is, oken\n");
}

#define told_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		told_test(test_nothing_is_said_of_nothing),
		told_test(test_a_finding_has_title_reasons_advice_and_id),
		told_test(test_a_finding_about_the_machine_has_no_subject),
		told_test(test_what_is_said_of_several_is_said_once),
		told_test(test_as_many_as_can_be_named_are),
		told_test(test_what_differs_is_said_apart),
		told_test(test_long_texts_are_wrapped_behind_their_label),
		told_test(test_the_colour_is_the_severity_s),
		told_test(test_a_short_subject_is_named_though_the_title_has_its_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
