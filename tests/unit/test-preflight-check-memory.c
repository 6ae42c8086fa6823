/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* A guest with that memory, on a dom0 with 1024 of 3072 MiB free. */
static void assert_memory(struct xdc_evidence *evidence, const char *lines, const char *id,
			  enum xdc_outcome outcome)
{
	xdc_autofree char *config = NULL;
	struct flown flown;

	assert_true(asprintf(&config, "name=g\nkernel=/k\n%s", lines) > 0);
	add_guest(evidence, 0, config);
	flown = fly_guests(evidence, 1);
	assert_check(&flown, id, outcome);
	land(&flown);
}

static void test_free_memory_decides(void **state)
{
	(void)state;
	assert_memory(xdc_evidence_new(), "memory=512\n", "memory-free", XDC_OUTCOME_PASS);
	assert_memory(xdc_evidence_new(), "memory=2048\n", "memory-free", XDC_OUTCOME_FAIL);
	/* With its tables it is more than there is, and it may yet be enough. */
	assert_memory(xdc_evidence_new(), "memory=1020\n", "memory-free", XDC_OUTCOME_UNKNOWN);
	assert_memory(evidence_with("xen:physinfo", XDC_STATUS_DENIED, ""), "memory=128\n",
		      "memory-free", XDC_OUTCOME_UNKNOWN);
}

static void test_xl_may_take_some_from_dom0(void **state)
{
	(void)state;
	assert_memory(evidence_with("xen:version", XDC_STATUS_OK, "command_line=loglvl=all\n"),
		      "memory=2048\n", "memory-free", XDC_OUTCOME_UNKNOWN);
	assert_memory(evidence_with("file:/etc/xen/xl.conf", XDC_STATUS_OK,
				    "#autoballoon=\"off\"\nautoballoon = \"on\"\n"),
		      "memory=2048\n", "memory-free", XDC_OUTCOME_UNKNOWN);
	assert_memory(
		evidence_with("file:/etc/xen/xl.conf", XDC_STATUS_OK, "autoballoon=\"off\"\n"),
		"memory=2048\n", "memory-free", XDC_OUTCOME_FAIL);
	/* More than the machine has is not there to be taken. */
	assert_memory(evidence_with("xen:version", XDC_STATUS_OK, "command_line=loglvl=all\n"),
		      "memory=4096\n", "memory-free", XDC_OUTCOME_FAIL);
}

static void test_the_images_must_fit(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	assert_memory(xdc_evidence_new(), "memory=16\n", "memory-fits", XDC_OUTCOME_FAIL);
	add_kernel(evidence, "/k", "16000000");
	assert_memory(evidence, "memory=16\n", "memory-fits", XDC_OUTCOME_UNKNOWN);
}

static void test_limits_and_defaults(void **state)
{
	(void)state;
	assert_memory(xdc_evidence_new(), "", "memory-default", XDC_OUTCOME_WARNING);
	assert_memory(xdc_evidence_new(), "memory=128\nmaxmem=64\n", "memory-maximum",
		      XDC_OUTCOME_WARNING);
	assert_memory(xdc_evidence_new(), "memory=128\nvcpus=200\n", "vcpus", XDC_OUTCOME_FAIL);
	assert_memory(xdc_evidence_new(), "memory=128\nvcpus=16\n", "vcpus", XDC_OUTCOME_UNKNOWN);
	assert_memory(xdc_evidence_new(), "memory=128\nvcpus=6\n", "vcpus", XDC_OUTCOME_NOTICE);
}

/* Nothing is populated on demand on Arm. */
static void test_no_more_than_memory_on_arm(void **state)
{
	(void)state;
	assert_memory(xdc_evidence_new(), "memory=128\nmaxmem=256\n", "memory-maximum",
		      XDC_OUTCOME_FAIL);
	assert_memory(xdc_evidence_new(), "memory=128\nmaxmem=64\n", "memory-maximum",
		      XDC_OUTCOME_WARNING);
}

/* Sums of what a file may hold do not overflow. */
static void test_numbers_of_any_size(void **state)
{
	(void)state;
	assert_memory(xdc_evidence_new(),
		      "memory=9223372036854775807\nmaxmem=9223372036854775807\n"
		      "vcpus=9223372036854775807\nshadow_memory=9223372036854775807\n",
		      "memory-free", XDC_OUTCOME_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_memory_decides),
		cmocka_unit_test(test_xl_may_take_some_from_dom0),
		cmocka_unit_test(test_the_images_must_fit),
		cmocka_unit_test(test_limits_and_defaults),
		cmocka_unit_test(test_no_more_than_memory_on_arm),
		cmocka_unit_test(test_numbers_of_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
