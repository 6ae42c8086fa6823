/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XDC-KERNEL-NEWER: paths are inferred for a kernel that is newer than the rules. */
#include "attrib/rules.h"
#include "check/check.h"

/* Devices without DMA of their own follow no rule of a kernel's version. */
static size_t count_inferred(const struct xdc_attributions *all)
{
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];

		if (a->basis == XDC_BASIS_INFERRED && a->path != XDC_PATH_NONE &&
		    a->path != XDC_PATH_VIA && a->path != XDC_PATH_UNKNOWN)
			count++;
	}
	return count;
}

void xdc_check_kernel_newer(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_host *host = &all->model->host;
	size_t inferred = count_inferred(all);
	struct xdc_finding *finding;

	if (!inferred || xdc_version_at_least(host->kernel_version, XDC_RULES_KERNEL_MAJOR,
					      XDC_RULES_KERNEL_MINOR + 1) != XDC_YES)
		return;
	finding = xdc_finding_add(findings, "XDC-KERNEL-NEWER", XDC_SEVERITY_NOTICE, host->kernel,
				  "The kernel is newer than the rules");
	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena,
					     "the newest rules are those of Linux %d.%d, and the "
					     "paths of %zu of %zu devices are inferred by them",
					     XDC_RULES_KERNEL_MAJOR, XDC_RULES_KERNEL_MINOR,
					     inferred, all->count),
			    XDC_KEY_UNAME);
	xdc_finding_advise(finding, "Trust what is observed. What is inferred may be otherwise "
				    "here: let the kernel be read, as root.");
}
