/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

static void test_an_array_grows_and_keeps_its_elements(void **state)
{
	uint32_t *items = NULL;

	(void)state;
	for (uint32_t count = 0; count < 1000; count++) {
		xdc_array_reserve((void **)&items, count, sizeof(*items));
		items[count] = count * 3;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(items[i], i * 3);
	free(items);
}

/* Reserving moves the array only when it is full: at the powers of two. */
static void test_an_array_has_room_up_to_the_next_power_of_two(void **state)
{
	uint64_t *items = NULL;

	(void)state;
	xdc_array_reserve((void **)&items, 0, sizeof(*items));
	xdc_array_reserve((void **)&items, 1, sizeof(*items));
	xdc_array_reserve((void **)&items, 2, sizeof(*items));
	/* Room for four now: the memory checkers see it where that is wrong. */
	memset(items, 0xff, 4 * sizeof(*items));
	for (size_t count = 3; count < 4; count++) {
		uint64_t *before = items;

		xdc_array_reserve((void **)&items, count, sizeof(*items));
		assert_ptr_equal(items, before);
	}
	assert_true(items[3] == UINT64_MAX);
	free(items);
}

static void test_zalloc_gives_zeroed_memory_also_of_no_size(void **state)
{
	xdc_autofree unsigned char *bytes = xdc_zalloc(100);
	xdc_autofree void *none = xdc_zalloc(0);
	xdc_autofree char *copy = xdc_strdup("copy");

	(void)state;
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(bytes[i], 0);
	assert_non_null(none);
	assert_string_equal(copy, "copy");
}

static void reserve_much(void *arg)
{
	const size_t *huge = arg;
	void *items = NULL;

	xdc_array_reserve(&items, *huge, 16);
}

static void test_running_out_of_memory_calls_the_handler(void **state)
{
	size_t huge = (SIZE_MAX >> 2) + 1;

	(void)state;
	assert_true(runs_out_of_memory(reserve_much, &huge));
}

static void test_the_cleanups_take_nothing_too(void **state)
{
	int fds[2];

	(void)state;
	{
		xdc_autofree char *text = NULL;
		xdc_autofclose FILE *file = NULL;
		xdc_autoclose int none = -1;

		assert_null(text);
		assert_null(file);
		assert_int_equal(none, -1);
	}
	assert_int_equal(pipe(fds), 0);
	{
		xdc_autoclose int read_end = fds[0];
		xdc_autofclose FILE *write_end = fdopen(fds[1], "w");

		assert_true(fcntl(read_end, F_GETFD) >= 0);
		assert_non_null(write_end);
	}
	assert_int_equal(fcntl(fds[0], F_GETFD), -1);
	assert_int_equal(fcntl(fds[1], F_GETFD), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_array_grows_and_keeps_its_elements),
		cmocka_unit_test(test_an_array_has_room_up_to_the_next_power_of_two),
		cmocka_unit_test(test_zalloc_gives_zeroed_memory_also_of_no_size),
		cmocka_unit_test(test_running_out_of_memory_calls_the_handler),
		cmocka_unit_test(test_the_cleanups_take_nothing_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
