/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "unit.h"

static void add(void *arg, const char *data, size_t size)
{
	(void)data;
	*(size_t *)arg += size;
}

static int read_path(const char *path, unsigned int timeout_ms, size_t *size)
{
	xdc_autoclose int fd = xdc_user_log_open(path);

	return fd < 0 ? fd : xdc_user_log_read(fd, timeout_ms, add, size);
}

static int read_log(const struct tmp *tmp, const char *path, unsigned int timeout_ms, size_t *size)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s%s", tmp->root, path);
	*size = 0;
	return read_path(whole, timeout_ms, size);
}

static void a_file_is_read_whole(void **state)
{
	size_t size;

	tmp_sparse(*state, "/log", 1000000);
	assert_int_equal(read_log(*state, "/log", 0, &size), 0);
	assert_int_equal(size, 1000000);
}

static void what_cannot_be_read_is_an_error(void **state)
{
	size_t size;

	tmp_dir(*state, "/dir");
	assert_int_equal(read_log(*state, "/none", 0, &size), -ENOENT);
	assert_int_equal(read_log(*state, "/dir", 0, &size), -EISDIR);
}

/* Nobody writes to it: it is empty, and nothing waits. */
static void a_fifo_without_a_writer_is_empty(void **state)
{
	size_t size;

	tmp_fifo(*state, "/fifo");
	assert_int_equal(read_log(*state, "/fifo", 1000, &size), 0);
	assert_int_equal(size, 0);
}

static void what_has_no_end_is_left(void **state)
{
	size_t size = 0;

	(void)state;
	assert_int_equal(read_path("/dev/zero", 50, &size), 1);
	assert_true(size > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(a_file_is_read_whole),
		tree_test(what_cannot_be_read_is_an_error),
		tree_test(a_fifo_without_a_writer_is_empty),
		tree_test(what_has_no_end_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
