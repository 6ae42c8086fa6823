/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "catalogue/findings.h"
#include "report.h"

/* Whether the catalogue has anything to do: building it costs more than some whole reports. */
static bool has_logs(const struct xdc_evidence *evidence)
{
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (xdc_text_starts_with(record->key, "catalogue:") ||
		    (xdc_record_readable(record) && record->size && xdc_is_log(record->key)))
			return true;
	}
	return false;
}

struct xdc_report *xdc_report_without_logs(struct xdc_evidence *evidence)
{
	struct xdc_report *report = xdc_zalloc(sizeof(*report));

	report->evidence = evidence;
	report->model = xdc_model_new(evidence);
	report->attributions = xdc_attribute(report->model);
	report->findings = xdc_check(report->attributions);
	return report;
}

struct xdc_report *xdc_report_new(struct xdc_evidence *evidence)
{
	struct xdc_report *report = xdc_report_without_logs(evidence);

	report->catalogue = has_logs(evidence) ? xdc_catalogue_builtin() : xdc_catalogue_new();
	xdc_catalogue_add_local(report->catalogue, evidence, false);
	xdc_find_known_failures(report);
	return report;
}

void xdc_report_free(struct xdc_report *report)
{
	if (!report)
		return;
	xdc_findings_free(report->findings);
	xdc_catalogue_free(report->catalogue);
	xdc_attributions_free(report->attributions);
	xdc_model_free(report->model);
	xdc_evidence_free(report->evidence);
	free(report);
}

void xdc_report_freep(struct xdc_report **report)
{
	xdc_report_free(*report);
}
