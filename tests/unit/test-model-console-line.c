/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/console.h"
#include "unit.h"

static int setup(void **state)
{
	*state = xdc_arena_new();
	return 0;
}

static int teardown(void **state)
{
	xdc_arena_free(*state);
	return 0;
}

static void assert_own(struct xdc_arena *arena, const char *line, const char *text,
		       const char *since)
{
	const char *found = NULL;

	assert_text(xdc_console_own_text(arena, line, &found), text);
	assert_text(found, since);
}

static void test_xen_s_own_lines_with_every_time_it_prints(void **state)
{
	assert_own(*state, "(XEN) I/O virtualisation enabled", "I/O virtualisation enabled", "");
	assert_own(*state, "(XEN) [   88.116441] x", "x", "88.116441");
	assert_own(*state, "(XEN) [2026-03-01 12:00:00] x", "x", "2026-03-01 12:00:00");
	assert_own(*state, "(XEN) [2026-03-01 12:00:00.123] x", "x", "2026-03-01 12:00:00.123");
	assert_own(*state, "(XEN) [00000012a05f2000] x", "x", "00000012a05f2000");
	/* No time, but what VT-d begins with. */
	assert_own(*state, "(XEN) [VT-D]DMAR: reason 06", "[VT-D]DMAR: reason 06", "");
	assert_own(*state, "(XEN) [] x", "[] x", "");
	assert_own(*state, "(XEN) ", "", "");
}

static void test_what_xenconsoled_and_syslog_put_in_front(void **state)
{
	assert_own(*state, "[2026-03-01 12:00:00] (XEN) x", "x", "2026-03-01 12:00:00");
	assert_own(*state, "[2026-03-01 12:00:00] (XEN) [   88.116441] x", "x", "88.116441");
	assert_own(*state, "Mar  1 12:00:00 host xenconsoled[412]: VM hypervisor: (XEN) x", "x",
		   "");
}

/* A guest begins no line of its own: all that it writes stands behind "(dN) ". */
static void test_lines_of_others_are_nobody_s_words(void **state)
{
	static const char *const lines[] = {
		"",
		"x",
		"(XEN)",
		"(d1) (XEN) x",
		"(d1) [2026-03-01 12:00:00] (XEN) x",
		"(d1) VM hypervisor: (XEN) x",
		"[2026-03-01 12:00:00] (d1) (XEN) x",
		"Mar  1 12:00:00 host xenconsoled[412]: VM hypervisor: (d1) VM hypervisor: (XEN) x",
		/* dom0's kernel, with console_to_ring */
		"[    1.234567] (XEN) x",
		"login: (XEN) x",
		" (XEN) x",
		"(uXEN) x",
	};
	const char *since;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(lines); i++)
		assert_null(xdc_console_own_text(*state, lines[i], &since));
}

#define START(version) "(XEN) Xen version " version " (Debian 4.17.5-1) debug=n\n"

static void test_the_last_start_of_a_log_is_this_boot_s(void **state)
{
	static const char log[] = START("4.17.5") "(XEN) old\n" START("4.17.5") "(XEN) new\n";

	assert_text(xdc_console_last_boot(*state, log, "4.17.5"), START("4.17.5") "(XEN) new\n");
	assert_text(xdc_console_last_boot(*state, log, NULL), START("4.17.5") "(XEN) new\n");
	/* A security module may keep the third number back. */
	assert_non_null(xdc_console_last_boot(*state, log, "4.17"));
}

static void test_a_log_of_another_boot_is_none(void **state)
{
	static const char log[] = START("4.17.5") "(XEN) x\n";

	assert_null(xdc_console_last_boot(*state, log, "4.20.4"));
	assert_null(xdc_console_last_boot(*state, log, "4.17.50"));
	assert_null(xdc_console_last_boot(*state, log, "4.1"));
	assert_null(xdc_console_last_boot(*state, "(XEN) x\n", "4.17.5"));
	assert_null(xdc_console_last_boot(*state, "(d1) " START("4.17.5"), "4.17.5"));
	assert_null(xdc_console_last_boot(*state, "", NULL));
	/* The last one counts, also where an older one would do. */
	assert_null(xdc_console_last_boot(*state, START("4.17.5") START("4.20.4"), "4.17.5"));
}

#define line_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		line_test(test_xen_s_own_lines_with_every_time_it_prints),
		line_test(test_what_xenconsoled_and_syslog_put_in_front),
		line_test(test_lines_of_others_are_nobody_s_words),
		line_test(test_the_last_start_of_a_log_is_this_boot_s),
		line_test(test_a_log_of_another_boot_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
