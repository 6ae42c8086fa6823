/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XDC-KCONFIG: the kernel was built without an option that its role needs. */
#include "check/check.h"

static void report(struct xdc_findings *findings, enum xdc_severity severity, const char *option,
		   const char *title, const char *why)
{
	struct xdc_finding *finding =
		xdc_finding_add(findings, "XDC-KCONFIG", severity, option, title);

	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena, "%s is not set: %s", option, why),
			    "kernel-config");
	xdc_finding_advise(finding, xdc_arena_printf(findings->arena,
						     "Use a kernel built with %s=y.", option));
}

static bool lacks(const struct xdc_host *host, const char *option)
{
	return xdc_host_config(host, option) == 'n';
}

void xdc_check_kernel_options(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_host *host = &all->model->host;
	bool needs_swiotlb_xen = host->direct_mapped == XDC_YES || host->guest_type == XDC_GUEST_PV;

	if (host->role != XDC_ROLE_DOM0)
		return;
	if (needs_swiotlb_xen && lacks(host, "SWIOTLB_XEN"))
		report(findings, XDC_SEVERITY_ERROR, "CONFIG_SWIOTLB_XEN",
		       "The kernel cannot map guests' pages for DMA",
		       "this dom0's frame numbers are not where guests' pages are");
	if (lacks(host, "XEN_BACKEND"))
		report(findings, XDC_SEVERITY_WARNING, "CONFIG_XEN_BACKEND",
		       "The kernel cannot serve guests' disks and interfaces",
		       "dom0's backends (blkback, netback) need it");
}
