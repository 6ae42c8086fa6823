/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "source/tools.h"
#include "unit-elf.h"

#define XL  "/usr/sbin/xl"
#define LIB "/usr/lib/x86_64-linux-gnu/"

static void assert_loaded(const struct tmp *tmp, int result, const char *path, const char *missing)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_loaded loaded;
	const char *text = "";

	assert_int_equal(xdc_tree_load(&tmp->tree, arena, XL, &loaded), result);
	if (path)
		assert_text(loaded.path, path);
	else
		assert_null(loaded.path);
	for (size_t i = 0; i < loaded.n_missing; i++)
		text = xdc_arena_printf(arena, "%s%s%s", text, i ? "," : "", loaded.missing[i]);
	assert_string_equal(text, missing);
	xdc_arena_free(arena);
}

/* As Debian has it: xl needs libxenlight, which needs libxenctrl. */
static void make_debian(const struct tmp *tmp)
{
	TMP_ELF(tmp, XL, .needed = { "libxlutil.so.4.17", "libxenlight.so.4.17", "libc.so.6" });
	TMP_ELF(tmp, LIB "libxlutil.so.4.17", .needed = { "libc.so.6" });
	TMP_ELF(tmp, LIB "libxenlight.so.4.17",
		.needed = { "libxentoollog.so.1", "libxenctrl.so.4.17" });
	TMP_ELF(tmp, LIB "libxenctrl.so.4.17.0", .soname = "libxenctrl.so.4.17");
	tmp_link(tmp, LIB "libxenctrl.so.4.17", "libxenctrl.so.4.17.0");
}

static void test_libraries_that_libraries_need_are_found(void **state)
{
	make_debian(*state);
	/* libc.so.6 is not there, and was not needed before libxenctrl was found. */
	assert_loaded(*state, 0, LIB "libxenctrl.so.4.17", "");
}

static void test_what_is_nowhere_is_named(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, XL, .needed = { "libxlutil.so.4.20", "libxenlight.so.4.20" });
	assert_loaded(tmp, -ENOENT, NULL, "libxlutil.so.4.20,libxenlight.so.4.20");
	TMP_ELF(tmp, "/lib/libxenlight.so.4.20", .needed = { "libxenctrl.so.4.20" });
	assert_loaded(tmp, -ENOENT, NULL, "libxlutil.so.4.20,libxenctrl.so.4.20");
	TMP_ELF(tmp, "/lib/libxenctrl.so.4.20", .soname = "libxenctrl.so.4.20");
	assert_loaded(tmp, 0, "/lib/libxenctrl.so.4.20", "libxlutil.so.4.20");
}

static void test_a_program_that_needs_none_has_none(void **state)
{
	TMP_ELF(*state, XL, .soname = NULL);
	assert_loaded(*state, -ENOENT, NULL, "");
	tmp_script(*state, XL, "#!/bin/sh\n");
	assert_loaded(*state, -ENOEXEC, NULL, "");
}

static void test_system_directories_are_tried_in_their_order(void **state)
{
	const struct tmp *tmp = *state;

	make_debian(tmp);
	TMP_ELF(tmp, "/usr/local/lib/libxenctrl.so.4.17", .soname = "libxenctrl.so.4.17");
	assert_loaded(tmp, 0, LIB "libxenctrl.so.4.17", "");
	tmp_file(tmp, "/etc/ld.so.conf", "/usr/local/lib\n");
	assert_loaded(tmp, 0, "/usr/local/lib/libxenctrl.so.4.17", "");
}

static void test_files_of_another_machine_are_passed_over(void **state)
{
	const struct tmp *tmp = *state;

	make_debian(tmp);
	tmp_file(tmp, "/etc/ld.so.conf", "/a\n/b\n/c\n/d\n/e\n");
	TMP_ELF(tmp, "/a/libxenctrl.so.4.17", .machine = EM_AARCH64);
	TMP_ELF(tmp, "/b/libxenctrl.so.4.17", .class = ELFCLASS32);
	TMP_ELF(tmp, "/c/libxenctrl.so.4.17", .order = ELFDATA2MSB);
	tmp_file(tmp, "/d/libxenctrl.so.4.17", "INPUT(a linker script)");
	tmp_dir(tmp, "/e/libxenctrl.so.4.17");
	assert_loaded(tmp, 0, LIB "libxenctrl.so.4.17", "");
}

static void test_a_runpath_is_of_one_object(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, XL, .runpath = "/opt/xen/lib", .needed = { "libxenlight.so.4.17" });
	TMP_ELF(tmp, "/opt/xen/lib/libxenlight.so.4.17", .needed = { "libxenctrl.so.4.17" });
	TMP_ELF(tmp, "/opt/xen/lib/libxenctrl.so.4.17", .soname = "libxenctrl.so.4.17");
	/* That of xl is not asked for what libxenlight needs. */
	assert_loaded(tmp, -ENOENT, NULL, "libxenctrl.so.4.17");
	TMP_ELF(tmp, "/relative/libxenctrl.so.4.17", .soname = "libxenctrl.so.4.17");
	TMP_ELF(tmp, "/opt/xen/lib/libxenlight.so.4.17", .runpath = "relative::$ORIGIN/../lib",
		.needed = { "libxenctrl.so.4.17" });
	assert_loaded(tmp, 0, "/opt/xen/lib/../lib/libxenctrl.so.4.17", "");
}

