/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

static void a_match_knows_its_line(void **state)
{
	const struct xdc_log *log = log_read(*state, "one\ntwo\n" DENIED "four\n");
	const struct xdc_log_match *m = match_of(log, "XDC-TOOLS-MISMATCH");

	assert_non_null(m);
	assert_int_equal(m->line, 3);
	assert_int_equal(m->count, 1);
	assert_text(m->file, "a.log");
	assert_contains(m->text, "domain creation fail");
	assert_int_equal(log->n_lines, 4);
}

static void repeated_lines_are_one_match(void **state)
{
	const struct xdc_log_match *m =
		match_of(log_read(*state, DENIED "x\n" DENIED DENIED), "XDC-TOOLS-MISMATCH");

	assert_int_equal(m->count, 3);
	assert_int_equal(m->line, 1);
	assert_int_equal(m->last_line, 4);
}

static void attempts_are_told_apart(void **state)
{
	const struct xdc_log *log = log_read(*state, "Parsing config from a.cfg\n" DENIED
						     "Parsing config from b.cfg\n" DENIED);

	assert_int_equal(log->n_matches, 2);
	assert_int_equal(log->matches[0].attempt, 1);
	assert_int_equal(log->matches[1].attempt, 2);
}

static void a_broken_message_is_found_once(void **state)
{
	const struct xdc_log *log = log_read(
		*state,
		"libxl: error: libxl_create.c:720:libxl__domain_make: domain creation fail: Permi\n"
		"ssion denied\n"
		"libxl: error: x\n");

	assert_int_equal(match_of(log, "XDC-TOOLS-MISMATCH")->line, 1);
	assert_int_equal(match_of(log, "XDC-TOOLS-MISMATCH")->count, 1);
}

static void what_a_guest_writes_is_not_believed(void **state)
{
	const struct xdc_log *log = log_read(*state, "(d3) " DENIED "(XEN) (d3) " DENIED);

	assert_null(match_of(log, "XDC-TOOLS-MISMATCH"));
}

static void numbers_decide_the_entry(void **state)
{
	const struct xdc_log *log = log_read(
		*state,
		"[ 1.0] a: swiotlb buffer is full (sz: 1048576 bytes)\n"
		"[ 2.0] a: swiotlb buffer is full (sz: 4096 bytes), total 32768 (slots), used 9\n");

	assert_int_equal(match_of(log, "XDC-SWIOTLB-SEGMENT")->line, 1);
	assert_int_equal(match_of(log, "XDC-SWIOTLB-FULL")->line, 2);
}

/* Longer than the reader's buffer: what stands at its end, and what follows, is found. */
static void an_endless_line_costs_no_memory(void **state)
{
	struct log_unit *unit = *state;
	const struct xdc_log *log = xdc_log_reader_log(unit->reader);
	xdc_autofree char *piece = xdc_zalloc(100000);

	memset(piece, 'x', 100000);
	xdc_log_reader_begin(unit->reader, "long");
	for (int i = 0; i < 30; i++)
		xdc_log_reader_feed(unit->reader, piece, 100000);
	xdc_log_reader_feed(unit->reader, " " DENIED CANNOT, strlen(" " DENIED CANNOT));
	xdc_log_reader_end(unit->reader);
	assert_int_equal(match_of(log, "XDC-TOOLS-MISMATCH")->line, 1);
	assert_int_equal(match_of(log, "XDC-CREATE-FAILED")->line, 2);
	assert_int_equal(log->n_lines, 2);
}

static void lines_are_counted_over_pieces(void **state)
{
	struct log_unit *unit = *state;
	const struct xdc_log *log = xdc_log_reader_log(unit->reader);

	xdc_log_reader_begin(unit->reader, "many");
	for (int i = 0; i < 100000; i++)
		xdc_log_reader_feed(unit->reader, "(XEN) a line of no meaning\n", 27);
	xdc_log_reader_feed(unit->reader, DENIED, strlen(DENIED));
	xdc_log_reader_end(unit->reader);
	assert_int_equal(match_of(log, "XDC-TOOLS-MISMATCH")->line, 100001);
	assert_int_equal(log->n_lines, 100001);
}

static void matches_are_bounded(void **state)
{
	FILE *out = unit_stream();
	const struct xdc_log *log;
	char *text;

	for (int i = 0; i < 1000; i++)
		fputs("Parsing config from x\n" DENIED, out);
	text = unit_text(out);
	log = log_read(*state, text);
	assert_int_equal(log->n_matches, XDC_LOG_MATCHES_MAX);
	assert_int_equal(log->n_left_out, 1000 - XDC_LOG_MATCHES_MAX);
	free(text);
}

static void nothing_is_found_in_nothing(void **state)
{
	const struct xdc_log *log = log_read(*state, "");

	assert_int_equal(log->n_matches, 0);
	assert_int_equal(log->n_lines, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(a_match_knows_its_line),
		log_test(repeated_lines_are_one_match),
		log_test(attempts_are_told_apart),
		log_test(a_broken_message_is_found_once),
		log_test(what_a_guest_writes_is_not_believed),
		log_test(numbers_decide_the_entry),
		log_test(an_endless_line_costs_no_memory),
		log_test(lines_are_counted_over_pieces),
		log_test(matches_are_bounded),
		log_test(nothing_is_found_in_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
