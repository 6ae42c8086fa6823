/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "unit.h"

static void test_links_are_resolved_as_seen_from_the_root(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoclose int fd = -1;
	char path[PATH_MAX];

	tmp_file(tmp, "/usr/lib/xen-common/bin/wrapper", "");
	tmp_link(tmp, "/usr/sbin/xl", "../lib/xen-common/bin/wrapper");
	tmp_link(tmp, "/sbin", "/usr/sbin");
	fd = xdc_tree_open(&tmp->tree, "/sbin/xl", O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(xdc_tree_real_path(&tmp->tree, fd, path, sizeof(path)), 0);
	assert_string_equal(path, "/usr/lib/xen-common/bin/wrapper");
	assert_int_equal(xdc_tree_real_path(&tmp->tree, fd, path, 10), -ENAMETOOLONG);
}

static void test_files_outside_have_no_path_inside(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoclose int outside = open("/dev/null", O_RDONLY | O_CLOEXEC);
	char path[PATH_MAX];

	assert_int_equal(xdc_tree_real_path(&tmp->tree, outside, path, sizeof(path)), -EXDEV);
	assert_int_equal(xdc_tree_real_path(&tmp->tree, -1, path, sizeof(path)), -ENOENT);
}

static void test_this_machine_s_root_is_empty(void **state)
{
	xdc_autoclose int root = open("/", O_PATH | O_CLOEXEC);
	const struct xdc_tree tree = { .root = root };
	xdc_autoclose int fd = xdc_tree_open(&tree, "/dev/null", O_RDONLY);
	const struct tmp *tmp = *state;
	char path[PATH_MAX];

	assert_int_equal(xdc_tree_root_path(&tree, path, sizeof(path)), 0);
	assert_string_equal(path, "");
	assert_int_equal(xdc_tree_real_path(&tree, fd, path, sizeof(path)), 0);
	assert_string_equal(path, "/dev/null");
	assert_int_equal(xdc_tree_root_path(&tmp->tree, path, sizeof(path)), 0);
	assert_string_equal(path, tmp->root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_links_are_resolved_as_seen_from_the_root),
		tree_test(test_files_outside_have_no_path_inside),
		tree_test(test_this_machine_s_root_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
