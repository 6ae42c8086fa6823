/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "unit.h"

static struct xdc_evidence *ask(const struct tmp *tmp, const char *path)
{
	const struct xdc_request request = {
		.type = XDC_REQUEST_TARGETS,
		.devices = &path,
		.n_devices = 1,
	};
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_tree_ask(&tmp->tree, &request, xdc_evidence_add, evidence);
	return evidence;
}

/* Asks for @path; its data, or NULL where it has another status than @status or none at all. */
static char *answer(const struct tmp *tmp, const char *path, enum xdc_status status)
{
	xdc_autoevidence struct xdc_evidence *evidence = ask(tmp, path);
	const struct xdc_record *record;
	char key[128];

	snprintf(key, sizeof(key), "target:%s", path);
	record = xdc_evidence_find(evidence, key);
	assert_non_null(record);
	assert_string_equal(xdc_status_name(record->status), xdc_status_name(status));
	return xdc_strdup(record->data);
}

static void test_a_file_and_how_it_begins(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL;

	tmp_file(tmp, "/dir/file", "AB\n");
	tmp_link(tmp, "/link", "dir/file");
	text = answer(tmp, "/link", XDC_STATUS_OK);
	assert_contains(text, "path=/dir/file\n");
	assert_contains(text, "type=file\n");
	assert_contains(text, "size=3\n");
	assert_contains(text, "head=41420a\n");
	assert_lacks(text, "unpacked");
}

static void test_no_more_than_its_beginning_is_read(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL;

	tmp_sparse(tmp, "/large", 1LL << 40);
	text = answer(tmp, "/large", XDC_STATUS_OK);
	assert_contains(text, "size=1099511627776\n");
	assert_true(strlen(text) < 4096);
}

static void test_what_gzip_packed_is_unpacked(void **state)
{
	const struct tmp *tmp = *state;
	unsigned char plain[4096] = "\177ELF", packed[8192];
	z_stream stream = { .next_in = plain,
			    .avail_in = sizeof(plain),
			    .next_out = packed,
			    .avail_out = sizeof(packed) };
	xdc_autofree char *text = NULL;

	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, 0), Z_OK);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	tmp_bytes(tmp, "/packed", packed, stream.total_out);
	deflateEnd(&stream);
	text = answer(tmp, "/packed", XDC_STATUS_OK);
	assert_contains(text, "head=1f8b");
	assert_contains(text, "unpacked=7f454c46");
	free(text);
	/* Only so much as it begins like it. */
	tmp_bytes(tmp, "/broken", "\037\213\010garbage", 10);
	text = answer(tmp, "/broken", XDC_STATUS_OK);
	assert_contains(text, "unpacked=\n");
}

static void test_interpreters(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL;

	tmp_file(tmp, "/script", "#! /bin/bash -e\nexit\n");
	text = answer(tmp, "/script", XDC_STATUS_OK);
	assert_contains(text, "interpreter=/bin/bash\n");
}

static void test_what_is_no_file(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL, *fifo = NULL, *none = NULL;

	tmp_dir(tmp, "/directory");
	tmp_fifo(tmp, "/fifo");
	text = answer(tmp, "/directory", XDC_STATUS_OK);
	assert_contains(text, "type=directory\n");
	assert_lacks(text, "head");
	/* In a confined tree it is not opened at all. */
	fifo = answer(tmp, "/fifo", XDC_STATUS_UNSUPPORTED);
	none = answer(tmp, "/none", XDC_STATUS_ABSENT);
}

static void test_the_kernels_list_stands_for_device_nodes(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL, *none = NULL;

	tmp_file(tmp, "/sys/devices/pci/block/sda/dev", "8:0\n");
	tmp_link(tmp, "/sys/class/block/sda", "../../devices/pci/block/sda");
	text = answer(tmp, "/dev/sda", XDC_STATUS_OK);
	assert_contains(text, "type=block\n");
	assert_contains(text, "rdev=8:0\n");
	none = answer(tmp, "/dev/sdb", XDC_STATUS_ABSENT);
}

static void test_links_out_of_the_tree_lead_nowhere(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autofree char *text = NULL;

	tmp_link(tmp, "/away", "/etc/passwd");
	text = answer(tmp, "/away", XDC_STATUS_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_file_and_how_it_begins),
		tree_test(test_no_more_than_its_beginning_is_read),
		tree_test(test_what_gzip_packed_is_unpacked),
		tree_test(test_interpreters),
		tree_test(test_what_is_no_file),
		tree_test(test_the_kernels_list_stands_for_device_nodes),
		tree_test(test_links_out_of_the_tree_lead_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
