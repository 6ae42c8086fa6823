/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An ACPI table DMAR: read within its bounds, and masking keeps what is asked of it. */
#include <stdlib.h>
#include <string.h>

#include "base/dmar.h"
#include "bundle/redact.h"
#include "fuzz.h"

static const char key[] = "file:" XDC_DMAR_FILE;

/* What is reserved, and for how many. */
static uint64_t sum_of(const struct xdc_evidence *evidence)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);
	const unsigned char *table = (const unsigned char *)record->data;
	size_t offset = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr;
	uint64_t sum = 1;

	if (!xdc_dmar_is_valid(table, record->size))
		return 0;
	while (xdc_dmar_next(table, record->size, &offset, &rmrr)) {
		sum = sum * 31 + rmrr.base;
		sum = sum * 31 + rmrr.end;
		sum = sum * 31 + rmrr.n_devices;
		sum += xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:1c.0/0000:03:00.0");
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct xdc_redact_options options = { .enabled = true };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct xdc_evidence *evidence = xdc_evidence_new(), *masked;
	const struct xdc_record record = {
		.key = key,
		.origin = "",
		.detail = "",
		.data = (const char *)data,
		.size = size,
		.status = XDC_STATUS_OK,
	};

	/* A copy follows each record's data with a NUL; without, a byte too far is seen. */
	xdc_dmar_is_valid(data, size);
	xdc_evidence_add(evidence, &record);
	masked = xdc_redact(evidence, &options, &redaction);
	if (sum_of(evidence) != sum_of(masked))
		abort();
	xdc_evidence_free(masked);
	xdc_evidence_free(evidence);
	return 0;
}
