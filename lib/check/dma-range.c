/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-DMA-RANGE: what a device's mask and its bus can reach (Raspberry Pi 4 and its kin),
 * against RAM and the bounce buffer. What lies beyond is copied; a device that cannot reach
 * the bounce buffer itself cannot work (xen_swiotlb_dma_supported(), drivers/xen/
 * swiotlb-xen.c; swiotlb_map(), kernel/dma/swiotlb.c).
 */
#include "check/check.h"

static bool bounces(enum xdc_path path)
{
	return path == XDC_PATH_SWIOTLB_XEN || path == XDC_PATH_DIRECT ||
	       path == XDC_PATH_RESTRICTED;
}

static void report(const struct xdc_attributions *all, const struct xdc_attribution *a,
		   uint64_t end, bool cannot, struct xdc_findings *findings)
{
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-DMA-RANGE", cannot ? XDC_SEVERITY_ERROR : XDC_SEVERITY_NOTICE,
		a->device->name,
		cannot ? "Its DMA cannot reach the bounce buffer"
		       : "Its DMA cannot reach all memory: what lies beyond is copied");

	xdc_finding_because(
		finding,
		xdc_arena_printf(
			findings->arena, "its DMA reaches up to 0x%llx, and the %s ends at 0x%llx",
			(unsigned long long)xdc_device_reach(a->device),
			cannot ? "bounce buffer (swiotlb)" : "RAM", (unsigned long long)end - 1),
		xdc_device_key(all, a->device));
	xdc_finding_advise(finding,
			   cannot ? "Give dom0 memory that the device reaches (on Arm, Xen's "
				    "dom0_mem and the board's memory banks), or see whether its "
				    "driver can set a larger mask."
				  : "Nothing, unless it is slow: a larger swiotlb= helps where the "
				    "kernel says that the buffer is full.");
}

void xdc_check_dma_range(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	uint64_t ram = all->model->host.ram_end, pool = all->model->log->pool_end;

	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];
		uint64_t last = xdc_device_reach(a->device);

		if (a->device->dma != XDC_DMA_YES || !a->device->driver || !last ||
		    !bounces(a->path))
			continue;
		if (pool && last < pool - 1)
			report(all, a, pool, true, findings);
		else if (ram && last < ram - 1)
			report(all, a, ram, false, findings);
	}
}
