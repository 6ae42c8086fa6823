/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/elf.h"
#include "unit-elf.h"

static const struct elf_spec usual = {
	.soname = "libxenlight.so.4.17",
	.rpath = "/opt/xen/lib",
	.runpath = "$ORIGIN/../lib:/usr/local/lib",
	.needed = { "libxenctrl.so.4.17", "libc.so.6" },
};

static int read_bytes(const struct tmp *tmp, const void *data, size_t size, struct xdc_arena *arena,
		      struct xdc_elf *ret)
{
	xdc_autoclose int fd = -1;

	tmp_bytes(tmp, "/file", data, size);
	fd = xdc_tree_open(&tmp->tree, "/file", O_RDONLY);
	assert_true(fd >= 0);
	return xdc_elf_read(arena, fd, ret);
}

/* What reading the bytes comes to; what is read is let go of. */
static int result_of(const struct tmp *tmp, const void *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_elf elf;
	int r = read_bytes(tmp, data, size, arena, &elf);

	xdc_arena_free(arena);
	return r;
}

static void assert_usual(const struct tmp *tmp, const struct elf_spec *spec)
{
	struct xdc_arena *arena = xdc_arena_new();
	unsigned char bytes[ELF_SIZE];
	struct xdc_elf elf;

	elf_make(spec, bytes);
	assert_int_equal(read_bytes(tmp, bytes, sizeof(bytes), arena, &elf), 0);
	assert_int_equal(elf.class, spec->class ? spec->class : ELFCLASS64);
	assert_int_equal(elf.order, spec->order ? spec->order : ELFDATA2LSB);
	assert_int_equal(elf.machine, spec->machine ? spec->machine : EM_X86_64);
	assert_text(elf.soname, usual.soname);
	assert_text(elf.rpath, usual.rpath);
	assert_text(elf.runpath, usual.runpath);
	assert_int_equal(elf.n_needed, 2);
	assert_text(elf.needed[0], "libxenctrl.so.4.17");
	assert_text(elf.needed[1], "libc.so.6");
	xdc_arena_free(arena);
}

static void test_both_sizes_and_byte_orders_are_read(void **state)
{
	struct elf_spec spec = usual;

	assert_usual(*state, &spec);
	spec.class = ELFCLASS32;
	spec.machine = EM_ARM;
	assert_usual(*state, &spec);
	spec.order = ELFDATA2MSB;
	assert_usual(*state, &spec);
	spec.class = ELFCLASS64;
	spec.machine = EM_AARCH64;
	assert_usual(*state, &spec);
}

/* Made by the compiler and the linker: this very program. */
static void test_a_real_program_is_read(void **state)
{
	xdc_autoclose int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct xdc_arena *arena = xdc_arena_new();
	bool needs_cmocka = false;
	struct xdc_elf elf;

	(void)state;
	assert_int_equal(xdc_elf_read(arena, fd, &elf), 0);
	for (size_t i = 0; i < elf.n_needed; i++)
		if (xdc_text_starts_with(elf.needed[i], "libcmocka.so"))
			needs_cmocka = true;
	assert_true(needs_cmocka);
	assert_null(elf.soname);
	xdc_arena_free(arena);
}

static void test_what_is_linked_statically_needs_nothing(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	unsigned char bytes[ELF_SIZE];
	struct xdc_elf elf;

	elf_make(&usual, bytes);
	bytes[ELF_AT_DYNAMIC_PHDR] = PT_NOTE;
	assert_int_equal(read_bytes(*state, bytes, sizeof(bytes), arena, &elf), 0);
	assert_int_equal(elf.n_needed, 0);
	assert_null(elf.soname);
	xdc_arena_free(arena);
}

static void test_what_is_no_elf_file_is_said_to_be_none(void **state)
{
	static const char archive[] = "!<arch>\nx/              0           0     0     644     "
				      "4         `\nabcd";
	const struct tmp *tmp = *state;
	xdc_autoclose int dir = xdc_tree_open(&tmp->tree, "/", O_RDONLY | O_DIRECTORY);
	struct xdc_elf elf;

	assert_int_equal(result_of(tmp, "", 0), -ENOEXEC);
	assert_int_equal(result_of(tmp, "\177ELF", 4), -ENOEXEC);
	assert_int_equal(result_of(tmp, "#!/bin/sh\nexec xl\n", 18), -ENOEXEC);
	assert_int_equal(result_of(tmp, archive, sizeof(archive) - 1), -ENOEXEC);
	assert_int_equal(xdc_elf_read(NULL, dir, &elf), -ENOEXEC);
}

