/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Findings: what is wrong or worth knowing, why, and what to do. Pure functions. */
#ifndef XDC_CHECK_H
#define XDC_CHECK_H

#include "attrib/attrib.h"
#include "check/severity.h"

enum {
	XDC_TEXTS_MAX = 8,
};

struct xdc_finding {
	const char *id; /* "XDC-...": stable for ever */
	enum xdc_severity severity;
	const char *subject; /* a device or IOMMU by name; "" for the machine */
	const char *title;
	struct xdc_reason because[XDC_TEXTS_MAX]; /* rule is the finding's own */
	size_t n_because;
	const char *advice[XDC_TEXTS_MAX];
	size_t n_advice;
	const char *references[XDC_TEXTS_MAX];
	size_t n_references;
};

struct xdc_findings {
	struct xdc_arena *arena;
	struct xdc_finding *items; /* the gravest first, then by id and subject */
	size_t count;
};

/* The caller's; @attributions must outlive it. */
struct xdc_findings *xdc_check(const struct xdc_attributions *attributions);
void xdc_findings_free(struct xdc_findings *findings);
void xdc_findings_freep(struct xdc_findings **findings);
#define xdc_autofindings __attribute__((cleanup(xdc_findings_freep)))

/*
 * Whether evidence that a verdict rests on could not be read: a device that does DMA whose
 * verdict is unknown, an answer with inputs missing, or a list that tells which devices do DMA.
 */
bool xdc_evidence_incomplete(const struct xdc_attributions *attributions);

/* For checks and the catalogue. Adds an empty finding and returns it. */
struct xdc_finding *xdc_finding_add(struct xdc_findings *findings, const char *id,
				    enum xdc_severity severity, const char *subject,
				    const char *title);
void xdc_finding_because(struct xdc_finding *finding, const char *text, const char *evidence);
void xdc_finding_advise(struct xdc_finding *finding, const char *text);
void xdc_finding_refer(struct xdc_finding *finding, const char *text);
void xdc_findings_sort(struct xdc_findings *findings);

/* tools-mismatch.c: whether xl belongs to another Xen than the one that runs. */
bool xdc_tools_mismatch(const struct xdc_attributions *all);

/* The checks, one file for each subject. */
void xdc_check_iommu_in_dom0(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_swiotlb_over_iommu(const struct xdc_attributions *all,
				  struct xdc_findings *findings);
void xdc_check_dma_mask_refused(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_foreign_pages(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_toolstack(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_tools(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_kernel_newer(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_kernel_options(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_grant(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_coverage(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_dma_range(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_exynos_drm(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_xen_iommu_fault(const struct xdc_attributions *all, struct xdc_findings *findings);
void xdc_check_model_mismatch(const struct xdc_attributions *all, struct xdc_findings *findings);

#endif
