/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bundle/archive.h"
#include "unit.h"

/* Writes @evidence into the tree as a recording; returns its path in @path. */
static void write_recording(const struct tmp *tmp, const struct xdc_evidence *evidence, char *path,
			    size_t size)
{
	FILE *file;

	snprintf(path, size, "%s/recording", tmp->root);
	file = fopen(path, "we");
	assert_non_null(file);
	xdc_evidence_write(evidence, file);
	assert_int_equal(fclose(file), 0);
}

static int open_file(const char *path, struct xdc_source **ret, char **ret_error)
{
	xdc_autoclose int fd = -1;
	int r = xdc_user_file_open(path, &fd, ret_error);

	return r < 0 ? r : xdc_source_recording(fd, xdc_archive_load(ret_error), ret, ret_error);
}

static struct xdc_source *open_recording(const struct tmp *tmp, const struct xdc_evidence *evidence)
{
	struct xdc_source *source = NULL;
	char *error = NULL, path[128];

	write_recording(tmp, evidence, path, sizeof(path));
	assert_int_equal(open_file(path, &source, &error), 0);
	return source;
}

static void assert_refused(const struct tmp *tmp, const char *name, int error, const char *why)
{
	struct xdc_source *source = NULL;
	xdc_autofree char *text = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", tmp->root, name);
	assert_int_equal(open_file(path, &source, &text), error);
	assert_non_null(text);
	assert_contains(text, why);
	assert_null(source);
}

static struct xdc_evidence *ask(struct xdc_source *source, enum xdc_request_type type,
				const char *subject)
{
	const struct xdc_request request = { .type = type, .subject = subject, .limit = 4096 };
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	return evidence;
}

static void test_a_record_is_answered_as_it_was_recorded(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *recorded =
		evidence_with("file:/proc/cmdline", XDC_STATUS_TRUNCATED, "quiet\n");
	xdc_autosource struct xdc_source *source = open_recording(tmp, recorded);
	xdc_autoevidence struct xdc_evidence *replayed =
		ask(source, XDC_REQUEST_FILE, "/proc/cmdline");
	const struct xdc_record *record = xdc_evidence_find(replayed, "file:/proc/cmdline");

	assert_int_equal(xdc_evidence_count(replayed), 1);
	assert_string_equal(record->data, "quiet\n");
	assert_string_equal(record->origin, "unit test");
	assert_int_equal(record->status, XDC_STATUS_TRUNCATED);
}

static void test_what_was_not_recorded_is_unsupported(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *recorded =
		evidence_with("file:/proc/cmdline", XDC_STATUS_OK, "");
	xdc_autosource struct xdc_source *source = open_recording(tmp, recorded);
	xdc_autoevidence struct xdc_evidence *replayed =
		ask(source, XDC_REQUEST_FILE, "/proc/version");
	const struct xdc_record *record = xdc_evidence_find(replayed, "file:/proc/version");

	assert_non_null(record);
	assert_int_equal(record->status, XDC_STATUS_UNSUPPORTED);
	assert_string_equal(record->detail, "not in this recording");
}

static void assert_keys(const struct xdc_evidence *evidence, const char *const keys[])
{
	size_t i;

	for (i = 0; keys[i]; i++) {
		assert_true(i < xdc_evidence_count(evidence));
		assert_string_equal(xdc_evidence_at(evidence, i)->key, keys[i]);
	}
	assert_int_equal(xdc_evidence_count(evidence), i);
}

