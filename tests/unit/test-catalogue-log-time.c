/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/log-time.h"
#include "unit.h"

static struct xdc_log_time of(const char *line)
{
	return xdc_log_time(line, strlen(line));
}

static void assert_apart(const char *a, const char *b, long seconds)
{
	struct xdc_log_time first = of(a), second = of(b);
	long apart = -1;

	assert_true(xdc_log_time_between(&first, &second, &apart));
	assert_int_equal(apart, seconds);
}

static void assert_incomparable(const char *a, const char *b)
{
	struct xdc_log_time first = of(a), second = of(b);
	long apart;

	assert_false(xdc_log_time_between(&first, &second, &apart));
	assert_false(xdc_log_time_between(&second, &first, &apart));
}

static void dates_of_all_forms_can_be_compared(void **state)
{
	(void)state;
	assert_apart("2024-05-13 09:44:19.200+0000: libxl: x", "2024-05-13 09:44:20 UTC libxl: x",
		     1);
	assert_apart("2024-05-13T09:44:19+02:00 x", "2024-05-13T07:44:19Z x", 0);
	assert_apart("2024-05-13 23:59:59+0000 x", "(XEN) [2024-05-14 00:00:01] x", 2);
	assert_apart("May 13 09:44:19 dom0 kernel: x", "May 13 09:44:20 dom0 xl: x", 1);
	assert_apart("[2024-05-13 09:44:19] x", "May 13 09:44:19 x", 0);
	assert_apart("May  5 13:29:41 x", "May  6 13:29:41 x", 86400);
	/* As months are long, and in no year. */
	assert_apart("Apr 30 23:59:59 x", "May  1 00:00:00 x", 1);
}

static void the_rings_own_date_is_utc_whatever_stands_before(void **state)
{
	struct xdc_log_time t = of("[2024-05-13 11:44:19] (XEN) [2024-05-13 09:44:19.123] x");

	(void)state;
	assert_int_equal(t.zone, XDC_ZONE_UTC);
	assert_apart("[2024-05-13 11:44:19] (XEN) [2024-05-13 09:44:19.123] x",
		     "2024-05-13T11:44:20+02:00 x", 1);
	/* Else what a daemon wrote, in its zone. */
	t = of("[2024-05-13 11:44:19] (XEN) [VT-D]DMAR: x");
	assert_true(t.wall >= 0);
	assert_int_equal(t.zone, XDC_ZONE_LOCAL);
}

static void what_counts_from_a_boot_is_compared_within_it(void **state)
{
	(void)state;
	assert_apart("[   12.345678] x", "<4>[   14.5] x", 2);
	assert_apart("(XEN) [   12.345678] x", "(XEN) [   12.9] x", 0);
	/* The hypervisor began before the kernel, nobody knows how long. */
	assert_incomparable("(XEN) [   12.345678] x", "[   12.345678] x");
	assert_incomparable("(XEN) [   12.345678] x", "2024-05-13 09:44:19+0000 x");
}

static void an_unknown_zone_is_compared_only_where_it_is_the_same(void **state)
{
	(void)state;
	assert_apart("May 13 09:44:19 xl: x", "(XEN) [2024-05-13 09:44:20] x", 1);
	assert_incomparable("May 13 11:44:19 xl: x", "(XEN) [2024-05-13 09:44:20] x");
}

static void what_is_no_time_is_none(void **state)
{
	(void)state;
	assert_int_equal(of("0000:00:1f.6 12:34:56").wall, -1);
	assert_int_equal(of("2024-99-99 12:34:56").wall, -1);
	assert_int_equal(of("[VT-D]x").boot, -1);
	assert_int_equal(of("[1234567890123.5] x").boot, -1);
	assert_int_equal(of("").wall, -1);
	assert_incomparable("", "");
}

static void a_journals_export_is_utc(void **state)
{
	struct xdc_log_time a = xdc_log_time_of_epoch(UINT64_C(1715593459000000));
	struct xdc_log_time b = of("2024-05-13 09:44:20Z x");
	long apart;

	(void)state;
	assert_true(xdc_log_time_between(&a, &b, &apart));
	assert_int_equal(apart, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_of_all_forms_can_be_compared),
		cmocka_unit_test(the_rings_own_date_is_utc_whatever_stands_before),
		cmocka_unit_test(what_counts_from_a_boot_is_compared_within_it),
		cmocka_unit_test(an_unknown_zone_is_compared_only_where_it_is_the_same),
		cmocka_unit_test(what_is_no_time_is_none),
		cmocka_unit_test(a_journals_export_is_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
