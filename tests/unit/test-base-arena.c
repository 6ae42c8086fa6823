/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdalign.h>
#include <string.h>

#include "unit.h"

static bool is_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

static void test_objects_are_aligned_behind_text_of_any_length(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();

	(void)state;
	for (size_t length = 0; length < 40; length++) {
		unsigned char *object;

		xdc_arena_memdup(arena, "0123456789012345678901234567890123456789", length);
		object = xdc_arena_alloc(arena, 24);
		assert_int_equal((uintptr_t)object % alignof(max_align_t), 0);
		assert_true(is_zero(object, 24));
	}
	xdc_arena_free(arena);
}

/* Many objects span several chunks; none may overlap another. */
static void test_objects_keep_their_content(void **state)
{
	enum { COUNT = 3000 };
	struct xdc_arena *arena = xdc_arena_new();
	unsigned char *objects[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		objects[i] = xdc_arena_alloc(arena, 1 + i % 97);
		assert_true(is_zero(objects[i], 1 + i % 97));
		memset(objects[i], (int)(i % 251) + 1, 1 + i % 97);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t n = 0; n < 1 + i % 97; n++)
			assert_int_equal(objects[i][n], i % 251 + 1);
	xdc_arena_free(arena);
}

/* Sizes around a chunk and its share from which an object gets a chunk of its own. */
static void test_large_objects_of_every_size_around_a_chunk(void **state)
{
	static const size_t sizes[] = {
		8191, 8192, 8193, 32767, 32768, 32769, 1 << 20, 8193, 1, 40000, 16,
	};
	unsigned char *objects[XDC_ARRAY_SIZE(sizes)];

	(void)state;
	/* Both as the first objects of an arena and with a chunk being filled. */
	for (int first = 0; first <= 1; first++) {
		struct xdc_arena *arena = xdc_arena_new();
		char *small = first ? NULL : xdc_arena_strdup(arena, "small");

		for (size_t i = 0; i < XDC_ARRAY_SIZE(sizes); i++) {
			objects[i] = xdc_arena_alloc(arena, sizes[i]);
			assert_int_equal((uintptr_t)objects[i] % alignof(max_align_t), 0);
			assert_true(is_zero(objects[i], sizes[i]));
			memset(objects[i], (int)i + 1, sizes[i]);
		}
		for (size_t i = 0; i < XDC_ARRAY_SIZE(sizes); i++) {
			assert_int_equal(objects[i][0], i + 1);
			assert_int_equal(objects[i][sizes[i] - 1], i + 1);
		}
		if (small)
			assert_string_equal(small, "small");
		xdc_arena_free(arena);
	}
}

static void test_memdup_keeps_nuls_and_ends_with_one(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	char *copy = xdc_arena_memdup(arena, "a\0b", 3);

	(void)state;
	assert_memory_equal(copy, "a\0b\0", 4);
	assert_string_equal(xdc_arena_memdup(arena, NULL, 0), "");
	assert_string_equal(xdc_arena_strdup(arena, "text"), "text");
	xdc_arena_free(arena);
}

static void test_printf_of_any_length(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	char *text = xdc_arena_printf(arena, "%s-%d", "a", 1);
	char *wide = xdc_arena_printf(arena, "%*d", 50000, 7);

	(void)state;
	assert_string_equal(text, "a-1");
	assert_int_equal(strlen(wide), 50000);
	assert_int_equal(wide[49999], '7');
	assert_string_equal(xdc_arena_printf(arena, "%s", ""), "");
	xdc_arena_free(arena);
}

static void test_free_of_nothing(void **state)
{
	(void)state;
	xdc_arena_free(NULL);
	xdc_arena_free(xdc_arena_new());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects_are_aligned_behind_text_of_any_length),
		cmocka_unit_test(test_objects_keep_their_content),
		cmocka_unit_test(test_large_objects_of_every_size_around_a_chunk),
		cmocka_unit_test(test_memdup_keeps_nuls_and_ends_with_one),
		cmocka_unit_test(test_printf_of_any_length),
		cmocka_unit_test(test_free_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