static void test_an_rpath_is_handed_down(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, XL, .rpath = "/nowhere:${ORIGIN}/../lib/xen",
		.needed = { "libxenlight.so.4.17" });
	TMP_ELF(tmp, "/usr/lib/xen/libxenlight.so.4.17", .needed = { "libxenctrl.so.4.17" });
	TMP_ELF(tmp, "/usr/lib/xen/libxenctrl.so.4.17", .soname = "libxenctrl.so.4.17");
	TMP_ELF(tmp, LIB "libxenctrl.so.4.17", .soname = "libxenctrl.so.4.17");
	assert_loaded(tmp, 0, "/usr/sbin/../lib/xen/libxenctrl.so.4.17", "");
	/* Not to an object that has a DT_RUNPATH, and not from one that has both. */
	TMP_ELF(tmp, "/usr/lib/xen/libxenlight.so.4.17", .runpath = "/nowhere",
		.needed = { "libxenctrl.so.4.17" });
	assert_loaded(tmp, 0, LIB "libxenctrl.so.4.17", "");
	TMP_ELF(tmp, XL, .rpath = "/usr/lib/xen", .runpath = "/nowhere",
		.needed = { "libxenlight.so.4.17" });
	assert_loaded(tmp, -ENOENT, NULL, "libxenlight.so.4.17");
	TMP_ELF(tmp, XL, .rpath = "/usr/lib/xen", .runpath = "/opt",
		.needed = { "libxenlight.so.4.17" });
	TMP_ELF(tmp, "/opt/libxenlight.so.4.17", .needed = { "libxenctrl.so.4.17" });
	assert_loaded(tmp, 0, LIB "libxenctrl.so.4.17", "");
}

static void test_a_need_may_be_a_path(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, XL, .needed = { "/opt/libxenctrl.so.4.19" });
	TMP_ELF(tmp, "/opt/libxenctrl.so.4.19", .soname = "libxenctrl.so.4.19");
	assert_loaded(tmp, 0, "/opt/libxenctrl.so.4.19", "");
}

static void test_libraries_that_need_each_other_come_to_an_end(void **state)
{
	const struct tmp *tmp = *state;

	TMP_ELF(tmp, XL, .needed = { "liba.so", "xl" });
	TMP_ELF(tmp, LIB "liba.so", .needed = { "libb.so", "liba.so", "xl" });
	TMP_ELF(tmp, LIB "libb.so", .needed = { "liba.so", "libb.so", "" });
	/* "xl" is looked for as a library like any other. */
	assert_loaded(tmp, -ENOENT, NULL, "xl");
}

/* Each of a thousand needs two more, in directories that are tried one after the other. */
static void test_endless_needs_come_to_an_end(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_loaded loaded;
	char rpath[2048] = "";

	for (size_t i = 0; i < 200; i++)
		snprintf(rpath + strlen(rpath), sizeof(rpath) - strlen(rpath), "/n%zu:", i);
	strcat(rpath, "/lib");
	TMP_ELF(tmp, XL, .rpath = rpath, .needed = { "l0" });
	for (int i = 0; i < 1000; i++) {
		const char *path = xdc_arena_printf(arena, "/lib/l%d", i);

		TMP_ELF(tmp, path, .rpath = rpath,
			.needed = { xdc_arena_printf(arena, "l%d", i + 1),
				    xdc_arena_printf(arena, "l%d", i + 2) });
	}
	assert_int_equal(xdc_tree_load(&tmp->tree, arena, XL, &loaded), -ENOENT);
	assert_null(loaded.path);
	xdc_arena_free(arena);
}

/* What the link leads to is outside of the tree, and there it is not. */
static void test_links_do_not_leave_the_tree(void **state)
{
	const struct tmp *tmp = *state;
	char outside[128];

	make_debian(tmp);
	tmp_file(tmp, "/etc/ld.so.conf", "/opt\n");
	snprintf(outside, sizeof(outside), "%s" LIB "libxenctrl.so.4.17.0", tmp->root);
	tmp_link(tmp, "/opt/libxenctrl.so.4.17", outside);
	assert_loaded(tmp, 0, LIB "libxenctrl.so.4.17", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_libraries_that_libraries_need_are_found),
		tree_test(test_what_is_nowhere_is_named),
		tree_test(test_a_program_that_needs_none_has_none),
		tree_test(test_system_directories_are_tried_in_their_order),
		tree_test(test_files_of_another_machine_are_passed_over),
		tree_test(test_a_runpath_is_of_one_object),
		tree_test(test_an_rpath_is_handed_down),
		tree_test(test_a_need_may_be_a_path),
		tree_test(test_libraries_that_need_each_other_come_to_an_end),
		tree_test(test_endless_needs_come_to_an_end),
		tree_test(test_links_do_not_leave_the_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
