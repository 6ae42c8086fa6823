/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit-preflight.h"

static struct flown unsafe_guest(void)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_target(evidence, "/dev/nvme0n1", "path=/dev/nvme0n1\ntype=block\nrdev=259:0\n");
	add_record(evidence, "class:block", XDC_STATUS_OK,
		   "nvme0n1=" PCI_PATH BAD_DEVICE "/nvme/nvme0/nvme0n1\n");
	add_record(evidence, "storage", XDC_STATUS_OK, "nvme0n1/dev=259:0\n");
	add_io_devices(evidence);
	return fly_guest(evidence, "disk=[/dev/nvme0n1,raw,xvda,w]\nmemroy=1\nna\033me=2\n");
}

static char *render(const struct flown *flown, const struct xdc_preflight_options *options)
{
	FILE *out = unit_stream();

	assert_int_equal(xdc_render_preflight(flown->all, options, out), 0);
	return unit_text(out);
}

static void test_the_answer_comes_first_then_the_way(void **state)
{
	unit_autoland struct flown flown = unsafe_guest();
	xdc_autofree char *text = render(&flown, &(struct xdc_preflight_options){ .width = 0 });

	(void)state;
	assert_true(xdc_text_starts_with(text,
					 "g (a.cfg) would start, but its I/O is unsafe.\n\n"
					 "xvda \xe2\x86\x90 /dev/nvme0n1 "
					 "\xe2\x86\x90 " BAD_DEVICE
					 ": guests' pages reach it, iommu (inferred): unsafe\n"));
	assert_contains(text, "\nunsafe   xvda: ");
	assert_contains(text, "(line 5)");
	assert_contains(text, "    do   Did you mean 'memory'?\n");
	assert_contains(text, "    id   XDC-FOREIGN-PAGES\n");
	assert_lacks(text, "Not checked");
	assert_lacks(text, "\npass");
}

static void test_verbose_shows_what_passed_and_what_was_left_out(void **state)
{
	unit_autoland struct flown flown = unsafe_guest();
	xdc_autofree char *text =
		render(&flown, &(struct xdc_preflight_options){ .verbose = true });

	(void)state;
	assert_contains(text, "\npass     This is a dom0\n");
	assert_contains(text, "\nNot checked:\n  whether the guest's own system comes up\n");
}

static void test_it_fits_a_terminal_and_harms_none(void **state)
{
	unit_autoland struct flown flown = unsafe_guest();
	xdc_autofree char *text =
		render(&flown, &(struct xdc_preflight_options){ .width = 80, .verbose = true });

	(void)state;
	assert_true(is_harmless(text));
	assert_true(widest_line(text) <= 80);
}

static void test_a_good_guest_is_one_line(void **state)
{
	unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), "");
	xdc_autofree char *text = render(&flown, &(struct xdc_preflight_options){ .width = 80 });

	(void)state;
	assert_string_equal(text, "g (a.cfg) would start, and it has no I/O through dom0.\n");
}

static void test_of_several_the_answers_come_last_and_nothing_twice(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;
	xdc_autofree char *text = NULL;

	(void)state;
	add_guest(evidence, 0, "name=a\nkernel=/none\nmemory=64\n");
	add_guest(evidence, 1, "name=b\nkernel=/none\nmemory=64\n");
	add_guest(evidence, 2, "name=c\nkernel=/k\nmemory=64\n");
	add_absent(evidence, "/none");
	flown = fly_guests(evidence, 3);
	text = render(&flown, &(struct xdc_preflight_options){ .width = 80 });
	assert_contains(text, "There is no /none (line 2)\n    why  kernel= names it\n");
	assert_contains(text, "\nfail     There is no /none (line 2), as for a.cfg\n");
	assert_true(xdc_text_ends_with(text,
				       "\na (a.cfg) would not start; it has no I/O through dom0.\n"
				       "b (b.cfg) would not start; it has no I/O through dom0.\n"
				       "c (c.cfg) would start, and it has no I/O through dom0.\n"));
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_answer_comes_first_then_the_way),
		cmocka_unit_test(test_verbose_shows_what_passed_and_what_was_left_out),
		cmocka_unit_test(test_it_fits_a_terminal_and_harms_none),
		cmocka_unit_test(test_a_good_guest_is_one_line),
		cmocka_unit_test(test_of_several_the_answers_come_last_and_nothing_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
