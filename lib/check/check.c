/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

struct xdc_finding *xdc_finding_add(struct xdc_findings *findings, const char *id,
				    enum xdc_severity severity, const char *subject,
				    const char *title)
{
	struct xdc_finding *finding;

	xdc_array_reserve((void **)&findings->items, findings->count, sizeof(*findings->items));
	finding = &findings->items[findings->count++];
	memset(finding, 0, sizeof(*finding));
	finding->id = id;
	finding->severity = severity;
	finding->subject = subject;
	finding->title = title;
	return finding;
}

void xdc_finding_because(struct xdc_finding *finding, const char *text, const char *evidence)
{
	struct xdc_reason *reason;

	if (finding->n_because == XDC_TEXTS_MAX)
		return;
	reason = &finding->because[finding->n_because++];
	reason->rule = finding->id;
	reason->text = text;
	reason->evidence[0] = evidence;
}

void xdc_finding_advise(struct xdc_finding *finding, const char *text)
{
	if (finding->n_advice < XDC_TEXTS_MAX)
		finding->advice[finding->n_advice++] = text;
}

void xdc_finding_refer(struct xdc_finding *finding, const char *text)
{
	if (finding->n_references < XDC_TEXTS_MAX)
		finding->references[finding->n_references++] = text;
}

static int by_gravity(const void *a, const void *b)
{
	const struct xdc_finding *x = a, *y = b;
	int r = (int)y->severity - (int)x->severity;

	if (!r)
		r = strcmp(x->id, y->id);
	return r ? r : strcmp(x->subject, y->subject);
}

void xdc_findings_sort(struct xdc_findings *findings)
{
	if (findings->count)
		qsort(findings->items, findings->count, sizeof(*findings->items), by_gravity);
}

struct xdc_findings *xdc_check(const struct xdc_attributions *attributions)
{
	static void (*const checks[])(const struct xdc_attributions *, struct xdc_findings *) = {
		xdc_check_iommu_in_dom0,    xdc_check_swiotlb_over_iommu,
		xdc_check_dma_mask_refused, xdc_check_dma_range,
		xdc_check_exynos_drm,	    xdc_check_foreign_pages,
		xdc_check_toolstack,	    xdc_check_tools,
		xdc_check_kernel_options,   xdc_check_grant,
		xdc_check_coverage,	    xdc_check_xen_iommu_fault,
		xdc_check_model_mismatch,   xdc_check_kernel_newer,
	};
	struct xdc_findings *findings = xdc_zalloc(sizeof(*findings));

	findings->arena = xdc_arena_new();
	for (size_t i = 0; i < XDC_ARRAY_SIZE(checks); i++)
		checks[i](attributions, findings);
	xdc_findings_sort(findings);
	return findings;
}

void xdc_findings_free(struct xdc_findings *findings)
{
	if (!findings)
		return;
	xdc_arena_free(findings->arena);
	free(findings->items);
	free(findings);
}

void xdc_findings_freep(struct xdc_findings **findings)
{
	xdc_findings_free(*findings);
}

/*
 * Which devices do DMA, and which IOMMUs dom0 drives, is told by these lists alone: without one,
 * what is wrong may be with what it would have shown.
 */
static bool lacks_class(const struct xdc_evidence *evidence)
{
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (xdc_text_starts_with(record->key, "class:") &&
		    record->status != XDC_STATUS_OK && record->status != XDC_STATUS_ABSENT &&
		    record->status != XDC_STATUS_UNSUPPORTED)
			return true;
	}
	return false;
}

bool xdc_evidence_incomplete(const struct xdc_attributions *attributions)
{
	const struct xdc_record *devices =
		xdc_evidence_find(attributions->model->evidence, "devices");

	if (attributions->model->host.role == XDC_ROLE_UNKNOWN || !devices ||
	    devices->status != XDC_STATUS_OK || lacks_class(attributions->model->evidence))
		return true;
	for (size_t i = 0; i < attributions->count; i++) {
		const struct xdc_attribution *a = &attributions->items[i];

		if (a->verdict != XDC_VERDICT_UNKNOWN && !a->n_missing)
			continue;
		/* What could not be read of one may be its driver, and that it does DMA. */
		if (a->device->unread || (a->device->dma == XDC_DMA_YES && a->device->driver))
			return true;
	}
	return false;
}
