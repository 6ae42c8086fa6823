/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_records_are_found_by_key_and_kept_in_order(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	char key[16];

	(void)state;
	for (unsigned int i = 0; i < 500; i++) {
		/* No order that a tree would like. */
		snprintf(key, sizeof(key), "key-%u", i * 7919 % 500);
		add_record(evidence, key, XDC_STATUS_OK, key);
	}
	assert_int_equal(xdc_evidence_count(evidence), 500);
	for (unsigned int i = 0; i < 500; i++) {
		snprintf(key, sizeof(key), "key-%u", i * 7919 % 500);
		assert_string_equal(xdc_evidence_at(evidence, i)->key, key);
		assert_ptr_equal(xdc_evidence_find(evidence, key), xdc_evidence_at(evidence, i));
	}
	assert_null(xdc_evidence_find(evidence, "key-500"));
	assert_null(xdc_evidence_find(evidence, ""));
}

static void test_the_first_answer_stands(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("key", XDC_STATUS_DENIED, "first");

	(void)state;
	add_record(evidence, "key", XDC_STATUS_OK, "second");
	assert_int_equal(xdc_evidence_count(evidence), 1);
	assert_string_equal(xdc_evidence_find(evidence, "key")->data, "first");
	assert_int_equal(xdc_evidence_find(evidence, "key")->status, XDC_STATUS_DENIED);
}

/* What a source emits is valid during the call only. */
static void test_a_record_is_copied_whole(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	char key[] = "key", origin[] = "origin", detail[] = "detail", data[] = "da\0ta";
	const struct xdc_record record = { key, origin, detail, data, 5, XDC_STATUS_OK };
	const struct xdc_record *copy;

	(void)state;
	xdc_evidence_add(evidence, &record);
	memset(key, 'x', 3);
	memset(origin, 'x', 6);
	memset(detail, 'x', 6);
	memset(data, 'x', 5);
	copy = xdc_evidence_find(evidence, "key");
	assert_non_null(copy);
	assert_string_equal(copy->origin, "origin");
	assert_string_equal(copy->detail, "detail");
	assert_int_equal(copy->size, 5);
	assert_memory_equal(copy->data, "da\0ta", 6);
}

/* A recording is the evidence written down: read back, it is the same. */
static void test_evidence_written_reads_back_the_same(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoevidence struct xdc_evidence *again = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = NULL;
	const char *error = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	add_bytes(evidence, "device:/a\tb\n", "1\0\n2", 4);
	add_record(evidence, "z", XDC_STATUS_TIMEOUT, "");
	add_record(evidence, "a", XDC_STATUS_OK, "end\t2\n");
	xdc_evidence_write(evidence, out);
	fclose(out);
	assert_int_equal(xdc_records_parse(arena, text, size, xdc_evidence_add, again, &error), 0);
	assert_int_equal(xdc_evidence_count(again), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct xdc_record *a = xdc_evidence_at(evidence, i);
		const struct xdc_record *b = xdc_evidence_at(again, i);

		assert_string_equal(a->key, b->key);
		assert_int_equal(a->status, b->status);
		assert_int_equal(a->size, b->size);
		assert_memory_equal(a->data, b->data, a->size + 1);
	}
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_are_found_by_key_and_kept_in_order),
		cmocka_unit_test(test_the_first_answer_stands),
		cmocka_unit_test(test_a_record_is_copied_whole),
		cmocka_unit_test(test_evidence_written_reads_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
