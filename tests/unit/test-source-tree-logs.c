/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "unit-elf.h"

#define KERN	      "/var/log/kern.log"
#define HYPERVISOR    "/var/log/xen/console/hypervisor.log"
#define BOOT_ID	      "boot_id=0123456789abcdef0123456789abcdef\n"
#define NO_KERN	      KERN "!absent\n" KERN ".1!absent\n" KERN ".1.gz!absent\n" KERN ".2.gz!absent\n"
#define NO_HYPERVISOR HYPERVISOR "!absent\n"

enum { TAIL = 512 << 10 };

static void make_boot(const struct tmp *tmp, const char *first_record)
{
	tmp_file(tmp, "/proc/sys/kernel/random/boot_id", "01234567-89ab-cdef-0123-456789abcdef\n");
	tmp_file(tmp, "/dev/kmsg", first_record);
}

static struct xdc_evidence *ask(const struct tmp *tmp, bool confined, const char *fields)
{
	const struct xdc_tree tree = { .root = tmp->tree.root, .confined = confined };
	struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record *record;

	xdc_tree_logs(&tree, xdc_evidence_add, evidence);
	record = xdc_evidence_find(evidence, "logs");
	assert_non_null(record);
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->data, fields);
	return evidence;
}

static const struct xdc_record *log_of(const struct xdc_evidence *evidence, const char *path,
				       enum xdc_status status)
{
	char key[128];
	const struct xdc_record *record;

	snprintf(key, sizeof(key), "log:%s", path);
	record = xdc_evidence_find(evidence, key);
	assert_non_null(record);
	assert_int_equal(record->status, status);
	assert_string_equal(record->origin, path);
	return record;
}

static void make_compressed(const struct tmp *tmp, const char *path, const char *text, size_t size)
{
	char full[128];
	gzFile file;

	tmp_file(tmp, path, "");
	snprintf(full, sizeof(full), "%s%s", tmp->root, path);
	file = gzopen(full, "wb");
	assert_non_null(file);
	assert_int_equal(gzwrite(file, text, (unsigned int)size), size);
	assert_int_equal(gzclose(file), Z_OK);
}

/* Numbered lines of 16 bytes; the caller's. */
static char *make_lines(size_t count)
{
	char *text = xdc_zalloc(count * 16 + 1);

	for (size_t i = 0; i < count; i++)
		snprintf(text + i * 16, 17, "line %010zu\n", i);
	return text;
}

static void test_a_whole_ring_needs_no_log_of_the_kernel_s(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_boot(tmp, "5,0,0,-;Linux version 6.1.0\n6,1,0,-;Command line: \n");
	tmp_file(tmp, KERN, "a\n");
	tmp_file(tmp, HYPERVISOR, "(XEN) Xen version 4.17\n");
	tmp_script(tmp, "/usr/bin/journalctl",
		   "#!/bin/sh\nprintf '_BOOT_ID=x\\nMESSAGE=m\\n\\n'\n");
	evidence = ask(tmp, false, BOOT_ID "ring=whole\n" HYPERVISOR "=23\n");
	assert_string_equal(log_of(evidence, HYPERVISOR, XDC_STATUS_OK)->data,
			    "(XEN) Xen version 4.17\n");
	assert_int_equal(xdc_evidence_count(evidence), 2);
}

static void test_a_ring_that_lost_its_beginning_has_the_logs_read(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_boot(tmp, "6,1234,99,-;usb 1-1: new device\n");
	tmp_file(tmp, KERN, "new\n");
	tmp_file(tmp, KERN ".1", "old\n");
	make_compressed(tmp, KERN ".2.gz", "older\n", 6);
	evidence = ask(tmp, true,
		       BOOT_ID "ring=lost\njournal!unsupported\n" KERN "=4\n" KERN ".1=4\n" KERN
			       ".1.gz!absent\n" KERN ".2.gz=6\n" NO_HYPERVISOR);
	assert_string_equal(log_of(evidence, KERN, XDC_STATUS_OK)->data, "new\n");
	assert_string_equal(log_of(evidence, KERN ".1", XDC_STATUS_OK)->data, "old\n");
	assert_string_equal(log_of(evidence, KERN ".2.gz", XDC_STATUS_OK)->data, "older\n");
}

static void test_the_journal_of_this_boot_makes_files_superfluous(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_boot(tmp, "6,1234,99,-;usb 1-1: new device\n");
	tmp_file(tmp, KERN, "new\n");
	tmp_script(tmp, "/usr/bin/journalctl",
		   "#!/bin/sh\n[ $4 = --boot=0 ] || exit 1\n"
		   "printf '_BOOT_ID=0123456789abcdef0123456789abcdef\\nMESSAGE=m\\n\\n'\n");
	evidence = ask(tmp, false, BOOT_ID "ring=lost\njournal=1\n" NO_HYPERVISOR);
	assert_non_null(
		xdc_evidence_find(evidence, "log:journal:0123456789abcdef0123456789abcdef"));
	assert_null(xdc_evidence_find(evidence, "log:" KERN));
}

static void test_without_the_journal_of_this_boot_files_are_read(void **state)
{
	const struct tmp *tmp = *state;

	make_boot(tmp, "6,1234,99,-;usb 1-1: new device\n");
	xdc_evidence_free(
		ask(tmp, false, BOOT_ID "ring=lost\njournal!absent\n" NO_KERN NO_HYPERVISOR));
	tmp_script(tmp, "/usr/bin/journalctl",
		   "#!/bin/sh\n[ $4 = --boot=0 ] || exit 1\n"
		   "printf '_BOOT_ID=ffffffffffffffffffffffffffffffff\\nMESSAGE=m\\n\\n'\n");
	xdc_evidence_free(ask(tmp, false, BOOT_ID "ring=lost\njournal=1\n" NO_KERN NO_HYPERVISOR));
}

