/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-mask.h"

char *masked_of(struct xdc_evidence *evidence, const char *key, bool guest_console)
{
	const struct xdc_redact_options options = { true, guest_console };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	xdc_autoevidence struct xdc_evidence *masked = xdc_redact(evidence, &options, &redaction);
	const struct xdc_record *record = xdc_evidence_find(masked, key);
	FILE *out = unit_stream();

	assert_non_null(record);
	fwrite(record->data, 1, record->size, out);
	xdc_evidence_free(evidence);
	return unit_text(out);
}

void assert_masked_with(struct xdc_evidence *evidence, const char *key, const char *text,
			const char *expected)
{
	xdc_autofree char *is = NULL;

	add_record(evidence, key, XDC_STATUS_OK, text);
	is = masked_of(evidence, key, false);
	if (strcmp(is, expected) != 0)
		fail_msg("%s\n  became %s\n  and not %s", text, is, expected);
}

void assert_masked(const char *key, const char *text, const char *expected)
{
	assert_masked_with(xdc_evidence_new(), key, text, expected);
}
