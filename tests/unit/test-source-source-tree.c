/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const struct xdc_record *ask_file(const struct tmp *tmp, struct xdc_evidence **evidence,
					 const char *path, size_t limit)
{
	char key[128];

	*evidence = tmp_ask(tmp, XDC_REQUEST_FILE, path, limit);
	snprintf(key, sizeof(key), "file:%s", path);
	assert_int_equal(xdc_evidence_count(*evidence), 1);
	return xdc_evidence_find(*evidence, key);
}

static void assert_file(const struct tmp *tmp, const char *path, size_t limit,
			enum xdc_status status, const char *data)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record = ask_file(tmp, &evidence, path, limit);

	assert_non_null(record);
	assert_int_equal(record->status, status);
	assert_string_equal(record->origin, path);
	assert_string_equal(record->data, data);
	assert_int_equal(record->size, strlen(data));
}

static void test_each_file_is_answered_with_a_status(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/proc/cmdline", "quiet\n");
	tmp_link(tmp, "/proc/out", "/etc/passwd");
	tmp_sparse(tmp, "/proc/huge", 1LL << 30);
	tmp_dir(tmp, "/proc/dir");
	assert_file(tmp, "/proc/cmdline", 4096, XDC_STATUS_OK, "quiet\n");
	assert_file(tmp, "/proc/cmdline", 3, XDC_STATUS_TRUNCATED, "qui");
	assert_file(tmp, "/proc/none", 4096, XDC_STATUS_ABSENT, "");
	assert_file(tmp, "/proc/out", 4096, XDC_STATUS_ABSENT, "");
	assert_file(tmp, "/proc/dir", 4096, XDC_STATUS_IO_ERROR, "");
}

static void test_what_is_no_file_is_told_so(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	tmp_fifo(tmp, "/proc/xen/capabilities");
	record = ask_file(tmp, &evidence, "/proc/xen/capabilities", 4096);
	assert_int_equal(record->status, XDC_STATUS_UNSUPPORTED);
	assert_string_equal(record->detail, "not a regular file");
}

static void test_a_file_that_may_not_be_read_is_denied(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/proc/cmdline", "quiet\n");
	tmp_forbid(tmp, "/proc/cmdline");
	if (!as_nobody())
		skip();
	assert_file(tmp, "/proc/cmdline", 4096, XDC_STATUS_DENIED, "");
}

static void test_uname_comes_from_proc(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	/* The kernel has had "arch" since 6.1 only. */
	tmp_file(tmp, "/proc/sys/kernel/osrelease", "5.10.0-30-arm64\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_UNAME, NULL, 0);
	record = xdc_evidence_find(evidence, "uname");
	assert_non_null(record);
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->data, "release=5.10.0-30-arm64\nmachine!absent\n");
}

static void test_the_kernel_log_is_a_file_here(void **state)
{
	const struct tmp *tmp = *state;
	const struct xdc_request request = { XDC_REQUEST_KERNEL_LOG, NULL, 1 << 20, NULL, 0 };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	tmp_file(tmp, "/dev/kmsg", "6,1,2,-;text\n");
	xdc_tree_ask(&tmp->tree, &request, xdc_evidence_add, evidence);
	assert_text(xdc_evidence_find(evidence, "kmsg")->data, "6,1,2,-;text\n");
}

/* xdc_collect() asks for the log without a limit: the source has one of its own. */
static void test_the_kernel_log_is_read_without_a_limit_given(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	tmp_file(tmp, "/dev/kmsg", "6,1,2,-;text\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_KERNEL_LOG, NULL, 0);
	record = xdc_evidence_find(evidence, "kmsg");
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->data, "6,1,2,-;text\n");
}

static void test_what_only_a_machine_can_tell_is_unsupported(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *names = tmp_ask(tmp, XDC_REQUEST_NAMES, NULL, 0);
	xdc_autoevidence struct xdc_evidence *dma = tmp_ask(tmp, XDC_REQUEST_DMA_STATE, NULL, 0);

	assert_int_equal(xdc_evidence_find(names, "udev")->status, XDC_STATUS_UNSUPPORTED);
	assert_int_equal(xdc_evidence_find(dma, "dma")->status, XDC_STATUS_UNSUPPORTED);
	assert_true(strlen(xdc_evidence_find(dma, "dma")->detail) > 0);
}

static void test_a_root_that_is_no_directory_is_refused(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_source *source = NULL;
	char path[128];

	tmp_file(tmp, "/file", "x");
	snprintf(path, sizeof(path), "%s/file", tmp->root);
	assert_int_equal(xdc_source_tree(path, &source), -ENOTDIR);
	snprintf(path, sizeof(path), "%s/none", tmp->root);
	assert_int_equal(xdc_source_tree(path, &source), -ENOENT);
	assert_null(source);
}

static void test_the_source_answers_from_its_root(void **state)
{
	const struct tmp *tmp = *state;
	const struct xdc_request request = { XDC_REQUEST_FILE, "/proc/cmdline", 4096, NULL, 0 };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autosource struct xdc_source *source = NULL;

	tmp_file(tmp, "/proc/cmdline", "of the tree");
	assert_int_equal(xdc_source_tree(tmp->root, &source), 0);
	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	assert_text(xdc_evidence_find(evidence, "file:/proc/cmdline")->data, "of the tree");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_each_file_is_answered_with_a_status),
		tree_test(test_what_is_no_file_is_told_so),
		tree_test(test_a_file_that_may_not_be_read_is_denied),
		tree_test(test_uname_comes_from_proc),
		tree_test(test_the_kernel_log_is_a_file_here),
		tree_test(test_the_kernel_log_is_read_without_a_limit_given),
		tree_test(test_what_only_a_machine_can_tell_is_unsupported),
		tree_test(test_a_root_that_is_no_directory_is_refused),
		tree_test(test_the_source_answers_from_its_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
