/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-IOMMU-IN-DOM0. Xen drops from dom0's device tree every IOMMU it has a driver for
 * (handle_node(), xen/arch/arm/domain_build.c, 4.11 to 4.22); one it has none for stays, and
 * Linux binds its own driver.
 */
#include <string.h>

#include "check/check.h"
#include "model/xen-iommus.h"

static const char *xen_driver_advice(const char *compatible)
{
	for (size_t i = 0; i < xdc_n_xen_iommus; i++)
		if (xdc_text_has_word(compatible, xdc_xen_iommus[i].compatible))
			return xdc_xen_iommus[i].advice;
	return "No released Xen has a driver for it.";
}

/* What its being dom0's does to the devices behind it decides how grave it is. */
static enum xdc_severity severity_of(const struct xdc_attributions *all,
				     const struct xdc_iommu *iommu, size_t *ret_translated)
{
	enum xdc_severity severity = XDC_SEVERITY_NOTICE;

	*ret_translated = 0;
	for (size_t i = 0; i < iommu->n_masters; i++) {
		const struct xdc_attribution *a = xdc_attribution_of(all, iommu->masters[i]);

		if (a->device->translated != XDC_YES)
			continue;
		++*ret_translated;
		if (a->verdict == XDC_VERDICT_BROKEN)
			severity = XDC_SEVERITY_ERROR;
		else if (severity < XDC_SEVERITY_WARNING)
			severity = XDC_SEVERITY_WARNING;
	}
	return severity;
}

static void report(const struct xdc_attributions *all, const struct xdc_iommu *iommu,
		   struct xdc_findings *findings)
{
	const struct xdc_host *host = &all->model->host;
	size_t translated;
	enum xdc_severity severity = severity_of(all, iommu, &translated);
	struct xdc_finding *finding =
		xdc_finding_add(findings, "XDC-IOMMU-IN-DOM0", severity, iommu->name,
				"An IOMMU that Xen does not drive was left to dom0");

	xdc_finding_because(
		finding,
		xdc_arena_printf(findings->arena,
				 "%s (%s) stands in dom0's device tree, where Xen%s%s leaves "
				 "only an IOMMU that it has no driver for",
				 iommu->of_node ? iommu->of_node : iommu->name,
				 iommu->compatible ? iommu->compatible : "no compatible",
				 host->xen ? " " : "", host->xen ? host->xen : ""),
		"devicetree");
	if (iommu->driver)
		xdc_finding_because(
			finding,
			xdc_arena_printf(findings->arena,
					 "Linux has bound %s to it, and it translates for %zu "
					 "of the %zu devices behind it",
					 iommu->driver, translated, iommu->n_masters),
			"class:iommu");
	else
		xdc_finding_because(finding, "no driver of this kernel's is bound to it",
				    "class:iommu");
	if (translated && host->arch != XDC_ARCH_ARM)
		xdc_finding_advise(finding,
				   "Boot dom0's kernel with iommu.passthrough=1: the IOMMU then "
				   "lets machine addresses through.");
	if (translated)
		xdc_finding_advise(finding, "Give the IOMMU's node status = \"disabled\" in the "
					    "device tree that Xen is started with: it then stays "
					    "off.");
	xdc_finding_advise(finding, xen_driver_advice(iommu->compatible ? iommu->compatible : ""));
	xdc_finding_refer(finding, "xen/arch/arm/domain_build.c: handle_node()");
}

void xdc_check_iommu_in_dom0(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->model->n_iommus; i++)
		if (all->model->iommus[i].owner == XDC_OWNER_DOM0)
			report(all, &all->model->iommus[i], findings);
}
