/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XDC-MODEL-MISMATCH: what was read from the kernel is not what our rules give. */
#include "check/check.h"

void xdc_check_model_mismatch(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];
		struct xdc_finding *finding;

		if (!xdc_attribution_mismatch(a))
			continue;
		finding = xdc_finding_add(findings, "XDC-MODEL-MISMATCH", XDC_SEVERITY_WARNING,
					  a->device->name,
					  "The kernel decided otherwise than our rules say");
		xdc_finding_because(finding,
				    xdc_arena_printf(findings->arena, "observed %s, inferred %s",
						     xdc_path_name(a->observed_path),
						     xdc_path_name(a->inferred_path)),
				    xdc_dma_key(all, a->device));
		xdc_finding_advise(finding, "Trust the observation, and report this with a "
					    "recording (xen-dmacheck bundle): it is a fault of "
					    "xen-dmacheck's.");
	}
}
