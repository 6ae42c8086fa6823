/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"
#include "watch/watch.h"

#define SECOND UINT64_C(1000000000)

static void add(struct xdc_snapshot *snapshot, const char *path, unsigned long long maps,
		unsigned long long bytes)
{
	const struct xdc_counters counted = { .maps = maps, .bytes = bytes };

	xdc_snapshot_add(snapshot, path, &counted);
}

static void test_what_is_counted_of_one_path_is_added_up(void **state)
{
	struct xdc_snapshot snapshot = { 0 };

	(void)state;
	add(&snapshot, "/a", 1, 10);
	add(&snapshot, NULL, 1, 1);
	add(&snapshot, "/a", 2, 20);
	add(&snapshot, NULL, 1, 1);
	assert_int_equal(snapshot.count, 2);
	assert_int_equal(snapshot.items[0].counted.maps, 3);
	assert_int_equal(snapshot.items[0].counted.bytes, 30);
	assert_int_equal(snapshot.items[1].counted.maps, 2);
	xdc_snapshot_free(&snapshot);
}

static void test_an_interval_has_what_came_since_most_first(void **state)
{
	struct xdc_snapshot before = { .time_ns = SECOND }, after = { .time_ns = 3 * SECOND };
	struct xdc_interval interval;

	(void)state;
	add(&before, "/still", 5, 500);
	add(&before, "/some", 1, 100);
	add(&before, NULL, 1, 1);
	add(&after, NULL, 9, 1 << 30);
	add(&after, "/b", 2, 50);
	add(&after, "/some", 3, 300);
	add(&after, "/a", 2, 50);
	add(&after, "/often", 7, 50);
	add(&after, "/still", 5, 500);
	xdc_interval_make(&before, &after, &interval);
	assert_int_equal(interval.count, 5);
	assert_text(interval.items[0].path, "/some");
	assert_int_equal(interval.items[0].counted.maps, 2);
	assert_int_equal(interval.items[0].counted.bytes, 200);
	assert_text(interval.items[1].path, "/often");
	assert_text(interval.items[2].path, "/a");
	assert_text(interval.items[3].path, "/b");
	assert_null(interval.items[4].path);
	assert_int_equal(interval.items[4].counted.maps, 8);
	assert_int_equal(xdc_interval_total(&interval).counted.maps, 2 + 7 + 2 + 2 + 8);
	assert_true(xdc_interval_rate(&interval, 200) == 100);
	xdc_interval_free(&interval);
	xdc_snapshot_free(&before);
	xdc_snapshot_free(&after);
}

static void test_a_count_that_went_back_began_again(void **state)
{
	struct xdc_snapshot before = { 0 }, after = { .time_ns = SECOND };
	struct xdc_interval interval;

	(void)state;
	add(&before, "/a", 10, 1000);
	add(&after, "/a", 2, 20);
	xdc_interval_make(&before, &after, &interval);
	assert_int_equal(interval.count, 1);
	assert_int_equal(interval.items[0].counted.maps, 2);
	assert_int_equal(interval.items[0].counted.bytes, 20);
	xdc_interval_free(&interval);
	xdc_snapshot_free(&before);
	xdc_snapshot_free(&after);
}

static void test_allocations_and_bounces_alone_are_activity(void **state)
{
	const struct xdc_counters allocated = { .allocations = 1, .allocated_bytes = 4096 };
	const struct xdc_counters bounced = { .bounces = 1, .bounced_bytes = 512 };
	const struct xdc_counters only_seen = { .seen = XDC_SEEN_IOMMU };
	struct xdc_snapshot before = { 0 }, after = { .time_ns = SECOND };
	struct xdc_interval interval;

	(void)state;
	xdc_snapshot_add(&after, "/a", &allocated);
	xdc_snapshot_add(&after, "/b", &bounced);
	xdc_snapshot_add(&after, "/c", &only_seen);
	xdc_interval_make(&before, &after, &interval);
	assert_int_equal(interval.count, 2);
	assert_text(interval.items[0].path, "/a");
	assert_text(interval.items[1].path, "/b");
	xdc_interval_free(&interval);
	xdc_snapshot_free(&after);
}

static void test_an_interval_of_no_length_has_no_rate(void **state)
{
	struct xdc_snapshot before = { 0 }, after = { 0 };
	struct xdc_interval interval;

	(void)state;
	xdc_interval_make(&before, &after, &interval);
	assert_int_equal(interval.count, 0);
	assert_true(xdc_interval_rate(&interval, 5) == 0);
	xdc_interval_free(&interval);
}

static void test_the_part_that_bounced(void **state)
{
	struct xdc_activity activity = { .counted = { .maps = 4, .bytes = 400 } };

	(void)state;
	assert_true(xdc_bounced_percent(&activity) == 0);
	activity.counted.bounced_bytes = 100;
	assert_true(xdc_bounced_percent(&activity) == 25);
	activity.counted.bounced_bytes = 500;
	assert_true(xdc_bounced_percent(&activity) == 100);
	activity.counted.bytes = 0;
	assert_true(xdc_bounced_percent(&activity) < 0);
}

