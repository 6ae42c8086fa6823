/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define MAGIC "xen-dmacheck-records 1\n"

/* Parses a copy of @text; *@evidence gets the records, *@error the message. */
static int parse(struct xdc_arena *arena, const char *text, size_t size,
		 struct xdc_evidence *evidence, const char **error)
{
	char *copy = xdc_arena_memdup(arena, text, size);

	*error = NULL;
	return xdc_records_parse(arena, copy, size, xdc_evidence_add, evidence, error);
}

/* @text is refused, and the message says @why. */
static void assert_refused(const char *text, size_t size, const char *why)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	const char *error;

	assert_int_equal(parse(arena, text, size, evidence, &error), -EINVAL);
	assert_non_null(error);
	assert_contains(error, why);
	xdc_arena_free(arena);
}

#define REFUSED(text, why) assert_refused(text, sizeof(text) - 1, why)

static void test_records_come_back_as_they_were_written(void **state)
{
	static const char data[] = "a\tb\nc\\d\0\x1b\xff\nend\t1\n";
	const struct xdc_record records[] = {
		{ "file:/a\tb\nc", "/sys/\x1b[31m", "why\\not", data, sizeof(data) - 1,
		  XDC_STATUS_TRUNCATED },
		{ "empty", "", "", "", 0, XDC_STATUS_ABSENT },
		{ "newlines", "o", "d", "\n\n", 2, XDC_STATUS_OK },
	};
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = NULL;
	FILE *out;
	size_t size = 0;
	const char *error;

	(void)state;
	out = open_memstream(&text, &size);
	xdc_records_write_begin(out);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(records); i++)
		xdc_records_write(out, &records[i]);
	xdc_records_write_end(out, XDC_ARRAY_SIZE(records));
	fclose(out);
	assert_int_equal(parse(arena, text, size, evidence, &error), 0);
	assert_int_equal(xdc_evidence_count(evidence), XDC_ARRAY_SIZE(records));
	for (size_t i = 0; i < XDC_ARRAY_SIZE(records); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		assert_string_equal(record->key, records[i].key);
		assert_string_equal(record->origin, records[i].origin);
		assert_string_equal(record->detail, records[i].detail);
		assert_int_equal(record->status, records[i].status);
		assert_int_equal(record->size, records[i].size);
		assert_memory_equal(record->data, records[i].data, records[i].size + 1);
	}
	xdc_arena_free(arena);
}

static void test_the_format_is_the_one_described(void **state)
{
	const struct xdc_record record = { "k", "o", "d", "x=1\n", 4, XDC_STATUS_DENIED };
	xdc_autofree char *text = NULL;
	FILE *out = unit_stream();

	(void)state;
	xdc_records_write_begin(out);
	xdc_records_write(out, &record);
	xdc_records_write_end(out, 1);
	text = unit_text(out);
	assert_string_equal(text, MAGIC "k\tdenied\to\td\t4\nx=1\n\nend\t1\n");
}

static void test_an_empty_recording_is_one(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	const char *error;

	(void)state;
	assert_int_equal(parse(arena, MAGIC "end\t0\n", strlen(MAGIC "end\t0\n"), evidence, &error),
			 0);
	assert_int_equal(xdc_evidence_count(evidence), 0);
	xdc_arena_free(arena);
}

static void test_another_first_line_is_refused(void **state)
{
	(void)state;
	REFUSED("", "not a xen-dmacheck recording");
	REFUSED("\n", "not a xen-dmacheck recording");
	REFUSED("xen-dmacheck-records 1", "not a xen-dmacheck recording");
	REFUSED("xen-dmacheck-records 2\nend\t0\n", "not a xen-dmacheck recording");
	REFUSED("xen-dmacheck-records 10\nend\t0\n", "not a xen-dmacheck recording");
	REFUSED(" xen-dmacheck-records 1\nend\t0\n", "not a xen-dmacheck recording");
	REFUSED("\0xen-dmacheck-records 1\nend\t0\n", "not a xen-dmacheck recording");
}

/* Cut anywhere, a recording is none: a report on half of the evidence would mislead. */
static void test_a_recording_cut_short_anywhere_is_refused(void **state)
{
	static const char whole[] = MAGIC "k\tok\to\td\t4\nabcd\nl\tabsent\to\td\t0\n\nend\t2\n";
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	const char *error;

	(void)state;
	assert_int_equal(parse(arena, whole, sizeof(whole) - 1, evidence, &error), 0);
	for (size_t size = 0; size < sizeof(whole) - 1; size++) {
		assert_int_equal(parse(arena, whole, size, evidence, &error), -EINVAL);
		assert_non_null(error);
	}
	REFUSED(MAGIC, "cut short");
	REFUSED(MAGIC "k\tok\to\td\t1\nx\n", "cut short");
	xdc_arena_free(arena);
}

