/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that is rendered: the evidence and all that was made of it. */
#ifndef XDC_REPORT_H
#define XDC_REPORT_H

#include "catalogue/catalogue.h"
#include "check/check.h"

struct xdc_confinement;

struct xdc_report {
	struct xdc_evidence *evidence;
	struct xdc_model *model;
	struct xdc_attributions *attributions;
	struct xdc_findings *findings; /* of the checks, and known failures in the logs */
	/* The built-in entries and those of the evidence; none where there is no log. Or NULL. */
	struct xdc_catalogue *catalogue;
	/* Where it is to be told: what was in force when this was made, which it must outlive. */
	const struct xdc_confinement *confinement;
};

/* Takes over @evidence. The caller's. */
struct xdc_report *xdc_report_new(struct xdc_evidence *evidence);
/* The same without the catalogue: no known failure is looked for in the logs. */
struct xdc_report *xdc_report_without_logs(struct xdc_evidence *evidence);
void xdc_report_free(struct xdc_report *report);
void xdc_report_freep(struct xdc_report **report);
#define xdc_autoreport __attribute__((cleanup(xdc_report_freep)))

#endif