static void test_replay_gives_the_members_in_the_order_recorded(void **state)
{
	static const char *const keys[] = {
		"udev:/devices/b",
		"devices",
		"device:/devices/b",
		"dma:/devices/b",
		"uname",
		"device:/devices/a",
		"udev",
		"dma",
	};
	static const char *const devices[] = { "devices", "device:/devices/b", "device:/devices/a",
					       NULL };
	static const char *const names[] = { "udev:/devices/b", "udev", NULL };
	static const char *const dma[] = { "dma:/devices/b", "dma", NULL };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *recorded = xdc_evidence_new();
	xdc_autosource struct xdc_source *source = NULL;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		add_record(recorded, keys[i], XDC_STATUS_OK, "");
	source = open_recording(tmp, recorded);
	{
		xdc_autoevidence struct xdc_evidence *a = ask(source, XDC_REQUEST_DEVICES, NULL);
		xdc_autoevidence struct xdc_evidence *b = ask(source, XDC_REQUEST_NAMES, NULL);
		xdc_autoevidence struct xdc_evidence *c = ask(source, XDC_REQUEST_DMA_STATE, NULL);

		assert_keys(a, devices);
		assert_keys(b, names);
		assert_keys(c, dma);
	}
}

static void test_members_without_their_list_are_told_from_a_whole_answer(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *recorded =
		evidence_with("device:/devices/a", XDC_STATUS_OK, "bus=pci\n");
	xdc_autosource struct xdc_source *source = open_recording(tmp, recorded);
	xdc_autoevidence struct xdc_evidence *replayed = ask(source, XDC_REQUEST_DEVICES, NULL);

	assert_non_null(xdc_evidence_find(replayed, "device:/devices/a"));
	assert_int_equal(xdc_evidence_find(replayed, "devices")->status, XDC_STATUS_UNSUPPORTED);
}

static void test_a_key_twice_is_refused(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/twice",
		 "xen-dmacheck-records 1\n"
		 "a\\x1b\tok\to\td\t1\n1\nb\tok\to\td\t0\n\na\\x1b\tok\to\td\t1\n2\nend\t3\n");
	assert_refused(tmp, "twice", -EINVAL, "the key a\\x1b stands there twice");
}

static void test_malformed_recordings_are_refused(void **state)
{
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/text", "hello\n");
	tmp_file(tmp, "/other", "xen-dmacheck-records 2\n");
	tmp_file(tmp, "/empty", "");
	tmp_file(tmp, "/cut", "xen-dmacheck-records 1\na\tok\to\td\t5\n1");
	assert_refused(tmp, "text", -EINVAL, "not a bundle");
	assert_refused(tmp, "empty", -EINVAL, "not a bundle");
	assert_refused(tmp, "other", -EINVAL, "not a xen-dmacheck recording");
	assert_refused(tmp, "cut", -EINVAL, "its size says");
}

static void test_what_is_no_file_is_refused_and_not_waited_for(void **state)
{
	const struct tmp *tmp = *state;

	tmp_fifo(tmp, "/fifo");
	tmp_dir(tmp, "/dir");
	assert_refused(tmp, "fifo", -EINVAL, "not a regular file");
	assert_refused(tmp, "dir", -EINVAL, "not a regular file");
	assert_refused(tmp, "none", -ENOENT, "No such file");
}

static void test_a_recording_of_a_gibibyte_is_refused(void **state)
{
	const struct tmp *tmp = *state;
	char path[128];

	tmp_sparse(tmp, "/zeroes", 1LL << 30);
	assert_refused(tmp, "zeroes", -EINVAL, "not a bundle");
	tmp_file(tmp, "/huge", "xen-dmacheck-records 1\n");
	snprintf(path, sizeof(path), "%s/huge", tmp->root);
	assert_int_equal(truncate(path, 1 << 30), 0);
	assert_refused(tmp, "huge", -EFBIG, "larger than 64 MiB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_record_is_answered_as_it_was_recorded),
		tree_test(test_what_was_not_recorded_is_unsupported),
		tree_test(test_replay_gives_the_members_in_the_order_recorded),
		tree_test(test_members_without_their_list_are_told_from_a_whole_answer),
		tree_test(test_a_key_twice_is_refused),
		tree_test(test_malformed_recordings_are_refused),
		tree_test(test_what_is_no_file_is_refused_and_not_waited_for),
		tree_test(test_a_recording_of_a_gibibyte_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
