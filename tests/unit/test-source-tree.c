/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

/* Takes the place of libc's: the directories of a damaged disk end before their end. */
static int readdir_error;

struct dirent *readdir(DIR *dir)
{
	struct dirent *(*real)(DIR * dir);

	if (readdir_error) {
		errno = readdir_error;
		return NULL;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "readdir");
	return real(dir);
}

static enum xdc_status read_text(const struct tmp *tmp, const char *path, size_t limit, char *text,
				 size_t size)
{
	xdc_autofree char *data = NULL;
	size_t length = 0;
	enum xdc_status status = xdc_tree_read(&tmp->tree, path, limit, &data, &length);

	text[0] = '\0';
	if (data) {
		assert_true(length < size);
		/* Also a binary file has a NUL behind it. */
		assert_int_equal(data[length], '\0');
		memcpy(text, data, length + 1);
	}
	return status;
}

static void assert_reads(const struct tmp *tmp, const char *path, const char *expected)
{
	char text[256];

	assert_int_equal(read_text(tmp, path, 200, text, sizeof(text)), XDC_STATUS_OK);
	assert_string_equal(text, expected);
}

static void assert_status(const struct tmp *tmp, const char *path, enum xdc_status status)
{
	char text[256];

	assert_int_equal(read_text(tmp, path, 200, text, sizeof(text)), status);
	assert_string_equal(text, "");
}

static void test_a_file_is_read_to_its_end(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/proc/cmdline", "console=hvc0\n");
	tmp_file(tmp, "/empty", "");
	assert_reads(tmp, "/proc/cmdline", "console=hvc0\n");
	assert_reads(tmp, "/empty", "");
	assert_status(tmp, "/proc/version", XDC_STATUS_ABSENT);
	assert_status(tmp, "/proc/cmdline/more", XDC_STATUS_ABSENT);
}

/* Larger than any buffer that is tried first, and with NULs. */
static void test_a_large_file_is_read_whole(void **state)
{
	enum { SIZE = 100000 };
	const struct tmp *tmp = *state;
	xdc_autofree char *content = xdc_zalloc(SIZE);
	xdc_autofree char *data = NULL;
	size_t size;

	for (size_t i = 0; i < SIZE; i++)
		content[i] = (char)(i % 253);
	tmp_bytes(tmp, "/large", content, SIZE);
	assert_int_equal(xdc_tree_read(&tmp->tree, "/large", SIZE, &data, &size), XDC_STATUS_OK);
	assert_int_equal(size, SIZE);
	assert_memory_equal(data, content, SIZE);
}

static void test_a_file_over_the_limit_is_cut_and_says_so(void **state)
{
	const struct tmp *tmp = *state;
	char text[16];

	tmp_file(tmp, "/file", "0123456789");
	assert_int_equal(read_text(tmp, "/file", 10, text, sizeof(text)), XDC_STATUS_OK);
	assert_string_equal(text, "0123456789");
	assert_int_equal(read_text(tmp, "/file", 9, text, sizeof(text)), XDC_STATUS_TRUNCATED);
	assert_string_equal(text, "012345678");
	assert_int_equal(read_text(tmp, "/file", 0, text, sizeof(text)), XDC_STATUS_TRUNCATED);
	assert_string_equal(text, "");
}

static void test_a_sparse_gibibyte_costs_no_more_than_the_limit(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *data = NULL;
	clock_t begin = clock();
	size_t size;

	tmp_sparse(tmp, "/sparse", 1LL << 30);
	assert_int_equal(xdc_tree_read(&tmp->tree, "/sparse", 4096, &data, &size),
			 XDC_STATUS_TRUNCATED);
	assert_int_equal(size, 4096);
	assert_true(clock() - begin < CLOCKS_PER_SEC / 4);
}

static void test_links_within_the_tree_are_followed(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/sys/real", "inside");
	tmp_link(tmp, "/sys/relative", "real");
	tmp_link(tmp, "/sys/absolute", "/sys/real");
	tmp_link(tmp, "/other", "sys");
	assert_reads(tmp, "/sys/relative", "inside");
	assert_reads(tmp, "/sys/absolute", "inside");
	assert_reads(tmp, "/other/real", "inside");
}

static void test_links_out_of_the_tree_reach_nothing_outside(void **state)
{
	const struct tmp *tmp = *state;
	char target[128];

	/* Beside the root: "root/../secret" and the absolute path are both really there. */
	tmp_file(tmp, "/../secret", "secret");
	snprintf(target, sizeof(target), "%s/secret", tmp->base);
	tmp_link(tmp, "/absolute", target);
	tmp_link(tmp, "/parent", "../secret");
	tmp_link(tmp, "/sys/deep", "../../../../../../secret");
	tmp_link(tmp, "/dir", tmp->base);
	tmp_link(tmp, "/passwd", "/etc/passwd");
	assert_status(tmp, "/absolute", XDC_STATUS_ABSENT);
	assert_status(tmp, "/parent", XDC_STATUS_ABSENT);
	assert_status(tmp, "/sys/deep", XDC_STATUS_ABSENT);
	assert_status(tmp, "/dir/secret", XDC_STATUS_ABSENT);
	assert_status(tmp, "/passwd", XDC_STATUS_ABSENT);
	assert_status(tmp, "/../secret", XDC_STATUS_ABSENT);
	/* "Above" the root is the root: where that has such a file, it is its own. */
	tmp_file(tmp, "/secret", "public");
	assert_reads(tmp, "/parent", "public");
	assert_reads(tmp, "/../secret", "public");
}

