/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-DMA-MASK-REFUSED. From Linux 6.12, dma_supported() (kernel/dma/mapping.c) answers a
 * device that has both the dma-iommu flag and a table with a WARN and no: dma_set_mask()
 * fails with -EIO, and with it most drivers' probe.
 */
#include <errno.h>

#include "check/check.h"

static void report(const struct xdc_attributions *all, const struct xdc_attribution *a,
		   struct xdc_findings *findings)
{
	const struct xdc_device *device = a->device;
	bool bound = device->driver != NULL;
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-DMA-MASK-REFUSED", bound ? XDC_SEVERITY_WARNING : XDC_SEVERITY_ERROR,
		device->name, "The kernel refuses to set this device's DMA mask");

	xdc_finding_because(finding,
			    "the kernel has both swiotlb-xen's table and the dma-iommu flag set "
			    "for it, and dma_set_mask() then fails with EIO (Linux 6.12 and later)",
			    xdc_dma_key(all, device));
	if (all->model->log->mask_refused)
		xdc_finding_because(finding,
				    xdc_arena_printf(findings->arena, "the kernel log: %s",
						     all->model->log->mask_refused),
				    "kmsg");
	if (!bound && device->probe_message)
		xdc_finding_because(finding,
				    xdc_arena_printf(findings->arena, "the kernel log: %s",
						     device->probe_message),
				    "kmsg");
	xdc_finding_advise(finding, "Boot dom0's kernel with iommu.passthrough=1: the flag is then "
				    "not set, and swiotlb-xen maps.");
	xdc_finding_refer(finding, "Linux kernel/dma/mapping.c: dma_supported()");
}

/* A driver that failed of it left no table behind: the error says so, -EIO. */
static bool failed_of_it(const struct xdc_attributions *all, const struct xdc_attribution *a)
{
	if (a->device->driver || a->device->probe != XDC_PROBE_FAILED ||
	    !all->model->log->mask_refused || a->device->observed.dma_iommu != XDC_YES)
		return false;
	for (size_t i = 0; i < all->model->log->n_failures; i++)
		if (all->model->log->failures[i].text == a->device->probe_message)
			return all->model->log->failures[i].error == -EIO;
	return false;
}

void xdc_check_dma_mask_refused(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];

		if (a->device->dma == XDC_DMA_YES &&
		    ((a->device->driver && xdc_device_has_conflict(a)) || failed_of_it(all, a)))
			report(all, a, findings);
	}
}