static void test_a_wrong_size_is_refused(void **state)
{
	(void)state;
	REFUSED(MAGIC "k\tok\to\td\t1\nabcd\nend\t1\n", "its size says");
	REFUSED(MAGIC "k\tok\to\td\t5\nabcd\nend\t1\n", "its size says");
	REFUSED(MAGIC "k\tok\to\td\t1000\nabcd\nend\t1\n", "its size says");
	REFUSED(MAGIC "k\tok\to\td\t18446744073709551615\nabcd\nend\t1\n", "size");
	REFUSED(MAGIC "k\tok\to\td\t18446744073709551616\nabcd\nend\t1\n", "size is no number");
	REFUSED(MAGIC "k\tok\to\td\t-1\nabcd\nend\t1\n", "size is no number");
	REFUSED(MAGIC "k\tok\to\td\t\nabcd\nend\t1\n", "size is no number");
	REFUSED(MAGIC "k\tok\to\td\t4 \nabcd\nend\t1\n", "size is no number");
	REFUSED(MAGIC "k\tok\to\td\t0x4\nabcd\nend\t1\n", "size is no number");
}

static void test_a_malformed_header_is_refused(void **state)
{
	(void)state;
	REFUSED(MAGIC "k\tfine\to\td\t0\n\nend\t1\n", "status is none of ours");
	REFUSED(MAGIC "k\tOK\to\td\t0\n\nend\t1\n", "status is none of ours");
	REFUSED(MAGIC "k\t\to\td\t0\n\nend\t1\n", "status is none of ours");
	REFUSED(MAGIC "\tok\to\td\t0\n\nend\t1\n", "key is empty");
	REFUSED(MAGIC "k\tok\to\td\n\nend\t1\n", "five well-formed fields");
	REFUSED(MAGIC "k\tok\to\td\t0\textra\n\nend\t1\n", "five well-formed fields");
	REFUSED(MAGIC "k\tok\to\td\t0\t\n\nend\t1\n", "five well-formed fields");
	REFUSED(MAGIC "\nend\t1\n", "five well-formed fields");
	REFUSED(MAGIC "k\\q\tok\to\td\t0\n\nend\t1\n", "five well-formed fields");
	REFUSED(MAGIC "k\tok\to\\x1\td\t0\n\nend\t1\n", "five well-formed fields");
}

static void test_a_wrong_count_is_refused(void **state)
{
	(void)state;
	REFUSED(MAGIC "k\tok\to\td\t0\n\nend\t0\n", "counts other records");
	REFUSED(MAGIC "k\tok\to\td\t0\n\nend\t2\n", "counts other records");
	REFUSED(MAGIC "end\t\n", "counts other records");
	REFUSED(MAGIC "end\t0 \n", "counts other records");
	REFUSED(MAGIC "end\t-0\n", "counts other records");
}

static void test_anything_behind_the_end_is_refused(void **state)
{
	(void)state;
	REFUSED(MAGIC "end\t0\n\n", "more behind the last line");
	REFUSED(MAGIC "end\t0\nend\t0\n", "more behind the last line");
	REFUSED(MAGIC "end\t0\n\0", "more behind the last line");
}

/* A NUL hides what is behind it from every reader of the line. */
static void test_a_nul_in_a_header_line_is_refused(void **state)
{
	(void)state;
	REFUSED("xen-dmacheck-records 1\0x\nend\t0\n", "");
	REFUSED(MAGIC "k\tok\to\td\t0\0junk\n\nend\t1\n", "");
	REFUSED(MAGIC "k\\x00junk\tok\to\td\t0\n\nend\t1\n", "");
	REFUSED(MAGIC "k\tok\\x00junk\to\td\t0\n\nend\t1\n", "");
	REFUSED(MAGIC "end\t0\0junk\n", "");
}

static void test_the_message_says_which_record_is_wrong(void **state)
{
	(void)state;
	REFUSED(MAGIC "k\tok\to\td\t0\n\nl\tbad\to\td\t0\n\nend\t2\n", "record 2:");
}

static void test_status_names_round_trip(void **state)
{
	enum xdc_status status;

	(void)state;
	for (int i = XDC_STATUS_OK; i <= XDC_STATUS_UNSUPPORTED; i++) {
		assert_int_equal(xdc_status_parse(xdc_status_name((enum xdc_status)i), &status), 0);
		assert_int_equal(status, i);
	}
	assert_string_equal(xdc_status_name(XDC_STATUS_IO_ERROR), "io-error");
	assert_int_equal(xdc_status_parse("Ok", &status), -EINVAL);
}

