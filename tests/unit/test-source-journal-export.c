/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/kernel-log.h"
#include "source/journal.h"
#include "unit.h"

/* All entries of an export, as records of /dev/kmsg; the caller's. */
static char *convert(const void *data, size_t size)
{
	FILE *in = fmemopen((void *)(uintptr_t)data, size, "r");
	FILE *out = unit_stream();
	struct xdc_journal_entry entry;

	assert_non_null(in);
	for (unsigned int i = 0; xdc_journal_read(in, &entry); i++)
		xdc_journal_write(out, &entry, i);
	fclose(in);
	return unit_text(out);
}

static void assert_converts_bytes(const void *data, size_t size, const char *expected)
{
	xdc_autofree char *text = convert(data, size);

	assert_string_equal(text, expected);
}

static void assert_converts(const char *export, const char *expected)
{
	assert_converts_bytes(export, strlen(export), expected);
}

/* journalctl 252, with the fields that are there in any case. */
static const char usual[] =
	"__CURSOR=s=a;i=1;b=d4;m=f4240;t=60a1;x=1\n__REALTIME_TIMESTAMP=1700000000000000\n"
	"__MONOTONIC_TIMESTAMP=2000000\n_BOOT_ID=000000000000000000000000000000d4\n"
	"PRIORITY=3\nSYSLOG_FACILITY=0\n_SOURCE_MONOTONIC_TIMESTAMP=1234567\n"
	"_KERNEL_SUBSYSTEM=pci\n_KERNEL_DEVICE=+pci:0000:00:02.0\n"
	"MESSAGE=nvme 0000:00:02.0: probe with driver nvme failed with error -5\n\n";

static void test_an_entry_is_a_record_of_the_kernel(void **state)
{
	FILE *in = fmemopen((void *)(uintptr_t)usual, strlen(usual), "r");
	struct xdc_journal_entry entry;

	(void)state;
	assert_converts(usual, "3,0,1234567,-;nvme 0000:00:02.0: probe with driver nvme failed "
			       "with error -5\n SUBSYSTEM=pci\n DEVICE=+pci:0000:00:02.0\n");
	assert_true(xdc_journal_read(in, &entry));
	assert_string_equal(entry.boot_id, "000000000000000000000000000000d4");
	assert_false(xdc_journal_read(in, &entry));
	fclose(in);
}

/* What the record is for. */
static void test_the_parser_of_the_kernel_log_reads_it(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = convert(usual, strlen(usual));
	struct xdc_kernel_log *log = xdc_kernel_log_parse(arena, text, "kmsg");

	(void)state;
	assert_int_equal(log->n_failures, 1);
	assert_string_equal(log->failures[0].device, "0000:00:02.0");
	assert_int_equal(log->failures[0].error, -5);
	free(log->failures);
	xdc_arena_free(arena);
}

static void test_entries_are_counted(void **state)
{
	(void)state;
	assert_converts("MESSAGE=a\n\n\n\nMESSAGE=b\nPRIORITY=4\nSYSLOG_FACILITY=3\n\nMESSAGE=c\n",
			"6,0,0,-;a\n28,1,0,-;b\n6,2,0,-;c\n");
	assert_converts("\n\n", "");
}

static void test_values_that_are_no_line_come_with_their_size(void **state)
{
	static const char export[] = "MESSAGE\n\x0b\0\0\0\0\0\0\0\tone\ntwo\xff\\=\nPRIORITY\n"
				     "\1\0\0\0\0\0\0\0"
				     "2\nOTHER\n\4\0\0\0\0\0\0\0\n\n\n\n\n\nMESSAGE=next\n\n";

	(void)state;
	assert_converts_bytes(export, sizeof(export) - 1,
			      "2,0,0,-;\\x09one\\x0atwo\\xff\\x5c=\n"
			      "6,1,0,-;next\n");
}

static void test_numbers_that_are_none_do_no_harm(void **state)
{
	(void)state;
	assert_converts("PRIORITY=high\nSYSLOG_FACILITY=-1\n_SOURCE_MONOTONIC_TIMESTAMP=x\n"
			"MESSAGE=m\n\n",
			"6,0,0,-;m\n");
}

static void test_control_characters_of_a_device_are_escaped(void **state)
{
	(void)state;
	assert_converts("_KERNEL_DEVICE=+pci:\033[31m\nMESSAGE=m\n\n",
			"6,0,0,-;m\n DEVICE=+pci:\\x1b[31m\n");
}

static void test_what_is_long_is_cut(void **state)
{
	xdc_autofree char *export = xdc_zalloc(3 << 20);
	xdc_autofree char *text = NULL;

	(void)state;
	memset(export, 'x', 2 << 20);
	memcpy(export, "MESSAGE=", 8);
	strcpy(export + (2 << 20), "\nMESSAGE_ID=1\n\nMESSAGE=next\n\n");
	text = convert(export, strlen(export));
	assert_in_range(strlen(text), 2000, 2100);
	assert_contains(text, "xxx\n6,1,0,-;next\n");
	/* So is a name. */
	free(text);
	memset(export, 'N', 1 << 20);
	strcpy(export + (1 << 20), "=value\nMESSAGE=m\n\n");
	text = convert(export, strlen(export));
	assert_string_equal(text, "6,0,0,-;m\n");
}

static void test_ends_anywhere_are_ends(void **state)
{
	static const char size[] = "MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\xff"
				   "abc";

	(void)state;
	assert_converts_bytes(size, sizeof(size) - 1, "6,0,0,-;abc\n");
	assert_converts_bytes("MESSAGE\n\1\0", 10, "");
	for (size_t length = 1; length < strlen(usual); length++) {
		xdc_autofree char *text = convert(usual, length);

		assert_true(is_harmless(text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_entry_is_a_record_of_the_kernel),
		cmocka_unit_test(test_the_parser_of_the_kernel_log_reads_it),
		cmocka_unit_test(test_entries_are_counted),
		cmocka_unit_test(test_values_that_are_no_line_come_with_their_size),
		cmocka_unit_test(test_numbers_that_are_none_do_no_harm),
		cmocka_unit_test(test_control_characters_of_a_device_are_escaped),
		cmocka_unit_test(test_what_is_long_is_cut),
		cmocka_unit_test(test_ends_anywhere_are_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
