/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-watch.h"

static char *render(const struct xdc_watch_view *view)
{
	FILE *out = unit_stream();

	xdc_render_watch_table(view, out);
	return unit_text(out);
}

static void add_disk(struct watched *watched)
{
	const struct xdc_counters disk = {
		.maps = 300,
		.bytes = 3 << 20,
		.bounces = 3,
		.bounced_bytes = 3 << 18,
		.seen = XDC_SEEN_SWIOTLB_XEN,
	};

	watched_add(watched, PCI_PATH "0000:00:02.0", &disk);
}

static void test_the_whole_table(void **state)
{
	const struct xdc_counters stranger = { .maps = 1, .bytes = 100, .seen = XDC_SEEN_DIRECT };
	struct watched watched;
	struct xdc_watch_view view;
	xdc_autofree char *text = NULL;

	(void)state;
	watched_begin(&watched);
	add_disk(&watched);
	watched_add(&watched, NULL, &stranger);
	view = watched_view(&watched, 80);
	view.note = " q ends this.";
	text = render(&view);
	assert_string_equal(text, "2 devices do DMA: 150 maps/s, 1.5 MiB/s. q ends this.\n"
				  "\n"
				  "NAME         PATH        SEEN          MAPS/s    MiB/s BOUNCED\n"
				  "0000:00:02.0 swiotlb-xen swiotlb-xen      150      1.5     25%\n"
				  "(unknown)    -           direct           0.5      0.0      0%\n"
				  "\n"
				  "No DMA: 0000:00:03.0.\n"
				  "Confined by no IOMMU: 0000:00:02.0.\n");
	watched_end(&watched);
}

static void test_what_is_not_whole_is_told(void **state)
{
	const struct xdc_counters card = { .maps = 2, .bytes = 4 << 20, .partial = 1 };
	const struct xdc_unwatched unwatched = { "xen_swiotlb_map_sg", "Invalid argument" };
	struct watched watched;
	struct xdc_watch_view view;
	xdc_autofree char *text = NULL;

	(void)state;
	watched_begin(&watched);
	watched_add(&watched, PCI_PATH "0000:00:03.0", &card);
	view = watched_view(&watched, 80);
	view.unwatched = &unwatched;
	view.n_unwatched = 1;
	text = render(&view);
	assert_contains(text, "0000:00:03.0 swiotlb-xen -                1.0     2.0+      0%\n");
	assert_contains(text, "\n+ is at least: ");
	assert_contains(text, "\nNot watched: xen_swiotlb_map_sg (Invalid argument).\n");
	watched_end(&watched);
}

static void test_a_name_is_cut_and_harmless(void **state)
{
	const struct xdc_counters some = { .maps = 1,
					   .bytes = 1,
					   .seen = XDC_SEEN_SWIOTLB_XEN | XDC_SEEN_IOMMU };
	static const size_t widths[] = { 120, 80, 60, 40, 20 };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(widths); i++) {
		struct watched watched;
		struct xdc_watch_view view;
		xdc_autofree char *text = NULL;

		watched_begin(&watched);
		add_disk(&watched);
		watched_add(&watched,
			    "/devices/\033[2Ja-very-long-name-that-no-terminal-has-room-for-at-all",
			    &some);
		view = watched_view(&watched, widths[i]);
		text = render(&view);
		assert_true(is_harmless(text));
		assert_true(widest_line(text) <= widths[i]);
		assert_contains(text, "\n\\x1b[2Ja-");
		watched_end(&watched);
	}
}

static void test_more_devices_than_lines(void **state)
{
	const struct xdc_counters some = { .maps = 1, .bytes = 1 };
	struct watched watched;
	struct xdc_watch_view view;
	xdc_autofree char *text = NULL;
	char paths[20][32];
	size_t lines = 0;

	(void)state;
	watched_begin(&watched);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++) {
		snprintf(paths[i], sizeof(paths[i]), "/devices/device-%02zu", i);
		watched_add(&watched, paths[i], &some);
	}
	view = watched_view(&watched, 80);
	view.lines = 24;
	text = render(&view);
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		lines++;
	assert_true(lines < 24);
	assert_contains(text, "\ndevice-13 ");
	assert_lacks(text, "\ndevice-14 ");
	assert_contains(text, "\nand 6 less active\n");
	watched_end(&watched);
}

static void test_nothing_at_all(void **state)
{
	struct watched watched;
	struct xdc_watch_view view;
	xdc_autofree char *text = NULL;

	(void)state;
	watched_begin(&watched);
	view = watched_view(&watched, 80);
	text = render(&view);
	assert_contains(text, "0 devices do DMA: 0.0 maps/s, 0.0 MiB/s.\n");
	assert_contains(text, "No DMA: 0000:00:02.0, 0000:00:03.0.\n");
	assert_lacks(text, "Confined");
	watched_end(&watched);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_whole_table),
		cmocka_unit_test(test_what_is_not_whole_is_told),
		cmocka_unit_test(test_a_name_is_cut_and_harmless),
		cmocka_unit_test(test_more_devices_than_lines),
		cmocka_unit_test(test_nothing_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
