/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

#define REFUSED                                                                                    \
	"libxl: error: libxl_create.c:720:libxl__domain_make: domain creation fail: Invalid "      \
	"argument\n"
#define UNKNOWN_REASON "domain.c:633: d1: no such thing as a purple vCPU\n"

static const struct xdc_explained *item_of(const struct xdc_explanation *x, const char *id)
{
	for (size_t i = 0; i < x->count; i++)
		if (strcmp(x->items[i].match->entry->id, id) == 0)
			return &x->items[i];
	return NULL;
}

static void assert_meanwhile(const struct xdc_explanation *x, const char *text)
{
	const struct xdc_explained *item = item_of(x, "XDC-CREATE-EINVAL");

	assert_non_null(item);
	assert_int_equal(item->n_meanwhile, 1);
	assert_contains(item->meanwhile[0]->text, text);
}

/* No entry knows the line, but it is the hypervisor's of that moment; whichever stands first. */
static void what_the_ring_said_then_is_told_with_the_error(void **state)
{
	assert_meanwhile(log_explain(*state,
				     "(XEN) [2026-03-01 12:00:00] another moment\n"
				     "(XEN) [2026-03-01 12:30:00] " UNKNOWN_REASON
				     "(XEN) [2026-03-01 12:45:00] another moment\n"
				     "2026-03-01 12:30:01.123+0000: " REFUSED,
				     NULL),
			 "purple vCPU");
}

static void it_may_stand_behind(void **state)
{
	assert_meanwhile(log_explain(*state,
				     "2026-03-01 13:30:01 UTC " REFUSED
				     "(XEN) [2026-03-01 12:00:00] another moment\n"
				     "(XEN) [2026-03-01 13:30:00] " UNKNOWN_REASON,
				     NULL),
			 "purple vCPU");
}

static void a_journals_export_has_its_time_beside_it(void **state)
{
	assert_meanwhile(log_explain(*state,
				     "__REALTIME_TIMESTAMP=1772368201000000\nMESSAGE=" REFUSED
				     "(XEN) [2026-03-01 12:30:01] " UNKNOWN_REASON,
				     NULL),
			 "purple vCPU");
}

/* An entry knows it: then it is the cause, and libxl's error what followed. */
static void a_known_line_of_that_moment_is_the_cause(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"2026-03-01 12:30:01 UTC " REFUSED
		"(XEN) [2026-03-01 12:30:00] [VT-D] It's disallowed to assign 0000:05:00.0 with "
		"shared RMRR at 7b9e4000 for Dom3.\n",
		NULL);

	assert_int_equal(x->n_causes, 1);
	assert_text(x->items[0].match->entry->id, "XDC-RMRR-SHARED");
	assert_ptr_equal(item_of(x, "XDC-CREATE-EINVAL")->cause, &x->items[0]);
	assert_null(item_of(x, "XDC-CREATE-EINVAL")->meanwhile[0]);
}

static void another_moment_has_nothing_to_do_with_it(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"2026-03-01 12:30:01 UTC " REFUSED
		"(XEN) [2026-03-01 12:35:00] [VT-D] It's disallowed to assign 0000:05:00.0 with "
		"shared RMRR at 7b9e4000 for Dom3.\n",
		NULL);

	assert_int_equal(x->n_causes, 2);
}

/* The machine's own ring counts only where it is of the moment of an error in the log. */
static void the_machines_ring_explains_an_error(void **state)
{
	static const char log[] = "2026-03-01 12:30:01 UTC " REFUSED;
	static const char ring[] =
		"(XEN) [2026-03-01 12:00:00] [VT-D]DMAR:[DMA Read] Request device [0000:00:14.0] "
		"fault addr 7d93e000\n"
		"(XEN) [2026-03-01 12:30:00] " UNKNOWN_REASON;
	struct log_unit *unit = *state;
	const struct xdc_explanation *x;

	xdc_log_reader_begin(unit->reader, "a.log");
	xdc_log_reader_feed(unit->reader, log, strlen(log));
	xdc_log_reader_end(unit->reader);
	xdc_log_reader_begin_ring(unit->reader, "xen:console");
	xdc_log_reader_feed(unit->reader, ring, strlen(ring));
	xdc_log_reader_end(unit->reader);
	x = unit->explanation =
		xdc_explain(xdc_log_reader_log(unit->reader), unit->catalogue, NULL);
	assert_int_equal(x->count, 1);
	assert_meanwhile(x, "purple vCPU");
	assert_text(x->items[0].meanwhile[0]->file, "xen:console");
	assert_int_equal(x->log->n_files, 2);
	assert_int_equal(x->log->n_lines, 1);
}

static bool has_note(const struct xdc_explanation *x, const char *part)
{
	for (size_t i = 0; i < x->n_notes; i++)
		if (strstr(x->notes[i], part))
			return true;
	return false;
}

static void what_cannot_be_compared_is_said(void **state)
{
	static const char ring[] = "[VT-D] It's disallowed to assign 0000:05:00.0 with shared RMRR "
				   "at 7b9e4000 for Dom3.\n";
	char text[1024];

	snprintf(text, sizeof(text), "2026-03-01 12:30:01 UTC %s(XEN) [  812.5] %s", REFUSED, ring);
	assert_true(has_note(log_explain(*state, text, NULL), "console_timestamps=date"));
}

static void libxl_without_a_date_is_said(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    REFUSED "(XEN) [2026-03-01 12:30:00] [VT-D] It's disallowed to assign "
				    "0000:05:00.0 with shared RMRR at 7b9e4000 for Dom3.\n",
			    NULL);

	assert_true(has_note(x, "xl -T gives them one"));
}

static void another_time_zone_is_said(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    "Mar  1 14:30:01 dom0 xl: " REFUSED
			    "(XEN) [2026-03-01 12:30:00] [VT-D] It's disallowed to assign "
			    "0000:05:00.0 with shared RMRR at 7b9e4000 for Dom3.\n",
			    NULL);

	assert_true(has_note(x, "a time zone that the log does not name"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(what_the_ring_said_then_is_told_with_the_error),
		log_test(it_may_stand_behind),
		log_test(a_journals_export_has_its_time_beside_it),
		log_test(a_known_line_of_that_moment_is_the_cause),
		log_test(another_moment_has_nothing_to_do_with_it),
		log_test(the_machines_ring_explains_an_error),
		log_test(what_cannot_be_compared_is_said),
		log_test(libxl_without_a_date_is_said),
		log_test(another_time_zone_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
