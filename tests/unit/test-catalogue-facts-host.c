/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

#define TTY "libxl: error: a.c:1:f: domain 1 console tty: timed out\n"
#define VBD                                                                                        \
	"libxl: error: a.c:1:f: Domain 3:unable to add device with path "                          \
	"/local/domain/0/backend/vbd/3/51712\n"

/* What becomes of the likeliest cause of @line where "tools" is @tools. */
static void assert_cause(void **state, const char *line, const char *tools, const char *text,
			 enum xdc_cause_status status, const char *because)
{
	xdc_autoreport struct xdc_report *report =
		log_dom0(evidence_with("tools", XDC_STATUS_OK, tools));
	const struct xdc_explanation *x = log_explain(*state, line, report);

	assert_int_equal(x->n_causes, 1);
	for (size_t i = 0; i < x->items[0].n_causes; i++) {
		const struct xdc_explained_cause *cause = &x->items[0].causes[i];

		if (!strstr(cause->text, text))
			continue;
		assert_int_equal(cause->status, status);
		if (because)
			assert_string_equal(cause->because[0], because);
		return;
	}
	fail_msg("no cause has '%s'", text);
}

static void no_xenconsoled_confirms(void **state)
{
	assert_cause(state, TTY, "process=xenstored 7 none\nprocesses=1\n", "does not run",
		     XDC_CAUSE_CONFIRMED, "no xenconsoled runs on this machine");
}

static void a_xenconsoled_rules_out(void **state)
{
	assert_cause(state, TTY, "process=xenconsoled 7 4.17 /l\nprocesses=1\n", "does not run",
		     XDC_CAUSE_RULED_OUT, "xenconsoled runs on this machine");
}

/* A list that is complete, but for what one of them has mapped. */
static void a_slow_process_hides_none(void **state)
{
	assert_cause(state, TTY, "process=xl 7 !timeout\nprocesses!timeout\n", "does not run",
		     XDC_CAUSE_CONFIRMED, NULL);
}

static void a_list_that_is_not_complete_proves_nothing(void **state)
{
	assert_cause(state, TTY, "processes!denied\n", "does not run", XDC_CAUSE_POSSIBLE, NULL);
}

static void a_record_without_a_list_proves_nothing(void **state)
{
	assert_cause(state, TTY, "xl_release=4.17\n", "does not run", XDC_CAUSE_POSSIBLE, NULL);
}

static void a_driver_that_is_not_loaded_confirms(void **state)
{
	assert_cause(state, VBD, "backend_driver=vif\nbackend_drivers=1\n", "driver is not loaded",
		     XDC_CAUSE_CONFIRMED,
		     "/sys/bus/xen-backend/drivers/vbd is not there on this machine");
}

static void a_driver_that_is_loaded_rules_out(void **state)
{
	assert_cause(state, VBD, "backend_driver=vbd\nbackend_drivers=1\n", "driver is not loaded",
		     XDC_CAUSE_RULED_OUT, NULL);
}

static void drivers_that_were_not_listed_prove_nothing(void **state)
{
	assert_cause(state, VBD, "backend_drivers!denied\n", "driver is not loaded",
		     XDC_CAUSE_POSSIBLE, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(no_xenconsoled_confirms),
		log_test(a_xenconsoled_rules_out),
		log_test(a_slow_process_hides_none),
		log_test(a_list_that_is_not_complete_proves_nothing),
		log_test(a_record_without_a_list_proves_nothing),
		log_test(a_driver_that_is_not_loaded_confirms),
		log_test(a_driver_that_is_loaded_rules_out),
		log_test(drivers_that_were_not_listed_prove_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
