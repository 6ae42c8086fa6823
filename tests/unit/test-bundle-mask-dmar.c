/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-dmar.h"
#include "unit-mask.h"

static void test_what_is_reserved_stays_and_the_maker_goes(void **state)
{
	const struct xdc_redact_options options = { .enabled = true };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct unit_dmar dmar = unit_dmar("RMAD");
	struct xdc_evidence *evidence = xdc_evidence_new(), *masked;
	size_t offset = XDC_DMAR_HEADER, of_masked = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr, kept;
	const struct xdc_record *record;
	const unsigned char *table;

	(void)state;
	add_bytes(evidence, "file:" XDC_DMAR_HIDDEN_FILE, dmar.table, dmar.size);
	masked = xdc_redact(evidence, &options, &redaction);
	record = xdc_evidence_find(masked, "file:" XDC_DMAR_HIDDEN_FILE);
	assert_non_null(record);
	table = (const unsigned char *)record->data;
	assert_true(xdc_dmar_is_valid(table, record->size));
	assert_null(memmem(table, record->size, "HUNTER", 6));
	while (xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr)) {
		assert_true(xdc_dmar_next(table, record->size, &of_masked, &kept));
		assert_int_equal(kept.size, rmrr.size);
		assert_memory_equal(kept.raw, rmrr.raw, rmrr.size);
	}
	assert_false(xdc_dmar_next(table, record->size, &of_masked, &kept));
	xdc_evidence_free(evidence);
	xdc_evidence_free(masked);
}

static void test_what_is_no_table_goes(void **state)
{
	(void)state;
	assert_masked("file:" XDC_DMAR_FILE, "DMAR hunter2", "<masked>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_reserved_stays_and_the_maker_goes),
		cmocka_unit_test(test_what_is_no_table_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
