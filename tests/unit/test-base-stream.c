/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_nothing_written_is_an_empty_text(void **state)
{
	xdc_autofree char *text = NULL;
	size_t size = 1;

	(void)state;
	fclose(xdc_open_text(&text, &size));
	assert_string_equal(text, "");
	assert_int_equal(size, 0);
}

static void test_what_is_written_is_there_after_a_flush_and_at_the_end(void **state)
{
	xdc_autofree char *text = NULL;
	size_t size;
	FILE *out = xdc_open_text(&text, &size);

	(void)state;
	fprintf(out, "one %d", 1);
	fflush(out);
	assert_string_equal(text, "one 1");
	assert_int_equal(size, 5);
	fputc('\0', out);
	fputs("two", out);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(size, 9);
	assert_memory_equal(text, "one 1\0two", 10);
}

static void test_a_text_of_any_length_is_whole_and_ends_with_a_nul(void **state)
{
	(void)state;
	/* About each size at which the memory grows. */
	for (size_t length = 100; length < 70000; length += length < 600 ? 1 : 4093) {
		xdc_autofree char *text = NULL, *piece = xdc_zalloc(length);
		size_t size;
		FILE *out = xdc_open_text(&text, &size);

		memset(piece, 'x', length);
		fwrite(piece, 1, length, out);
		fwrite(piece, 1, length, out);
		fclose(out);
		assert_int_equal(size, 2 * length);
		assert_int_equal(strlen(text), 2 * length);
		assert_int_equal(strspn(text, "x"), 2 * length);
	}
}

static void test_it_knows_its_place_and_no_other(void **state)
{
	xdc_autofree char *text = NULL;
	size_t size;
	FILE *out = xdc_open_text(&text, &size);

	(void)state;
	assert_int_equal(ftell(out), 0);
	fputs("four", out);
	assert_int_equal(ftell(out), 4);
	fflush(out);
	fputs("ty", out);
	assert_int_equal(ftell(out), 6);
	assert_int_equal(fseek(out, 0, SEEK_SET), -1);
	assert_int_equal(errno, ESPIPE);
	fclose(out);
	assert_string_equal(text, "fourty");
}

struct writing {
	FILE *out;
	size_t size;
};

static void write_much(void *arg)
{
	const struct writing *writing = arg;

	fwrite("", 1, writing->size, writing->out);
}

static void test_memory_that_runs_out_calls_the_handler(void **state)
{
	char *text = NULL;
	size_t size;
	struct writing writing = { xdc_open_text(&text, &size), SIZE_MAX / 4 };

	(void)state;
	assert_true(runs_out_of_memory(write_much, &writing));
	fclose(writing.out);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_written_is_an_empty_text),
		cmocka_unit_test(test_what_is_written_is_there_after_a_flush_and_at_the_end),
		cmocka_unit_test(test_a_text_of_any_length_is_whole_and_ends_with_a_nul),
		cmocka_unit_test(test_it_knows_its_place_and_no_other),
		cmocka_unit_test(test_memory_that_runs_out_calls_the_handler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
