/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is written is read again; tests/bundle/hostile has the archives of ill will. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/bundle.h"
#include "unit.h"

static const struct xdc_archive *archive(void)
{
	char *error = NULL;
	const struct xdc_archive *loaded = xdc_archive_load(&error);

	assert_non_null(loaded);
	return loaded;
}

/* The bundle of @evidence; the caller's. */
static char *write_bundle(const struct xdc_evidence *evidence, time_t when, size_t *ret_size)
{
	const struct xdc_bundle_file files[] = { { "report.txt", "fine\n", 5 } };
	const struct xdc_bundle bundle = {
		.evidence = evidence, .files = files, .n_files = 1, .time = when
	};
	char *data = NULL, *error = NULL;
	FILE *out = open_memstream(&data, ret_size);

	assert_non_null(out);
	assert_int_equal(xdc_bundle_write(archive(), &bundle, out, &error), 0);
	fclose(out);
	return data;
}

/* Hands on @data in pieces of a few bytes, as a pipe may. */
struct pieces {
	const char *data;
	size_t size;
	size_t piece;
};

static ssize_t next_piece(void *arg, const void **ret_bytes)
{
	struct pieces *pieces = arg;
	size_t n = pieces->size < pieces->piece ? pieces->size : pieces->piece;

	*ret_bytes = pieces->data;
	pieces->data += n;
	pieces->size -= n;
	return (ssize_t)n;
}

static struct xdc_evidence *read_bundle(const char *data, size_t size, size_t piece,
					char **ret_error)
{
	struct pieces pieces = { data, size, piece };
	struct xdc_evidence *evidence = xdc_evidence_new();

	if (xdc_bundle_read(archive(), next_piece, &pieces, xdc_evidence_add, evidence, ret_error) <
	    0) {
		xdc_evidence_free(evidence);
		return NULL;
	}
	return evidence;
}

static struct xdc_evidence *some_evidence(void)
{
	struct xdc_evidence *evidence =
		evidence_with("file:/proc/cmdline", XDC_STATUS_OK, "quiet\n");

	add_bytes(evidence, "devicetree", "\xd0\x0d\xfe\xed\0\0", 6);
	add_record(evidence, "file:/proc/xen/capabilities", XDC_STATUS_DENIED, "");
	return evidence;
}

static void test_what_is_written_is_read_again(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = some_evidence(), *read = NULL;
	size_t size;
	xdc_autofree char *data = write_bundle(evidence, 0, &size), *error = NULL;

	(void)state;
	read = read_bundle(data, size, 7, &error);
	assert_non_null(read);
	assert_int_equal(xdc_evidence_count(read), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct xdc_record *a = xdc_evidence_at(evidence, i);
		const struct xdc_record *b = xdc_evidence_at(read, i);

		assert_string_equal(a->key, b->key);
		assert_string_equal(a->origin, b->origin);
		assert_string_equal(a->detail, b->detail);
		assert_int_equal(a->status, b->status);
		assert_int_equal(a->size, b->size);
		assert_memory_equal(a->data, b->data, a->size);
	}
}

static void test_equal_evidence_gives_equal_bytes(void **state)
{
	xdc_autoevidence struct xdc_evidence *a = some_evidence(), *b = some_evidence();
	size_t a_size, b_size;
	xdc_autofree char *first = write_bundle(a, 1000, &a_size);
	xdc_autofree char *second = write_bundle(b, 1000, &b_size);

	(void)state;
	assert_int_equal(a_size, b_size);
	assert_memory_equal(first, second, a_size);
}

static void test_a_bundle_cut_anywhere_is_refused(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = some_evidence();
	size_t size;
	xdc_autofree char *data = write_bundle(evidence, 0, &size);

	(void)state;
	for (size_t cut = 0; cut < size; cut += 1 + cut / 16) {
		xdc_autofree char *error = NULL;

		assert_null(read_bundle(data, cut, 4096, &error));
		assert_non_null(error);
		assert_true(is_harmless(error));
	}
}

static void test_a_byte_that_is_another_is_noticed(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = some_evidence();
	size_t size;
	xdc_autofree char *data = write_bundle(evidence, 0, &size);

	(void)state;
	for (size_t at = 0; at < size; at++) {
		xdc_autofree char *error = NULL;
		struct xdc_evidence *read;

		data[at] = (char)(data[at] ^ 0x20);
		read = read_bundle(data, size, 4096, &error);
		/* Not all bytes of a tar header mean something; what is read is right even so. */
		if (read)
			assert_string_equal(xdc_evidence_find(read, "file:/proc/cmdline")->data,
					    "quiet\n");
		else
			assert_true(is_harmless(error));
		xdc_evidence_free(read);
		data[at] = (char)(data[at] ^ 0x20);
	}
}

static ssize_t broken_input(void *arg, const void **ret_bytes)
{
	(void)arg;
	(void)ret_bytes;
	return -EIO;
}

static void test_an_input_that_fails_is_told(void **state)
{
	xdc_autofree char *error = NULL;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	assert_int_equal(
		xdc_bundle_read(archive(), broken_input, NULL, xdc_evidence_add, evidence, &error),
		-EINVAL);
	assert_non_null(error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_written_is_read_again),
		cmocka_unit_test(test_equal_evidence_gives_equal_bytes),
		cmocka_unit_test(test_a_bundle_cut_anywhere_is_refused),
		cmocka_unit_test(test_a_byte_that_is_another_is_noticed),
		cmocka_unit_test(test_an_input_that_fails_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