static void test_a_loop_of_links_ends(void **state)
{
	const struct tmp *tmp = *state;

	tmp_link(tmp, "/a", "b");
	tmp_link(tmp, "/b", "a");
	assert_status(tmp, "/a", XDC_STATUS_IO_ERROR);
}

/* /proc/self/exe and its like lead anywhere, whatever the root. */
static void test_magic_links_are_not_followed(void **state)
{
	struct xdc_tree tree = { .confined = true };
	xdc_autofree char *data = NULL;
	size_t size;

	(void)state;
	tree.root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(xdc_tree_read(&tree, "/proc/self/exe", 16, &data, &size),
			 XDC_STATUS_IO_ERROR);
	assert_null(data);
	close(tree.root);
}

static void test_a_fifo_is_never_opened(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoclose int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	char path[128], events[512];

	tmp_fifo(tmp, "/fifo");
	tmp_file(tmp, "/file", "x");
	snprintf(path, sizeof(path), "%s/fifo", tmp->root);
	assert_true(inotify_add_watch(watch, path, IN_OPEN) >= 0);
	assert_status(tmp, "/fifo", XDC_STATUS_UNSUPPORTED);
	assert_int_equal(xdc_tree_open(&tmp->tree, "/fifo", O_RDONLY), -ENXIO);
	assert_int_equal(xdc_tree_open(&tmp->tree, "/fifo", O_PATH), -ENXIO);
	assert_int_equal(read(watch, events, sizeof(events)), -1);
	assert_int_equal(errno, EAGAIN);
	/* The watch does see what is opened. */
	snprintf(path, sizeof(path), "%s/file", tmp->root);
	assert_true(inotify_add_watch(watch, path, IN_OPEN) >= 0);
	assert_reads(tmp, "/file", "x");
	assert_true(read(watch, events, sizeof(events)) > 0);
}

static void test_a_directory_is_no_file(void **state)
{
	const struct tmp *tmp = *state;

	tmp_dir(tmp, "/sys");
	assert_status(tmp, "/sys", XDC_STATUS_IO_ERROR);
	assert_status(tmp, "/", XDC_STATUS_IO_ERROR);
}

static void test_a_file_is_no_directory(void **state)
{
	const struct tmp *tmp = *state;
	int fd;

	tmp_file(tmp, "/file", "x");
	tmp_dir(tmp, "/dir");
	fd = xdc_tree_open(&tmp->tree, "/dir", O_PATH | O_DIRECTORY);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(xdc_tree_open(&tmp->tree, "/file", O_RDONLY | O_DIRECTORY), -ENOTDIR);
	assert_int_equal(xdc_tree_open(&tmp->tree, "/file", O_PATH | O_DIRECTORY), -ENOTDIR);
}

static void test_what_may_not_be_read_is_denied(void **state)
{
	const struct tmp *tmp = *state;
	char **names;
	size_t count;

	tmp_file(tmp, "/sys/secret", "x");
	tmp_forbid(tmp, "/sys/secret");
	tmp_file(tmp, "/closed/file", "x");
	tmp_forbid(tmp, "/closed");
	if (!as_nobody())
		skip();
	assert_status(tmp, "/sys/secret", XDC_STATUS_DENIED);
	assert_status(tmp, "/closed/file", XDC_STATUS_DENIED);
	assert_int_equal(xdc_tree_list(&tmp->tree, "/closed", &names, &count), XDC_STATUS_DENIED);
	assert_int_equal(count, 0);
}

static void test_a_directory_is_listed_in_order(void **state)
{
	const struct tmp *tmp = *state;
	char **names;
	size_t count;

	tmp_file(tmp, "/dir/b", "");
	tmp_file(tmp, "/dir/a\nb", "");
	tmp_file(tmp, "/dir/.hidden", "");
	tmp_file(tmp, "/dir/\x1b[31m", "");
	assert_int_equal(xdc_tree_list(&tmp->tree, "/dir", &names, &count), XDC_STATUS_OK);
	assert_int_equal(count, 4);
	assert_string_equal(names[0], "\x1b[31m");
	assert_string_equal(names[1], ".hidden");
	assert_string_equal(names[2], "a\nb");
	assert_string_equal(names[3], "b");
	xdc_names_free(names, count);
	assert_int_equal(xdc_tree_list(&tmp->tree, "/none", &names, &count), XDC_STATUS_ABSENT);
	assert_int_equal(count, 0);
	assert_null(names);
}

