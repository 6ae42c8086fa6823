/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "catalogue/libxl-lines.h"
#include "unit.h"

static struct xdc_arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = xdc_arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	xdc_arena_free(arena);
	return 0;
}

static struct xdc_libxl_answer answer(const char *const *lines)
{
	struct xdc_libxl_releases releases = { 0 };

	for (; *lines; lines++)
		xdc_libxl_releases_add(&releases, *lines, strlen(*lines));
	return xdc_libxl_releases_answer(arena, &releases);
}

#define ANSWER(...) answer((const char *const[]){ __VA_ARGS__, NULL })

/* The failure that was reported of an Exynos Chromebook. */
static void two_lines_name_the_release(void **state)
{
	struct xdc_libxl_answer a = ANSWER(
		"libxl: error: libxl_create.c:720:libxl__domain_make: domain creation fail: "
		"Permission denied",
		"libxl: error: libxl_create.c:1309:initiate_domain_create: cannot make domain: -3");

	(void)state;
	assert_text(a.text, "4.18.x");
	assert_int_equal(a.major, 4);
	assert_int_equal(a.minor, 18);
	assert_int_equal(a.off, 0);
}

static void lines_narrow_it_down(void **state)
{
	struct xdc_libxl_answer one = ANSWER("libxl: error: libxl.c:102:libxl_ctx_alloc: cannot "
					     "open libxc handle: No such file");
	struct xdc_libxl_answer two =
		ANSWER("libxl: error: libxl.c:102:libxl_ctx_alloc: cannot open libxc handle: x",
		       "libxl: error: libxl.c:363:libxl_get_physinfo: getting physinfo: x");

	(void)state;
	assert_text(one.text, "4.11.0 to 4.22.0");
	assert_int_equal(one.major, 0);
	assert_text(two.text, "4.11.0 to 4.14.6");
}

/* Debian's 4.17.5: libxl_create.c is patched. */
static void a_patched_build_is_told_as_such(void **state)
{
	struct xdc_libxl_answer a = ANSWER("libxl: error: libxl_create.c:711:libxl__domain_make: "
					   "domain creation fail: Permission denied");

	(void)state;
	assert_text(a.text, "4.17.x");
	assert_int_equal(a.off, 2);
}

static void a_domain_before_the_message_does_not_matter(void **state)
{
	struct xdc_libxl_answer a = ANSWER("x 2024: libxl: libxl_create.c:720:libxl__domain_make: "
					   "Domain 3:domain creation fail: Permission denied");

	(void)state;
	assert_int_equal(a.minor, 18);
	assert_int_equal(a.off, 0);
}

static void what_is_not_known_tells_nothing(void **state)
{
	(void)state;
	assert_null(ANSWER("libxl: error: libxl_create.c:100:libxl__domain_make: domain creation "
			   "fail: x")
			    .text);
	assert_null(
		ANSWER("libxl: error: libxl_create.c:720:libxl__domain_make: something else").text);
	assert_null(ANSWER("libxl: error: libxl_new.c:720:f: domain creation fail").text);
	assert_null(ANSWER("libxl").text);
	assert_null(ANSWER("libxl_create.c:99999999999999:libxl__domain_make: domain creation fail")
			    .text);
	assert_null(ANSWER("").text);
}

static void lines_of_two_releases_tell_nothing(void **state)
{
	struct xdc_libxl_answer a = ANSWER(
		"libxl: error: libxl_create.c:720:libxl__domain_make: domain creation fail: x",
		"libxl: error: libxl_create.c:589:libxl__domain_make: domain creation fail: x");

	(void)state;
	assert_null(a.text);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_arena(two_lines_name_the_release),
		with_arena(lines_narrow_it_down),
		with_arena(a_patched_build_is_told_as_such),
		with_arena(a_domain_before_the_message_does_not_matter),
		with_arena(what_is_not_known_tells_nothing),
		with_arena(lines_of_two_releases_tell_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
