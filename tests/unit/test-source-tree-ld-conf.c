/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "source/tools.h"
#include "unit-elf.h"

#define CONF "/etc/ld.so.conf"

/* The directories for a program of @machine, with commas between. */
static void assert_dirs(const struct tmp *tmp, const struct xdc_elf *elf, const char *expected)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *text = "";
	size_t count;
	const char **dirs = xdc_tree_library_dirs(&tmp->tree, arena, elf, &count);

	for (size_t i = 0; i < count; i++)
		text = xdc_arena_printf(arena, "%s%s%s", text, i ? "," : "", dirs[i]);
	assert_string_equal(text, expected);
	xdc_arena_free(arena);
}

static const struct xdc_elf amd64 = { .class = ELFCLASS64, .machine = EM_X86_64 };
static const struct xdc_elf arm64 = { .class = ELFCLASS64, .machine = EM_AARCH64 };
static const struct xdc_elf armhf = { .class = ELFCLASS32, .machine = EM_ARM };
static const struct xdc_elf other = { .class = ELFCLASS32, .machine = EM_SPARC };

static void test_the_loader_has_directories_of_its_own(void **state)
{
	assert_dirs(*state, &amd64,
		    "/lib/x86_64-linux-gnu,/usr/lib/x86_64-linux-gnu,/lib64,/usr/lib64,"
		    "/lib,/usr/lib");
	assert_dirs(*state, &arm64,
		    "/lib/aarch64-linux-gnu,/usr/lib/aarch64-linux-gnu,/lib64,/usr/lib64,"
		    "/lib,/usr/lib");
	assert_dirs(*state, &armhf,
		    "/lib/arm-linux-gnueabihf,/usr/lib/arm-linux-gnueabihf,/lib,/usr/lib");
	assert_dirs(*state, &other, "/lib,/usr/lib");
}

static void test_the_file_s_directories_come_first(void **state)
{
	tmp_file(*state, CONF,
		 "# /opt/comment\n/opt/a # another\n\t /opt/b:/opt/c, /opt/d\n"
		 "hwcap 0 nosegneg\nrelative/dir\n/opt/e=libc6\n/opt/a\n/usr/lib");
	assert_dirs(*state, &other, "/opt/a,/opt/b,/opt/c,/opt/d,/opt/e,/usr/lib,/lib");
}

static void test_files_include_others_in_the_order_of_their_names(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, CONF, "include ld.so.conf.d/*.conf /etc/more\n/opt/last\n");
	tmp_file(tmp, "/etc/ld.so.conf.d/b.conf", "/opt/b\n");
	tmp_file(tmp, "/etc/ld.so.conf.d/a.conf", "/opt/a\n");
	tmp_file(tmp, "/etc/ld.so.conf.d/.hidden.conf", "/opt/hidden\n");
	tmp_file(tmp, "/etc/ld.so.conf.d/a.conf.bak", "/opt/bak\n");
	tmp_file(tmp, "/etc/more", "include nested\n");
	tmp_file(tmp, "/etc/nested", "/opt/nested\n");
	assert_dirs(tmp, &other, "/opt/a,/opt/b,/opt/nested,/opt/last,/lib,/usr/lib");
}

/* ldconfig gives up when it has no descriptors left. */
static void test_files_that_include_each_other_come_to_an_end(void **state)
{
	const struct tmp *tmp = *state;
	char path[64];

	tmp_file(tmp, CONF, "include ld.so.conf\ninclude ld.so.conf.d/*\n/opt/a\n");
	for (int i = 0; i < 20; i++) {
		snprintf(path, sizeof(path), CONF ".d/%d", i);
		tmp_file(tmp, path, "include *\ninclude /etc/ld.so.conf\n/opt/b\n");
	}
	tmp_link(tmp, CONF ".d/loop", "loop");
	tmp_dir(tmp, CONF ".d/dir");
	assert_dirs(tmp, &other, "/opt/a,/opt/b,/lib,/usr/lib");
}

static void test_however_many_there_are_the_loader_s_own_are_kept(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_arena *arena = xdc_arena_new();
	char text[1000 * 10];
	size_t length = 0, count;
	const char **dirs;

	for (int i = 0; i < 1000; i++)
		length += (size_t)snprintf(text + length, sizeof(text) - length, "/d%d\n", i);
	tmp_file(tmp, CONF, text);
	dirs = xdc_tree_library_dirs(&tmp->tree, arena, &amd64, &count);
	assert_in_range(count, 100, 128);
	assert_string_equal(dirs[0], "/d0");
	assert_string_equal(dirs[count - 1], "/usr/lib");
	assert_string_equal(dirs[count - 6], "/lib/x86_64-linux-gnu");
	xdc_arena_free(arena);
}

static void test_a_file_that_is_none_is_nothing(void **state)
{
	tmp_fifo(*state, CONF);
	assert_dirs(*state, &other, "/lib,/usr/lib");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_the_loader_has_directories_of_its_own),
		tree_test(test_the_file_s_directories_come_first),
		tree_test(test_files_include_others_in_the_order_of_their_names),
		tree_test(test_files_that_include_each_other_come_to_an_end),
		tree_test(test_however_many_there_are_the_loader_s_own_are_kept),
		tree_test(test_a_file_that_is_none_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
