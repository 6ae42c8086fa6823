/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

#define BEGAN "Parsing config from g1.cfg\n"

static struct xdc_report *without_xenstored(enum xdc_status status)
{
	return log_dom0(evidence_with("xenstore", status, ""));
}

static void xl_that_only_began_waits_for_xenstored(void **state)
{
	xdc_autoreport struct xdc_report *report = without_xenstored(XDC_STATUS_ABSENT);
	const struct xdc_explanation *x = log_explain(*state, "\n" BEGAN, report);

	assert_int_equal(log_first(x)->status, XDC_CAUSE_CONFIRMED);
	assert_string_equal(x->items[0].match->entry->id, "XDC-XENSTORED-DOWN");
	assert_int_equal(x->items[0].match->line, 2);
	assert_string_equal(x->items[0].match->text, "Parsing config from g1.cfg");
	assert_int_equal(x->n_notes, 0);
}

/* xenfs is what xenstored needs. */
static void the_first_cause_is_xenfs_where_that_is_not_mounted(void **state)
{
	struct xdc_evidence *evidence = evidence_with("xenstore", XDC_STATUS_TIMEOUT, "");
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_explanation *x;

	add_record(evidence, "file:/proc/xen/capabilities", XDC_STATUS_ABSENT, "");
	report = log_dom0(evidence);
	x = log_explain(*state, BEGAN, report);
	assert_contains(log_first(x)->text, "xenfs is not mounted");
	assert_int_equal(log_first(x)->status, XDC_CAUSE_CONFIRMED);
}

static void where_xenstored_answers_it_has_succeeded(void **state)
{
	xdc_autoreport struct xdc_report *report = log_dom0(xdc_evidence_new());
	const struct xdc_explanation *x = log_explain(*state, BEGAN, report);

	assert_int_equal(x->count, 0);
	assert_int_equal(x->n_notes, 0);
}

static void without_a_machine_nothing_is_told(void **state)
{
	assert_int_equal(log_explain(*state, BEGAN, NULL)->count, 0);
}

/* What it says goes before what the machine is like by now. */
static void xl_that_went_on_did_not_wait(void **state)
{
	xdc_autoreport struct xdc_report *report = without_xenstored(XDC_STATUS_ABSENT);
	const struct xdc_explanation *x =
		log_explain(*state, BEGAN "libxl: error: a.c:1:f: never heard of\n", report);

	assert_int_equal(x->count, 0);
	assert_non_null(x->unknown);
	assert_int_equal(x->n_notes, 0);
}

static void a_log_without_a_word_is_told_what_the_machine_lacks(void **state)
{
	xdc_autoreport struct xdc_report *report = without_xenstored(XDC_STATUS_ABSENT);
	const struct xdc_explanation *x = log_explain(*state, "", report);

	assert_int_equal(x->count, 0);
	assert_int_equal(x->n_notes, 1);
	assert_string_equal(x->notes[0], "The log tells of no failure; found on this machine: "
					 "xenstored is not running (XDC-XENSTORED-DOWN).");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(xl_that_only_began_waits_for_xenstored),
		log_test(the_first_cause_is_xenfs_where_that_is_not_mounted),
		log_test(where_xenstored_answers_it_has_succeeded),
		log_test(without_a_machine_nothing_is_told),
		log_test(xl_that_went_on_did_not_wait),
		log_test(a_log_without_a_word_is_told_what_the_machine_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
