/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/record-stream.h"
#include "unit.h"

#define BEGIN "xen-dmacheck-records 1\n"
#define TWO                                                                                        \
	BEGIN "one\tok\there\t\t5\nab\ncd\n"                                                       \
	      "two\tdenied\tth\\x09ere\twhy\t0\n\n"                                                \
	      "end\t2\n"

static void add(void *arg, const struct xdc_record *record)
{
	xdc_evidence_add(arg, record);
}

/* Feeds @text in pieces of @piece bytes until it ends or is refused. */
static int feed(struct xdc_record_stream *stream, struct xdc_evidence *evidence, const char *text,
		size_t size, size_t piece)
{
	int r = 0;

	for (size_t at = 0; r == 0 && at < size; at += piece)
		r = xdc_record_stream_feed(stream, text + at, size - at < piece ? size - at : piece,
					   add, evidence);
	return r;
}

static void test_any_cut_gives_the_same_records(void **state)
{
	(void)state;
	for (size_t piece = 1; piece <= sizeof(TWO); piece++) {
		xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		const struct xdc_record *record;

		assert_int_equal(feed(stream, evidence, TWO, strlen(TWO), piece), 1);
		assert_int_equal(xdc_evidence_count(evidence), 2);
		record = xdc_evidence_find(evidence, "one");
		assert_non_null(record);
		assert_int_equal(record->size, 5);
		assert_text(record->data, "ab\ncd");
		assert_text(record->origin, "here");
		record = xdc_evidence_find(evidence, "two");
		assert_non_null(record);
		assert_int_equal(record->status, XDC_STATUS_DENIED);
		assert_text(record->origin, "th\tere");
		assert_text(record->detail, "why");
		assert_int_equal(record->size, 0);
	}
}

static void test_what_follows_the_last_line_is_not_looked_at(void **state)
{
	xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	assert_int_equal(feed(stream, evidence, TWO "garbage", strlen(TWO "garbage"), 1000), 1);
}

static void test_a_record_is_given_before_the_next_has_come(void **state)
{
	xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	static const char part[] = BEGIN "one\tok\t\t\t1\nx\ntwo\tok";

	(void)state;
	assert_int_equal(feed(stream, evidence, part, strlen(part), 7), 0);
	assert_int_equal(xdc_evidence_count(evidence), 1);
}

static void test_what_is_no_recording_is_refused(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} bad[] = {
		{ "hello\n", "not our format" },
		{ "\n", "not our format" },
		{ BEGIN "one\n", "five well-formed fields" },
		{ BEGIN "one\tok\t\t\t1\textra\n", "five well-formed fields" },
		{ BEGIN "\\q\tok\t\t\t1\n", "five well-formed fields" },
		{ BEGIN "\tok\t\t\t1\n", "key is empty" },
		{ BEGIN "one\tfine\t\t\t1\n", "status" },
		{ BEGIN "one\tok\t\t\t-1\n", "no number" },
		{ BEGIN "one\tok\t\t\t99999999999999999999\n", "no number" },
		{ BEGIN "one\tok\t\t\t2097153\n", "too much data" },
		{ BEGIN "one\tok\t\t\t1\nxy\n", "where its size says" },
		{ BEGIN "end\t1\n", "counts other" },
		{ BEGIN "end\tnone\n", "counts other" },
		{ BEGIN "one\tok\t\t\t1\nx\nend\t2\n", "counts other" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(bad); i++) {
		xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

		assert_int_equal(feed(stream, evidence, bad[i].text, strlen(bad[i].text), 5), -22);
		assert_contains(xdc_record_stream_error(stream), bad[i].why);
	}
}

/* Each bound, at it and beyond it. */

static void test_a_record_has_a_largest_size(void **state)
{
	xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	fprintf(out, BEGIN "one\tok\t\t\t%d\n", XDC_STREAM_RECORD_MAX);
	for (size_t i = 0; i < XDC_STREAM_RECORD_MAX; i++)
		fputc('x', out);
	fputs("\nend\t1\n", out);
	fclose(out);
	assert_int_equal(feed(stream, evidence, text, size, 65536), 1);
	assert_int_equal(xdc_evidence_at(evidence, 0)->size, XDC_STREAM_RECORD_MAX);
}

static void test_a_line_has_a_greatest_length(void **state)
{
	xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *text = xdc_zalloc(XDC_STREAM_LINE_MAX);

	(void)state;
	memset(text, 'x', XDC_STREAM_LINE_MAX);
	assert_int_equal(feed(stream, evidence, BEGIN, strlen(BEGIN), 100), 0);
	assert_int_equal(feed(stream, evidence, text, XDC_STREAM_LINE_MAX - 1, 1000), 0);
	assert_int_equal(feed(stream, evidence, text, 1, 1), -22);
	assert_contains(xdc_record_stream_error(stream), "does not end");
}

static void test_there_is_a_greatest_number_of_records(void **state)
{
	xdc_autostream struct xdc_record_stream *stream = xdc_record_stream_new();
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	static const char record[] = "one\tok\t\t\t0\n\n";

	(void)state;
	assert_int_equal(feed(stream, evidence, BEGIN, strlen(BEGIN), 100), 0);
	for (size_t i = 0; i < XDC_STREAM_RECORDS_MAX; i++)
		assert_int_equal(feed(stream, evidence, record, strlen(record), 100), 0);
	assert_int_equal(feed(stream, evidence, record, strlen(record), 100), -22);
	assert_contains(xdc_record_stream_error(stream), "too many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_cut_gives_the_same_records),
		cmocka_unit_test(test_what_follows_the_last_line_is_not_looked_at),
		cmocka_unit_test(test_a_record_is_given_before_the_next_has_come),
		cmocka_unit_test(test_what_is_no_recording_is_refused),
		cmocka_unit_test(test_a_record_has_a_largest_size),
		cmocka_unit_test(test_a_line_has_a_greatest_length),
		cmocka_unit_test(test_there_is_a_greatest_number_of_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