static void test_a_ring_that_cannot_be_read_may_have_lost_anything(void **state)
{
	const struct tmp *tmp = *state;

	xdc_evidence_free(
		ask(tmp, true,
		    "boot_id!absent\nring!absent\njournal!unsupported\n" NO_KERN NO_HYPERVISOR));
	tmp_fifo(tmp, "/dev/kmsg");
	xdc_evidence_free(
		ask(tmp, true,
		    "boot_id!absent\nring!absent\njournal!unsupported\n" NO_KERN NO_HYPERVISOR));
}

static void test_only_the_end_of_a_long_log_is_kept(void **state)
{
	/* The 512 KiB before the end begin in the middle of a line. */
	enum { SIZE = 100000 * 16 - 3 };
	const struct tmp *tmp = *state;
	xdc_autofree char *text = make_lines(100000);
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	static const char *const paths[] = { KERN, KERN ".1.gz" };

	make_boot(tmp, "");
	text[SIZE] = '\0';
	tmp_file(tmp, KERN, text);
	make_compressed(tmp, KERN ".1.gz", text, SIZE);
	tmp_bytes(tmp, KERN ".1", text, TAIL);
	xdc_tree_logs(&tmp->tree, xdc_evidence_add, evidence);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++) {
		const struct xdc_record *record = log_of(evidence, paths[i], XDC_STATUS_TRUNCATED);

		assert_int_equal(record->size, TAIL - 3);
		assert_true(xdc_text_starts_with(record->data, "line "));
		assert_string_equal(record->data, text + SIZE - record->size);
		assert_string_equal(record->detail, "not all of it: at most the last 512 KiB");
	}
	assert_int_equal(log_of(evidence, KERN ".1", XDC_STATUS_OK)->size, TAIL);
}

/* A few kilobytes that become gigabytes, and a disk's worth of holes. */
static void test_bombs_are_cut(void **state)
{
	enum { SIZE = 64 << 20 };
	const struct tmp *tmp = *state;
	xdc_autofree char *text = xdc_zalloc(SIZE);
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record *record;

	memset(text, '\n', SIZE / 2);
	memset(text + SIZE / 2, 'x', SIZE / 2);
	make_compressed(tmp, KERN ".2.gz", text, SIZE);
	tmp_sparse(tmp, KERN, 1LL << 40);
	xdc_tree_logs(&tmp->tree, xdc_evidence_add, evidence);
	record = log_of(evidence, KERN ".2.gz", XDC_STATUS_TRUNCATED);
	assert_in_range(record->size, 1, TAIL);
	/* It was not unpacked to the end. */
	assert_lacks(record->data, "x");
	assert_in_range(log_of(evidence, KERN, XDC_STATUS_TRUNCATED)->size, 1, TAIL);
}

static void test_compressed_garbage_is_an_error_and_a_cut_file_is_cut(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = xdc_zalloc(200000);
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	unsigned int noise = 1;
	char path[128];

	make_boot(tmp, "");
	tmp_bytes(tmp, KERN ".1.gz", "\x1f\x8b\x08\0garbagegarbagegarbage", 25);
	for (size_t i = 0; i < 200000; i++) {
		noise = noise * 1103515245 + 12345;
		text[i] = (char)('A' + (noise >> 16) % 26);
	}
	text[10] = '\n';
	make_compressed(tmp, KERN ".2.gz", text, 200000);
	snprintf(path, sizeof(path), "%s" KERN ".2.gz", tmp->root);
	assert_int_equal(truncate(path, 60000), 0);
	evidence = xdc_evidence_new();
	xdc_tree_logs(&tmp->tree, xdc_evidence_add, evidence);
	assert_null(xdc_evidence_find(evidence, "log:" KERN ".1.gz"));
	assert_contains(xdc_evidence_find(evidence, "logs")->data, KERN ".1.gz!io-error\n");
	assert_true(log_of(evidence, KERN ".2.gz", XDC_STATUS_TRUNCATED)->size > 1000);
}

static void test_what_is_no_file_or_denied_is_said_to_be(void **state)
{
	const struct tmp *tmp = *state;

	tmp_dir(tmp, KERN);
	tmp_fifo(tmp, KERN ".1");
	tmp_file(tmp, HYPERVISOR, "x\n");
	tmp_forbid(tmp, HYPERVISOR);
	if (!as_nobody())
		skip();
	xdc_evidence_free(ask(tmp, false,
			      "boot_id!absent\nring!absent\njournal!absent\n" KERN
			      "!unsupported\n" KERN ".1!unsupported\n" KERN ".1.gz!absent\n" KERN
			      ".2.gz!absent\n" HYPERVISOR "!denied\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_whole_ring_needs_no_log_of_the_kernel_s),
		tree_test(test_a_ring_that_lost_its_beginning_has_the_logs_read),
		tree_test(test_the_journal_of_this_boot_makes_files_superfluous),
		tree_test(test_without_the_journal_of_this_boot_files_are_read),
		tree_test(test_a_ring_that_cannot_be_read_may_have_lost_anything),
		tree_test(test_only_the_end_of_a_long_log_is_kept),
		tree_test(test_bombs_are_cut),
		tree_test(test_compressed_garbage_is_an_error_and_a_cut_file_is_cut),
		tree_test(test_what_is_no_file_or_denied_is_said_to_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