static void test_each_errno_has_a_status(void **state)
{
	(void)state;
	assert_int_equal(xdc_status_from_errno(ENOENT), XDC_STATUS_ABSENT);
	assert_int_equal(xdc_status_from_errno(ENOTDIR), XDC_STATUS_ABSENT);
	assert_int_equal(xdc_status_from_errno(EACCES), XDC_STATUS_DENIED);
	assert_int_equal(xdc_status_from_errno(EPERM), XDC_STATUS_DENIED);
	assert_int_equal(xdc_status_from_errno(ETIMEDOUT), XDC_STATUS_TIMEOUT);
	assert_int_equal(xdc_status_from_errno(ENOSYS), XDC_STATUS_UNSUPPORTED);
	assert_int_equal(xdc_status_from_errno(EIO), XDC_STATUS_IO_ERROR);
	assert_int_equal(xdc_status_from_errno(ELOOP), XDC_STATUS_IO_ERROR);
}

static void assert_field(const char *data, const char *name, const char *value,
			 enum xdc_status status)
{
	struct xdc_arena *arena = xdc_arena_new();
	enum xdc_status found_status = XDC_STATUS_TIMEOUT;
	const char *found = xdc_field_find(arena, data, name, &found_status);

	if (value)
		assert_text(found, value);
	else
		assert_null(found);
	assert_int_equal(found_status, status);
	xdc_arena_free(arena);
}

static void test_a_field_is_found_by_its_whole_name(void **state)
{
	static const char data[] = "driver_x=1\ndrive=2\ndriver=nvme\ndriver=other\nlast=3";

	(void)state;
	assert_field(data, "driver", "nvme", XDC_STATUS_OK);
	assert_field(data, "drive", "2", XDC_STATUS_OK);
	assert_field(data, "last", "3", XDC_STATUS_OK);
	assert_field(data, "rive", NULL, XDC_STATUS_ABSENT);
	assert_field(data, "driver_", NULL, XDC_STATUS_ABSENT);
	assert_field("", "driver", NULL, XDC_STATUS_ABSENT);
	assert_field("driver", "driver", NULL, XDC_STATUS_ABSENT);
	assert_field("empty=\nx=1\n", "empty", "", XDC_STATUS_OK);
	assert_field("value=a=b\n", "value", "a=b", XDC_STATUS_OK);
}

static void test_a_field_tells_why_it_has_no_value(void **state)
{
	(void)state;
	assert_field("driver!denied\n", "driver", NULL, XDC_STATUS_DENIED);
	assert_field("driver!timeout", "driver", NULL, XDC_STATUS_TIMEOUT);
	assert_field("driver!nonsense\n", "driver", NULL, XDC_STATUS_IO_ERROR);
	assert_field("driver=\\q\n", "driver", NULL, XDC_STATUS_IO_ERROR);
}

/* "ok" stands for a value, and there is none. */
static void test_a_field_without_value_is_never_ok(void **state)
{
	(void)state;
	assert_field("driver!ok\n", "driver", NULL, XDC_STATUS_IO_ERROR);
}

static void test_fields_written_are_found(void **state)
{
	xdc_autofree char *data = NULL;
	FILE *out = unit_stream();

	(void)state;
	xdc_field_write(out, "a", "x\ny=1\tz\\ \x1b");
	xdc_field_write_status(out, "b", XDC_STATUS_IO_ERROR);
	xdc_field_write(out, "y", "2");
	data = unit_text(out);
	assert_field(data, "a", "x\ny=1\tz\\ \x1b", XDC_STATUS_OK);
	assert_field(data, "b", NULL, XDC_STATUS_IO_ERROR);
	/* Not the "y=1" in the value of another. */
	assert_field(data, "y", "2", XDC_STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_come_back_as_they_were_written),
		cmocka_unit_test(test_the_format_is_the_one_described),
		cmocka_unit_test(test_an_empty_recording_is_one),
		cmocka_unit_test(test_another_first_line_is_refused),
		cmocka_unit_test(test_a_recording_cut_short_anywhere_is_refused),
		cmocka_unit_test(test_a_wrong_size_is_refused),
		cmocka_unit_test(test_a_malformed_header_is_refused),
		cmocka_unit_test(test_a_wrong_count_is_refused),
		cmocka_unit_test(test_anything_behind_the_end_is_refused),
		cmocka_unit_test(test_a_nul_in_a_header_line_is_refused),
		cmocka_unit_test(test_the_message_says_which_record_is_wrong),
		cmocka_unit_test(test_status_names_round_trip),
		cmocka_unit_test(test_each_errno_has_a_status),
		cmocka_unit_test(test_a_field_is_found_by_its_whole_name),
		cmocka_unit_test(test_a_field_tells_why_it_has_no_value),
		cmocka_unit_test(test_a_field_without_value_is_never_ok),
		cmocka_unit_test(test_fields_written_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