/* Wherever it ends and whatever a byte is: an answer or an error, as the sanitizers see it. */
static void test_cut_and_changed_files_do_no_harm(void **state)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	unsigned char bytes[ELF_SIZE];

	elf_make(&usual, bytes);
	for (size_t size = 0; size <= ELF_AT_STRINGS; size += size < 1024 ? 1 : 64)
		assert_int_not_equal(result_of(*state, bytes, size), 0);
	for (size_t at = 0; at < 1024; at++) {
		unsigned char before = bytes[at];

		for (size_t i = 0; i < sizeof(values); i++) {
			bytes[at] = values[i];
			result_of(*state, bytes, sizeof(bytes));
		}
		bytes[at] = before;
	}
}

static void test_counts_that_are_lies_are_refused(void **state)
{
	unsigned char bytes[ELF_SIZE];

	/* As many program headers as a number can say, and as section 0 can say. */
	elf_make(&usual, bytes);
	memset(bytes + ELF_AT_PHNUM, 0xfe, 2);
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), -EBADMSG);
	elf_make(&usual, bytes);
	memset(bytes + ELF_AT_PHNUM, 0xff, 2);
	bytes[ELF_AT_SHOFF + 1] = 0x20;
	bytes[ELF_AT_SHNUM] = 1;
	memset(bytes + 0x2000 - 64, 0xff, 64);
	assert_int_not_equal(result_of(*state, bytes, sizeof(bytes)), 0);
	/* No section in the header means that section 0 has the number: 2^64 - 1 of them. */
	elf_make(&usual, bytes);
	bytes[ELF_AT_SHOFF + 1] = 0x18;
	memset(bytes + 0x1800, 0xff, 64);
	result_of(*state, bytes, sizeof(bytes));
}

static void test_strings_must_end_inside_their_table(void **state)
{
	unsigned char bytes[ELF_SIZE];
	unsigned char *entry = bytes + ELF_AT_DYNAMIC;

	/* The first entry is DT_NEEDED: an offset beyond the table. */
	elf_make(&usual, bytes);
	memset(entry + 8, 0xff, 8);
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), -EBADMSG);
	/* A name without an end. */
	elf_make(&usual, bytes);
	memset(bytes + ELF_AT_STRINGS, 'x', ELF_SIZE - ELF_AT_STRINGS);
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), -EBADMSG);
	/* A table that reaches beyond the file: DT_STRSZ is the seventh entry. */
	elf_make(&usual, bytes);
	bytes[ELF_AT_DYNAMIC + 6 * 16 + 10] = 0x01;
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), -EBADMSG);
}

static void test_too_many_needs_are_refused(void **state)
{
	unsigned char bytes[ELF_SIZE];

	/* 300 times the first of them, and what ended the section behind; behind the strings. */
	elf_make(&usual, bytes);
	for (size_t i = 0; i < 300; i++)
		memcpy(bytes + 8192 + i * 16, bytes + ELF_AT_DYNAMIC, 16);
	memcpy(bytes + 8192 + 300 * 16, bytes + ELF_AT_DYNAMIC, 256);
	bytes[ELF_AT_DYNAMIC_PHDR + 9] = 8192 >> 8;
	bytes[ELF_AT_DYNAMIC_PHDR + 33] = 5120 >> 8;
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), -EBADMSG);
	/* 200 are as many as somebody may have. */
	for (size_t i = 0; i < 100; i++)
		memset(bytes + 8192 + i * 16, DT_DEBUG, 1);
	assert_int_equal(result_of(*state, bytes, sizeof(bytes)), 0);
}

/* libelf would make room for each section that such a file could have. */
static void test_huge_files_are_not_looked_into(void **state)
{
	const struct tmp *tmp = *state;
	unsigned char bytes[ELF_SIZE];
	char path[128];
	xdc_autoclose int fd = -1;
	struct xdc_elf elf;

	elf_make(&usual, bytes);
	tmp_bytes(tmp, "/file", bytes, sizeof(bytes));
	snprintf(path, sizeof(path), "%s/file", tmp->root);
	assert_int_equal(truncate(path, (off_t)1 << 40), 0);
	fd = xdc_tree_open(&tmp->tree, "/file", O_RDONLY);
	assert_int_equal(xdc_elf_read(NULL, fd, &elf), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_both_sizes_and_byte_orders_are_read),
		tree_test(test_a_real_program_is_read),
		tree_test(test_what_is_linked_statically_needs_nothing),
		tree_test(test_what_is_no_elf_file_is_said_to_be_none),
		tree_test(test_cut_and_changed_files_do_no_harm),
		tree_test(test_counts_that_are_lies_are_refused),
		tree_test(test_strings_must_end_inside_their_table),
		tree_test(test_too_many_needs_are_refused),
		tree_test(test_huge_files_are_not_looked_into),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
