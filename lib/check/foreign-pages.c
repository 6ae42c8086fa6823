/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-FOREIGN-PAGES: DMA to a guest's page goes astray on this device. Seen in the lab (Linux
 * 6.12 on Xen 4.20, an SMMUv3 left to dom0): the guest reads other data, and nothing says so.
 */
#include "check/check.h"

static enum xdc_severity severity_of(const struct xdc_device *device)
{
	switch (device->serves_guests) {
	case XDC_YES:
		return XDC_SEVERITY_ERROR;
	case XDC_UNKNOWN:
		return XDC_SEVERITY_WARNING;
	case XDC_NO:
		break;
	}
	return XDC_SEVERITY_NOTICE;
}

static const char *title_of(const struct xdc_device *device)
{
	switch (device->serves_guests) {
	case XDC_YES:
		return "A guest's I/O ends here, and DMA to its pages goes astray";
	case XDC_UNKNOWN:
		return "Guests' interfaces may end here, and DMA to their pages goes astray";
	case XDC_NO:
		break;
	}
	return "DMA to guests' pages would go astray";
}

/* What leaves swiotlb-xen, which knows where a guest's page is, to map for the device. */
static const char *remedy_of(const struct xdc_attributions *all, const struct xdc_device *device)
{
	if (device->translated != XDC_YES)
		return "Use a kernel with CONFIG_SWIOTLB_XEN=y, which maps for every device that "
		       "firmware describes.";
	if (all->model->host.arch == XDC_ARCH_ARM)
		return "Give the IOMMU's node status = \"disabled\" in the device tree that Xen is "
		       "started with: swiotlb-xen then maps for it (iommu.passthrough=1 does not "
		       "help on 32-bit Arm).";
	return "Boot dom0's kernel with iommu.passthrough=1: swiotlb-xen then maps for it.";
}

static void report(const struct xdc_attributions *all, const struct xdc_attribution *a,
		   struct xdc_findings *findings)
{
	const struct xdc_device *device = a->device;
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-FOREIGN-PAGES", severity_of(device), device->name, title_of(device));

	for (size_t i = 0; i < a->n_reasons; i++)
		xdc_finding_because(finding, a->reasons[i].text, a->reasons[i].evidence[0]);
	if (device->serves_guests == XDC_YES)
		xdc_finding_because(finding, "a guest's disk (bus xen-backend) ends on it",
				    xdc_device_key(all, device));
	xdc_finding_advise(finding, remedy_of(all, device));
	xdc_finding_advise(finding, "Until then serve guests from files (loop): their data goes "
				    "through dom0's own memory.");
	xdc_finding_refer(finding, "Linux drivers/xen/swiotlb-xen.c, drivers/iommu/dma-iommu.c");
}

void xdc_check_foreign_pages(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];

		if (a->device->dma == XDC_DMA_YES && a->foreign_pages == XDC_MEMORY_BROKEN &&
		    a->own_memory != XDC_MEMORY_BROKEN)
			report(all, a, findings);
	}
}
