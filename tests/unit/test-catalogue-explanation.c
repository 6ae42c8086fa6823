/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

static void a_consequence_is_told_below_its_cause(void **state)
{
	const struct xdc_explanation *x = log_explain(*state, DENIED CANNOT, NULL);

	assert_int_equal(x->n_causes, 1);
	assert_text(x->items[0].match->entry->id, "XDC-TOOLS-MISMATCH");
	assert_text(x->items[1].match->entry->id, "XDC-CREATE-FAILED");
	assert_ptr_equal(x->items[1].cause, &x->items[0]);
	assert_text(x->libxl, "4.18.x");
}

/* The true cause may be told last: by another log. */
static void what_is_followed_may_stand_behind(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    "libxl: error: a.c:1:pci_add_dm_done: Domain 3:xc_assign_device "
			    "failed: Operation not permitted\n"
			    "(XEN) [VT-D] It's disallowed to assign 0000:05:00.0 with shared RMRR "
			    "at 7b9e4000 for Dom3.\n",
			    NULL);

	assert_text(x->items[0].match->entry->id, "XDC-RMRR-SHARED");
	assert_int_equal(x->n_causes, 1);
}

static void each_attempt_has_its_cause(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"Parsing config from a.cfg\n" DENIED CANNOT "Parsing config from b.cfg\n"
		"libxl: error: a.c:1:f: Domain 7:Domain with name \"g1\" already exists.\n" CANNOT,
		NULL);

	assert_int_equal(x->n_causes, 2);
	assert_text(x->items[0].match->entry->id, "XDC-TOOLS-MISMATCH");
	assert_text(x->items[1].match->entry->id, "XDC-NAME-IN-USE");
	assert_text(x->items[1].title, "A domain of the name g1 runs already");
	assert_int_equal(x->items[1].causes[0].status, XDC_CAUSE_CONFIRMED);
}

static void the_first_error_of_a_domain_is_the_cause(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"libxl: error: a.c:1:f: Domain 4:Domain with name \"g1\" already exists.\n"
		"libxl: error: a.c:1:f: Domain 4:Failed to apply CPUID policy: File exists\n"
		"libxl: error: a.c:1:f: Domain 5:Failed to apply CPUID policy: File exists\n",
		NULL);

	assert_int_equal(x->n_causes, 2);
	assert_text(x->items[0].match->entry->id, "XDC-NAME-IN-USE");
	assert_int_equal(x->items[1].match->domid, 5);
}

static void what_is_hours_apart_is_not_related(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    "2024-05-13 09:00:00.000+0000: libxl: libxl_dm.c:1:f: Domain 3:device "
			    "model did not start: -3\n"
			    "2024-05-13 19:00:00.000+0000: libxl: libxl_dm.c:1:f: Domain 4:Stubdom "
			    "5 for 4 startup: startup timed out\n",
			    NULL);

	assert_int_equal(x->n_causes, 2);
}

static void the_gravest_comes_first(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"(XEN) avc:  denied  { create } for domid=3\n"
		"(XEN) common/memory.c:1:d0v5 Could not allocate order=9 extent: id=18\n"
		"(XEN) Panic on CPU 0:\n",
		NULL);

	assert_int_equal(x->n_causes, 3);
	assert_text(x->items[0].match->entry->id, "XDC-XEN-PANIC");
	assert_text(x->items[1].match->entry->id, "XDC-MEMORY-FRAGMENTED");
	assert_text(x->items[2].match->entry->id, "XDC-XSM-DENIED");
}

static void what_captures_say_decides_the_cause(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    "libxl: libxl_pci.c:1:f: Domain 3:xc_assign_device failed: No space "
			    "left on device\n",
			    NULL);

	assert_int_equal(x->items[0].causes[0].status, XDC_CAUSE_CONFIRMED);
	assert_contains(x->items[0].causes[0].text, "no free IOMMU context");
	assert_int_equal(x->items[0].causes[2].status, XDC_CAUSE_RULED_OUT);
	/* What to do about what is certain, and nothing else. */
	assert_int_equal(x->items[0].n_advice, 1);
}

static void an_error_that_no_entry_knows_is_shown(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state, "libxl: error: a.c:1:f: Domain 3:the moon is full\n" CANNOT, NULL);

	assert_non_null(x->unknown);
	assert_contains(x->unknown->text, "moon");
}

static void behind_a_known_cause_it_is_not(void **state)
{
	assert_null(log_explain(*state, DENIED "libxl: error: a.c:1:f: the moon is full\n", NULL)
			    ->unknown);
}

static void names_are_filled_in(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_captures captures = { .names = { "path" },
					       .values = { "/a\033b" },
					       .count = 1 };

	(void)state;
	assert_text(xdc_fill(arena, "{path} and {other} {", &captures), "/a\\x1bb and <other> {");
	assert_text(xdc_fill(arena, "{path}", NULL), "<path>");
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(a_consequence_is_told_below_its_cause),
		log_test(what_is_followed_may_stand_behind),
		log_test(each_attempt_has_its_cause),
		log_test(the_first_error_of_a_domain_is_the_cause),
		log_test(what_is_hours_apart_is_not_related),
		log_test(the_gravest_comes_first),
		log_test(what_captures_say_decides_the_cause),
		log_test(an_error_that_no_entry_knows_is_shown),
		log_test(behind_a_known_cause_it_is_not),
		log_test(names_are_filled_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