static void test_an_attribute_loses_one_newline(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoclose int dir = -1;
	char value[8];

	tmp_file(tmp, "/dev/one", "0x10\n");
	tmp_file(tmp, "/dev/two", "a\n\n");
	tmp_file(tmp, "/dev/none", "");
	tmp_file(tmp, "/dev/long", "0123456789");
	tmp_link(tmp, "/dev/link", "one");
	tmp_link(tmp, "/dev/up", "../dev/one");
	dir = xdc_tree_open(&tmp->tree, "/dev", O_PATH | O_DIRECTORY);
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "one", value, 8), 4);
	assert_string_equal(value, "0x10");
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "two", value, 8), 2);
	assert_string_equal(value, "a\n");
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "none", value, 8), 0);
	assert_string_equal(value, "");
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "long", value, 8), 7);
	assert_string_equal(value, "0123456");
	/* An attribute is a file; a link may lead to another device's. */
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "link", value, 8), -ELOOP);
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "up", value, 8), -ELOOP);
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "../dev/one", value, 8), -EXDEV);
	assert_int_equal(xdc_tree_read_attribute(&tmp->tree, dir, "gone", value, 8), -ENOENT);
}

static void test_a_link_s_text_fits_its_buffer(void **state)
{
	const struct tmp *tmp = *state;
	char buffer[8];

	tmp_link(tmp, "/long", "0123456789");
	tmp_file(tmp, "/file", "x");
	memset(buffer, 'z', sizeof(buffer));
	assert_int_equal(xdc_tree_read_link(tmp->tree.root, "long", buffer, 5), 0);
	assert_string_equal(buffer, "0123");
	assert_int_equal(buffer[5], 'z');
	assert_int_equal(xdc_tree_read_link(tmp->tree.root, "file", buffer, 5), -EINVAL);
	assert_int_equal(xdc_tree_read_link(tmp->tree.root, "none", buffer, 5), -ENOENT);
}

static void assert_resolves(const char *dir, const char *target, const char *expected)
{
	char path[64];

	assert_int_equal(xdc_path_resolve(dir, target, path, sizeof(path)), 0);
	assert_string_equal(path, expected);
}

static void test_links_are_resolved_by_their_letters(void **state)
{
	(void)state;
	assert_resolves("/sys/bus/pci/devices", "../../../devices/x", "/sys/devices/x");
	assert_resolves("/sys/bus", "/sys/./a//b/../c", "/sys/a/c");
	assert_resolves("/sys", "../../../etc", "/etc");
	assert_resolves("/sys", "..", "");
	assert_resolves("/sys", "", "/sys");
	assert_resolves("/sys", "..x/...", "/sys/..x/...");
}

static void test_a_path_too_long_is_refused(void **state)
{
	char path[8];

	(void)state;
	assert_int_equal(xdc_path_resolve("/", "123456", path, sizeof(path)), 0);
	assert_string_equal(path, "/123456");
	assert_int_equal(xdc_path_resolve("/", "1234567", path, sizeof(path)), -ENAMETOOLONG);
	assert_int_equal(xdc_path_resolve("/123", "4567", path, sizeof(path)), -ENAMETOOLONG);
	assert_int_equal(xdc_path_resolve("/sys/long", "../..", path, sizeof(path)), -ENAMETOOLONG);
}

static void test_a_directory_that_ends_early_is_no_short_one(void **state)
{
	const struct tmp *tmp = *state;
	enum xdc_status status;
	char **names;
	size_t count;

	tmp_file(tmp, "/dir/a", "");
	readdir_error = EIO;
	status = xdc_tree_list(&tmp->tree, "/dir", &names, &count);
	readdir_error = 0;
	assert_int_equal(status, XDC_STATUS_IO_ERROR);
	assert_int_equal(count, 0);
	xdc_names_free(names, count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_file_is_read_to_its_end),
		tree_test(test_a_large_file_is_read_whole),
		tree_test(test_a_file_over_the_limit_is_cut_and_says_so),
		tree_test(test_a_sparse_gibibyte_costs_no_more_than_the_limit),
		tree_test(test_links_within_the_tree_are_followed),
		tree_test(test_links_out_of_the_tree_reach_nothing_outside),
		tree_test(test_a_loop_of_links_ends),
		cmocka_unit_test(test_magic_links_are_not_followed),
		tree_test(test_a_fifo_is_never_opened),
		tree_test(test_a_directory_is_no_file),
		tree_test(test_a_file_is_no_directory),
		tree_test(test_what_may_not_be_read_is_denied),
		tree_test(test_a_directory_is_listed_in_order),
		tree_test(test_a_directory_that_ends_early_is_no_short_one),
		tree_test(test_an_attribute_loses_one_newline),
		tree_test(test_a_link_s_text_fits_its_buffer),
		cmocka_unit_test(test_links_are_resolved_by_their_letters),
		cmocka_unit_test(test_a_path_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
