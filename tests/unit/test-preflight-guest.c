/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

struct read {
	struct xdc_arena *arena;
	struct xdc_evidence *evidence;
	struct xdc_guest *guest;
};

static struct read read_guest(struct xdc_evidence *evidence, bool on_arm)
{
	struct read read = { xdc_arena_new(), evidence, NULL };

	read.guest = xdc_guest_read(read.arena, evidence, 0, "g.cfg", on_arm);
	return read;
}

static struct read read_config(const char *config, bool on_arm)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_guest(evidence, 0, config);
	return read_guest(evidence, on_arm);
}

static void done(struct read *read)
{
	xdc_arena_free(read->arena);
	xdc_evidence_free(read->evidence);
}

static void test_settings_have_their_text_number_list_and_line(void **state)
{
	struct read read = read_config("name=g\nmemory=128\ndtdev=[/a|/b]\n", true);

	(void)state;
	assert_int_equal(read.guest->status, XDC_STATUS_OK);
	assert_text(read.guest->name, "g");
	assert_int_equal(xdc_guest_number(read.guest, "memory", -1), 128);
	assert_int_equal(xdc_guest_number(read.guest, "name", -1), -1);
	assert_int_equal(xdc_guest_line(read.guest, "memory"), 2);
	assert_int_equal(xdc_guest_line(read.guest, "vcpus"), 0);
	assert_true(xdc_guest_setting(read.guest, "dtdev")->list);
	assert_int_equal(xdc_guest_setting(read.guest, "dtdev")->n_items, 2);
	assert_text(xdc_guest_setting(read.guest, "dtdev")->items[1], "/b");
	assert_null(xdc_guest_text(read.guest, "dtdev"));
	done(&read);
}

static void test_a_relative_path_is_of_where_xl_is_started(void **state)
{
	static const struct {
		const char *directory;
		const char *path;
		const char *whole;
	} cases[] = {
		{ "/d", "a.img", "/d/a.img" },
		{ "/", "a.img", "/a.img" },
		{ "/d", "/a.img", "/a.img" },
		{ NULL, "a.img", "a.img" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = xdc_evidence_new();
		struct read read;

		add_guest(evidence, 0, "name=g\n");
		if (cases[i].directory)
			add_record(evidence, "guest:0:directory", XDC_STATUS_OK,
				   cases[i].directory);
		read = read_guest(evidence, true);
		assert_string_equal(xdc_guest_path(read.arena, read.guest, cases[i].path),
				    cases[i].whole);
		done(&read);
	}
}

static void test_a_later_assignment_takes_the_earlier_ones_place(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct read read;

	(void)state;
	add_record(evidence, "guest:0:settings", XDC_STATUS_OK,
		   "memory=3\nextra=4\nmemory=7\nextra=9+\n");
	add_record(evidence, "guest:0:values", XDC_STATUS_OK,
		   "memory=256\nmemory#=256\nextra=ab\n");
	add_record(evidence, "guest:0", XDC_STATUS_OK, "library=4.20\n");
	read = read_guest(evidence, true);
	assert_int_equal(xdc_guest_setting(read.guest, "memory")->line, 7);
	assert_int_equal(xdc_guest_setting(read.guest, "memory")->first_line, 3);
	assert_int_equal(xdc_guest_setting(read.guest, "extra")->first_line, 0);
	assert_text(read.guest->library, "4.20");
	done(&read);
}

static void test_the_type_is_what_xl_takes_it_for(void **state)
{
	static const struct {
		const char *config;
		bool on_arm;
		enum xdc_guest_kind kind;
	} cases[] = {
		{ "name=g\n", true, XDC_KIND_PVH },
		{ "name=g\n", false, XDC_KIND_PV },
		{ "type=pvh\n", false, XDC_KIND_PVH },
		{ "type=pv\n", true, XDC_KIND_PVH },
		{ "type=pv\n", false, XDC_KIND_PV },
		{ "type=hvm\n", true, XDC_KIND_HVM },
		{ "type=h\n", false, XDC_KIND_HVM },
		{ "type=foo\n", false, XDC_KIND_UNKNOWN },
		{ "builder=hvm\n", false, XDC_KIND_HVM },
		{ "builder=generic\n", false, XDC_KIND_PV },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct read read = read_config(cases[i].config, cases[i].on_arm);

		assert_string_equal(xdc_guest_kind_name(read.guest->kind),
				    xdc_guest_kind_name(cases[i].kind));
		done(&read);
	}
}

static void test_what_does_not_parse_says_where(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record record = {
		.key = "guest:0",
		.origin = "libxlutil",
		.detail = "g.cfg:12: config parsing error near `\033[2J': syntax error",
		.data = "library=4.17\n",
		.size = 13,
		.status = XDC_STATUS_IO_ERROR,
	};
	struct read read;

	(void)state;
	xdc_evidence_add(evidence, &record);
	read = read_guest(evidence, true);
	assert_int_equal(read.guest->error_line, 12);
	assert_true(is_harmless(read.guest->error));
	assert_int_equal(read.guest->n_settings, 0);
	done(&read);
}

static void test_without_an_answer_nothing_is_known(void **state)
{
	struct read read = read_guest(xdc_evidence_new(), true);

	(void)state;
	assert_int_equal(read.guest->status, XDC_STATUS_UNSUPPORTED);
	assert_int_equal(read.guest->n_disks, 0);
	done(&read);
}

/* Whatever stands in the records, the result is within its bounds. */
static void test_mad_records_are_survived(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct read read;

	(void)state;
	add_record(evidence, "guest:0:settings", XDC_STATUS_OK,
		   "=\na\ndisk=99999999999999999999\ndisk=1\nvif=2\nmemory=3\n");
	add_record(evidence, "guest:0:values", XDC_STATUS_OK,
		   "disk[]=99999999999\ndisk[5]=x\ndisk[99999]=y\ndisk[-1]=z\nvif[0]=early\n"
		   "vif[]=2\nmemory#=999999999999999999999\nother=1\n[]=\n");
	add_record(evidence, "guest:0", XDC_STATUS_OK, "");
	read = read_guest(evidence, true);
	assert_true(read.guest->incomplete);
	assert_int_equal(read.guest->n_disks, 0);
	assert_int_equal(read.guest->n_vifs, 0);
	assert_int_equal(xdc_guest_number(read.guest, "memory", 0), 1LL << 40);
	done(&read);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settings_have_their_text_number_list_and_line),
		cmocka_unit_test(test_a_relative_path_is_of_where_xl_is_started),
		cmocka_unit_test(test_a_later_assignment_takes_the_earlier_ones_place),
		cmocka_unit_test(test_the_type_is_what_xl_takes_it_for),
		cmocka_unit_test(test_what_does_not_parse_says_where),
		cmocka_unit_test(test_without_an_answer_nothing_is_known),
		cmocka_unit_test(test_mad_records_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
