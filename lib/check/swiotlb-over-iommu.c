/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XDC-SWIOTLB-OVER-IOMMU: a device maps through swiotlb-xen and its IOMMU group translates. */
#include <string.h>

#include "check/check.h"

static bool is_broken_so(const struct xdc_attribution *a)
{
	enum xdc_path path = a->path == XDC_PATH_NONE && a->device->probe == XDC_PROBE_FAILED
				     ? a->inferred_path
				     : a->path;

	return path == XDC_PATH_SWIOTLB_XEN && a->own_memory == XDC_MEMORY_BROKEN &&
	       a->device->dma == XDC_DMA_YES;
}

static void report(const struct xdc_attributions *all, const struct xdc_attribution *a,
		   struct xdc_findings *findings)
{
	const struct xdc_device *device = a->device;
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-SWIOTLB-OVER-IOMMU", XDC_SEVERITY_ERROR, device->name,
		device->driver ? "DMA through swiotlb-xen faults in a translating IOMMU"
			       : "Its driver failed: DMA faulted in a translating IOMMU");

	/* The whole decision, but for what the title says: that no driver is bound. */
	for (size_t i = 0; i < a->n_reasons; i++)
		if (strcmp(a->reasons[i].rule, "observed-none") != 0)
			xdc_finding_because(finding, a->reasons[i].text, a->reasons[i].evidence[0]);
	if (all->model->host.arch == XDC_ARCH_ARM)
		xdc_finding_advise(finding, "Give the IOMMU's node status = \"disabled\" in the "
					    "device tree that Xen is started with, or build the "
					    "kernel without its driver (iommu.passthrough=1 does "
					    "not help on 32-bit Arm).");
	else
		xdc_finding_advise(finding, "Boot dom0's kernel with iommu.passthrough=1, or give "
					    "the IOMMU's node status = \"disabled\" in the device "
					    "tree that Xen is started with.");
	xdc_finding_refer(finding, "Linux arch/arm64/mm/dma-mapping.c: arch_setup_dma_ops()");
}

void xdc_check_swiotlb_over_iommu(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++)
		if (is_broken_so(&all->items[i]))
			report(all, &all->items[i], findings);
}
