/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

static struct flown with_target(const char *fields, const char *config)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	if (fields)
		add_target(evidence, "/x", fields);
	else
		add_absent(evidence, "/x");
	return fly_guest(evidence, config);
}

static void test_files_must_be_there_and_be_files(void **state)
{
	static const char *const keys[] = { "ramdisk=/x\n", "device_tree=/x\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		struct flown flown = with_target(NULL, keys[i]);

		assert_check(&flown, "image", XDC_OUTCOME_FAIL);
		land(&flown);
		flown = with_target("type=directory\n", keys[i]);
		assert_check(&flown, "image", XDC_OUTCOME_FAIL);
		land(&flown);
	}
}

/* What a recording says of a target is another's text, or it says nothing. */
static void test_what_is_no_file_can_be_shown(void **state)
{
	struct flown flown = with_target("type=\\x1b[2J\n", "ramdisk=/x\n");

	(void)state;
	assert_string_equal(check_of(&flown, "image")->because[0].text, "it is a \\x1b[2J");
	land(&flown);
	flown = with_target("mode=0644\n", "ramdisk=/x\n");
	assert_string_equal(check_of(&flown, "image")->title, "ramdisk= names no file: /x");
	assert_string_equal(check_of(&flown, "image")->because[0].text,
			    "it is of no kind that is known");
	land(&flown);
}

static void test_a_relative_path_cannot_be_told(void **state)
{
	unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), "ramdisk=initrd.img\n");

	(void)state;
	assert_check(&flown, "image", XDC_OUTCOME_UNKNOWN);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_UNKNOWN);
}

/* Where it is known where xl is started, it is looked for there, and told what a reboot does. */
static void test_a_relative_path_is_looked_for_where_xl_is_started(void **state)
{
	struct xdc_evidence *evidence = evidence_with("guest:0:directory", XDC_STATUS_OK, "/d");
	struct flown flown;

	(void)state;
	add_target(evidence, "/d/initrd.img", "type=file\nmode=0644\nsize=4096\n");
	flown = fly_guest(evidence, "ramdisk=initrd.img\n");
	assert_check(&flown, "relative-path", XDC_OUTCOME_NOTICE);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_PASS);
	land(&flown);
	evidence = evidence_with("guest:0:directory", XDC_STATUS_OK, "/d");
	add_absent(evidence, "/d/initrd.img");
	flown = fly_guest(evidence, "ramdisk=initrd.img\n");
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
}

static void test_a_bootloader_takes_a_disk(void **state)
{
	struct flown flown = with_target("type=file\nmode=0755\n", "bootloader=/x\n");

	(void)state;
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
	flown = with_target("type=file\nmode=0644\n", "bootloader=/x\ndisk=[/x,raw,xvda,r]\n");
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
	flown = with_target("type=file\nmode=0755\n", "bootloader=/x\ndisk=[/x,raw,xvda,r]\n");
	assert_no_check(&flown, "image");
	land(&flown);
	flown = with_target(NULL, "bootloader=/x\n");
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
}

/* @head in hexadecimal, of a kernel on arm64. */
static void assert_kernel(const char *head, enum xdc_outcome outcome)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *fields = NULL;
	struct flown flown;

	assert_true(asprintf(&fields, "type=file\nmode=0644\nsize=4096\n%s\n", head) > 0);
	add_target(evidence, "/k", fields);
	flown = fly_guest(evidence, "");
	assert_check(&flown, "image", outcome);
	land(&flown);
}

static void test_kernels_are_told_by_how_they_begin(void **state)
{
	(void)state;
	assert_kernel("head=7f454c46", XDC_OUTCOME_PASS);
	assert_kernel("head=1f8b08\nunpacked=7f454c46", XDC_OUTCOME_PASS);
	assert_kernel("head=1f8b08\nunpacked=303730373031", XDC_OUTCOME_FAIL);
	assert_kernel("head=303730373031", XDC_OUTCOME_FAIL);
	assert_kernel("head=", XDC_OUTCOME_FAIL);
	/* Not read, or not hexadecimal: not known. */
	assert_kernel("head!denied", XDC_OUTCOME_UNKNOWN);
	assert_kernel("head=zz", XDC_OUTCOME_UNKNOWN);
}

static void test_a_device_tree_must_be_one(void **state)
{
	struct flown flown = with_target("type=file\nsize=40\nhead=d00dfeed\n", "device_tree=/x\n");

	(void)state;
	assert_no_check(&flown, "image");
	land(&flown);
	flown = with_target("type=file\nsize=40\nhead=2f647473\n", "device_tree=/x\n");
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
}

static void test_something_must_be_booted(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_guest(evidence, 0, "name=g\nmemory=128\n");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
	flown = fly_guest(xdc_evidence_new(), "firmware=pvgrub64\n");
	assert_check(&flown, "image", XDC_OUTCOME_FAIL);
	land(&flown);
}

static void test_what_takes_qemu_needs_one(void **state)
{
	static const char *const configs[] = { "vfb=[vnc=1]\n", "channel=[name=a]\n",
					       "type=hvm\n" };
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(configs); i++) {
		flown = fly_guest(xdc_evidence_new(), configs[i]);
		assert_check(&flown, "device-model", XDC_OUTCOME_FAIL);
		land(&flown);
	}
	add_target(evidence, xdc_device_models[1], "type=file\nmode=0755\n");
	flown = fly_guest(evidence, configs[0]);
	assert_no_check(&flown, "device-model");
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_must_be_there_and_be_files),
		cmocka_unit_test(test_what_is_no_file_can_be_shown),
		cmocka_unit_test(test_a_relative_path_cannot_be_told),
		cmocka_unit_test(test_a_relative_path_is_looked_for_where_xl_is_started),
		cmocka_unit_test(test_a_bootloader_takes_a_disk),
		cmocka_unit_test(test_kernels_are_told_by_how_they_begin),
		cmocka_unit_test(test_a_device_tree_must_be_one),
		cmocka_unit_test(test_something_must_be_booted),
		cmocka_unit_test(test_what_takes_qemu_needs_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
