/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

static void test_a_usual_guest_has_nothing_against_it(void **state)
{
	unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), "vcpus=2\nextra=quiet\n");

	(void)state;
	assert_clean(&flown);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_PASS);
	assert_int_equal(flown.guest->io_safe, XDC_IO_SAFE);
}

static void test_each_line_has_its_check(void **state)
{
	static const struct {
		const char *line;
		const char *id;
		enum xdc_outcome outcome;
	} cases[] = {
		{ "memroy=1\n", "config-unknown-key", XDC_OUTCOME_WARNING },
		{ "pvh=1\n", "config-unknown-key", XDC_OUTCOME_WARNING },
		{ "altp2mhvm=1\ntype=hvm\n", "config-obsolete", XDC_OUTCOME_WARNING },
		{ "vif2=[a]\n", "config-obsolete", XDC_OUTCOME_WARNING },
		{ "bios=seabios\n", "config-ignored", XDC_OUTCOME_NOTICE },
		{ "vcpus=two\n", "config-kind", XDC_OUTCOME_WARNING },
		{ "extra=[a]\n", "config-kind", XDC_OUTCOME_WARNING },
		{ "vif=bridge\n", "config-kind", XDC_OUTCOME_WARNING },
		{ "max_grant_frames=many\n", "config-kind", XDC_OUTCOME_FAIL },
		{ "on_crash=explode\n", "config-value", XDC_OUTCOME_FAIL },
		{ "passthrough=1\n", "config-value", XDC_OUTCOME_FAIL },
		{ "tsc_mode=7x\n", "config-value", XDC_OUTCOME_FAIL },
		{ "type=foo\n", "config-type", XDC_OUTCOME_FAIL },
		{ "type=hvm\nbuilder=generic\n", "config-type", XDC_OUTCOME_FAIL },
		{ "type=h\n", "config-type", XDC_OUTCOME_WARNING },
		{ "type=pv\n", "config-type", XDC_OUTCOME_NOTICE },
		{ "uuid=1234\n", "config-uuid", XDC_OUTCOME_FAIL },
		{ "vcpus=4\nmaxvcpus=2\n", "config-vcpus", XDC_OUTCOME_FAIL },
		{ "cmdline=a\nextra=b\n", "config-overridden", XDC_OUTCOME_WARNING },
		{ "virtio=[backend=0]\n", "config-release", XDC_OUTCOME_WARNING },
		{ "memory=256\n", "config-twice", XDC_OUTCOME_WARNING },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), cases[i].line);

		assert_check(&flown, cases[i].id, cases[i].outcome);
	}
}

static void test_what_is_right_is_not_complained_of(void **state)
{
	static const char *const lines[] = {
		"on_crash=preserve\n",
		"tsc_mode=native\n",
		"uuid=01234567-89ab-cdef-0123-456789ABCDEF\n",
		"vcpus=2\nmaxvcpus=4\n",
		"cpus=[1|2]\n",
		"cpus=1\n",
		"max_grant_frames=64\n",
		"passthrough=disabled\n",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(lines); i++) {
		unit_autoland struct flown flown = fly_guest(xdc_evidence_new(), lines[i]);

		assert_clean(&flown);
	}
}

static void test_a_name_is_needed_and_must_be_free(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_guest(evidence, 0, "kernel=/k\nmemory=128\n");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "config-name", XDC_OUTCOME_FAIL);
	land(&flown);
	evidence = xdc_evidence_new();
	add_guest(evidence, 0, "name=other\nkernel=/k\nmemory=128\n");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "name-in-use", XDC_OUTCOME_FAIL);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_FAIL);
	land(&flown);
}

static void test_masked_names_are_no_names(void **state)
{
	const struct xdc_record domains = {
		.key = "xenstore:/local/domain",
		.origin = "xenstore",
		.detail = XDC_DETAIL_MASKED,
		.data = "0/name=Domain-0\n1/name=domain-1\n",
		.size = strlen("0/name=Domain-0\n1/name=domain-1\n"),
	};
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	xdc_evidence_add(evidence, &domains);
	add_guest(evidence, 0, "name=other\nkernel=/k\nmemory=128\n");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "name-in-use", XDC_OUTCOME_UNKNOWN);
	land(&flown);
}

static void test_a_syntax_error_is_a_fail_with_its_line(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record record = {
		.key = "guest:0",
		.origin = "libxlutil",
		.detail = "a.cfg:3: config parsing error near `is'",
		.data = "",
		.status = XDC_STATUS_IO_ERROR,
	};
	struct flown flown;

	(void)state;
	xdc_evidence_add(evidence, &record);
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "config-syntax", XDC_OUTCOME_FAIL);
	assert_int_equal(check_of(&flown, "config-syntax")->line, 3);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_FAIL);
	/* Nothing is known of what it has. */
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNKNOWN);
	land(&flown);
}

static void test_without_a_parser_it_is_unknown(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_record(evidence, "guest:0", XDC_STATUS_UNSUPPORTED, "");
	flown = fly_guests(evidence, 1);
	assert_check(&flown, "config-read", XDC_OUTCOME_UNKNOWN);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_UNKNOWN);
	land(&flown);
}

static void test_the_parser_of_another_release_is_told(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_record(evidence, "tools", XDC_STATUS_OK,
		   "xl_binary=/xl\nxl_release=4.20\nprocesses=1\nprocess=xenconsoled 1 none\n");
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=23\nsysctl=21\n");
	flown = fly_guest(evidence, "virtio=[backend=0]\n");
	assert_check(&flown, "config-library", XDC_OUTCOME_WARNING);
	/* It is xl's release that decides what is known. */
	assert_no_check(&flown, "config-release");
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_usual_guest_has_nothing_against_it),
		cmocka_unit_test(test_each_line_has_its_check),
		cmocka_unit_test(test_what_is_right_is_not_complained_of),
		cmocka_unit_test(test_a_name_is_needed_and_must_be_free),
		cmocka_unit_test(test_masked_names_are_no_names),
		cmocka_unit_test(test_a_syntax_error_is_a_fail_with_its_line),
		cmocka_unit_test(test_without_a_parser_it_is_unknown),
		cmocka_unit_test(test_the_parser_of_another_release_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