static void test_the_paths_seen(void **state)
{
	struct xdc_activity activity = { .counted = { .maps = 1 } };
	const char *names[XDC_SEEN_MAX];

	(void)state;
	assert_int_equal(xdc_seen_names(&activity, names), 0);
	activity.counted.seen = XDC_SEEN_DIRECT;
	assert_int_equal(xdc_seen_names(&activity, names), 1);
	assert_text(names[0], "direct");
	activity.counted.seen = XDC_SEEN_IOMMU | XDC_SEEN_SWIOTLB_XEN;
	assert_int_equal(xdc_seen_names(&activity, names), 2);
	assert_text(names[0], "swiotlb-xen");
	assert_text(names[1], "iommu");
	activity.counted.seen = ~0ULL;
	assert_int_equal(xdc_seen_names(&activity, names), XDC_SEEN_MAX);
}

static void test_a_tables_function_tells_at_once(void **state)
{
	const struct xdc_counters seen = { .maps = 1, .seen = XDC_SEEN_IOMMU };

	(void)state;
	assert_int_equal(xdc_told_next(XDC_UNTOLD, &seen, true), XDC_TOLD);
	assert_int_equal(xdc_told_next(XDC_TRYING, &seen, true), XDC_TOLD);
	/* Called while it was watched for a part of the time. */
	assert_int_equal(xdc_told_next(XDC_UNTOLD, &seen, false), XDC_TOLD);
}

static void test_that_none_was_called_is_told_of_an_ended_map(void **state)
{
	const struct xdc_counters mapped = { .maps = 1 }, nothing = { 0 };

	(void)state;
	/* It may have come to the table before that was watched, or come to it still. */
	assert_int_equal(xdc_told_next(XDC_UNTOLD, &mapped, false), XDC_UNTOLD);
	assert_int_equal(xdc_told_next(XDC_UNTOLD, &mapped, true), XDC_TRYING);
	assert_int_equal(xdc_told_next(XDC_TRYING, &nothing, true), XDC_TOLD);
	assert_int_equal(xdc_told_next(XDC_TRYING, &mapped, false), XDC_UNTOLD);
	assert_int_equal(xdc_told_next(XDC_UNTOLD, &nothing, true), XDC_UNTOLD);
	assert_int_equal(xdc_told_next(XDC_TOLD, &mapped, false), XDC_TOLD);
}

static void test_each_page_may_call_a_table(void **state)
{
	const struct xdc_counters lists = { .maps = 2, .bytes = 65536 }, none = { 0 };

	(void)state;
	assert_int_equal(xdc_table_calls(&lists), 2 + 16);
	assert_int_equal(xdc_table_calls(&none), 0);
}

static void test_tables_are_watched_while_that_is_cheap(void **state)
{
	const uint64_t second = 1000000000;

	(void)state;
	assert_true(xdc_tables_are_cheap(true, 999, second));
	assert_false(xdc_tables_are_cheap(true, 1000, second));
	/* Not begun again at once: no turning to and fro at one rate. */
	assert_false(xdc_tables_are_cheap(false, 999, second));
	assert_false(xdc_tables_are_cheap(false, 100, second));
	assert_true(xdc_tables_are_cheap(false, 99, second));
	assert_false(xdc_tables_are_cheap(false, 0, 0));
}

static void test_names_of_paths_are_read_back(void **state)
{
	(void)state;
	assert_int_equal(xdc_seen_of("swiotlb-xen direct"), XDC_SEEN_SWIOTLB_XEN | XDC_SEEN_DIRECT);
	assert_int_equal(xdc_seen_of("iommu grant arch"),
			 XDC_SEEN_IOMMU | XDC_SEEN_GRANT | XDC_SEEN_ARCH);
	assert_int_equal(xdc_seen_of(""), 0);
	assert_int_equal(xdc_seen_of("swiotlb iommus"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_counted_of_one_path_is_added_up),
		cmocka_unit_test(test_an_interval_has_what_came_since_most_first),
		cmocka_unit_test(test_a_count_that_went_back_began_again),
		cmocka_unit_test(test_allocations_and_bounces_alone_are_activity),
		cmocka_unit_test(test_an_interval_of_no_length_has_no_rate),
		cmocka_unit_test(test_the_part_that_bounced),
		cmocka_unit_test(test_the_paths_seen),
		cmocka_unit_test(test_a_tables_function_tells_at_once),
		cmocka_unit_test(test_that_none_was_called_is_told_of_an_ended_map),
		cmocka_unit_test(test_each_page_may_call_a_table),
		cmocka_unit_test(test_names_of_paths_are_read_back),
		cmocka_unit_test(test_tables_are_watched_while_that_is_cheap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
