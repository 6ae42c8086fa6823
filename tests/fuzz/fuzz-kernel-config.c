/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A kernel's build configuration: what is known of it can be shown, and masking it changes no
 * answer that a verdict rests on.
 */
#include <stdlib.h>
#include <string.h>

#include "bundle/redact.h"
#include "fuzz.h"
#include "report.h"
#include "source/tree.h"

static const char *const options[] = {
	"ARM", "ARM64", "X86_64", "ARM_DMA_USE_IOMMU", "SWIOTLB_XEN", "XEN_GRANT_DMA_OPS",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct xdc_redact_options redact = { .enabled = true };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_report *report, *masked;

	xdc_emit(xdc_evidence_add, evidence, "kernel-config", "/proc/config.gz", XDC_STATUS_OK, "",
		 (const char *)data, size ? strnlen((const char *)data, size) : 0);
	masked = xdc_report_new(xdc_redact(evidence, &redact, &redaction));
	report = xdc_report_new(evidence);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(options); i++)
		if (xdc_host_config(&report->model->host, options[i]) !=
		    xdc_host_config(&masked->model->host, options[i]))
			abort();
	fuzz_assert_report_json(report);
	fuzz_assert_report_json(masked);
	xdc_report_free(report);
	xdc_report_free(masked);
	return 0;
}
