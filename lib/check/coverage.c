/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-NOT-DIRECT-MAPPED and XDC-COVERAGE: where dom0's memory is not mapped 1:1 (cache
 * colouring, Xen 4.20 and later), a device works only behind an IOMMU that Xen drives; and
 * without one, whoever controls a device controls all memory.
 */
#include "check/check.h"

/* As many as a line has room for. */
enum { NAMES_MAX = 8 };

static bool does_dma(const struct xdc_attribution *a)
{
	return a->device->dma == XDC_DMA_YES && a->device->driver;
}

static void check_direct_mapped(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	enum xdc_tri driven = all->model->xen.drives_iommu;

	if (all->model->host.guest_type != XDC_GUEST_ARM ||
	    all->model->host.direct_mapped != XDC_NO || driven == XDC_YES)
		return;
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];
		struct xdc_finding *finding;

		if (!does_dma(a))
			continue;
		finding = xdc_finding_add(
			findings, "XDC-NOT-DIRECT-MAPPED",
			driven == XDC_NO ? XDC_SEVERITY_ERROR : XDC_SEVERITY_WARNING,
			a->device->name,
			driven == XDC_NO ? "Its DMA goes astray: dom0 is not mapped 1:1"
					 : "Its DMA may go astray: dom0 is not mapped 1:1");
		xdc_finding_because(finding,
				    "the hypervisor's features say that dom0's memory is not where "
				    "dom0 counts it (cache colouring)",
				    "file:/sys/hypervisor/properties/features");
		xdc_finding_because(finding,
				    driven == XDC_NO
					    ? "Xen drives no IOMMU that would translate"
					    : "whether Xen drives an IOMMU could not be read",
				    "xen:physinfo");
		xdc_finding_advise(finding, "Start Xen without llc-coloring=on, or with an IOMMU "
					    "that it drives.");
	}
}

/* What was seen at work, where that was counted: no description of the machine can leave it out. */
static void tell_seen(const struct xdc_attributions *all, struct xdc_finding *finding,
		      struct xdc_findings *findings)
{
	const char *names = "";
	size_t active = 0, outside = 0;

	if (!all->model->watched_ms)
		return;
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_device *device = all->items[i].device;

		if (!device->activity)
			continue;
		active++;
		if (xdc_device_confined(all->model, device) != XDC_NO)
			continue;
		if (outside++ < NAMES_MAX)
			names = xdc_arena_printf(findings->arena, "%s%s %s", names,
						 *names ? "," : ":", device->name);
	}
	xdc_finding_because(
		finding,
		xdc_arena_printf(findings->arena,
				 "in %.1f s %zu %s DMA, %zu of them behind no IOMMU%s%s",
				 (double)all->model->watched_ms / 1000, active,
				 active == 1 ? "device did" : "devices did", outside, names,
				 outside > NAMES_MAX ? "..." : ""),
		"activity");
}

/*
 * Xen drives an IOMMU, and dom0 does DMA past it all the same. Which devices are behind it, a
 * device tree only says of those that it knows: what was seen at work is all there is.
 */
static void check_around(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	struct xdc_finding *finding;
	size_t outside = 0;

	for (size_t i = 0; i < all->count; i++)
		outside += all->items[i].device->activity &&
			   xdc_device_confined(all->model, all->items[i].device) == XDC_NO;
	if (all->model->host.role != XDC_ROLE_DOM0 || all->model->xen.drives_iommu != XDC_YES ||
	    !outside)
		return;
	finding = xdc_finding_add(findings, "XDC-COVERAGE", XDC_SEVERITY_INFO, "",
				  "Devices do DMA that no IOMMU confines");
	tell_seen(all, finding, findings);
	xdc_finding_advise(finding, "These cannot be passed through to a guest safely.");
}

/* One finding for the machine: with a line for each device it would say one thing many times. */
static void check_coverage(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	struct xdc_finding *finding;
	size_t outside = 0;

	if (all->model->host.role != XDC_ROLE_DOM0 || all->model->xen.drives_iommu != XDC_NO)
		return;
	for (size_t i = 0; i < all->count; i++)
		outside += does_dma(&all->items[i]);
	if (!outside)
		return;
	finding = xdc_finding_add(findings, "XDC-COVERAGE", XDC_SEVERITY_INFO, "",
				  "No device's DMA is confined by Xen");
	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena,
					     "the hypervisor drives no IOMMU (physinfo); %zu "
					     "devices here do DMA",
					     outside),
			    "xen:physinfo");
	tell_seen(all, finding, findings);
	/* It adds to physinfo and decides nothing: rings wrap. */
	if (all->model->console->io_virtualisation == XDC_NO)
		xdc_finding_because(finding,
				    "the hypervisor's console: I/O virtualisation disabled",
				    all->model->console->evidence);
	xdc_finding_advise(finding, "No device can be passed through to a guest safely here.");
}

/* Nothing to do: only that who wonders about bounce buffers knows. */
static void check_superfluous(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];
		struct xdc_finding *finding;

		if (a->verdict != XDC_VERDICT_SUPERFLUOUS || !does_dma(a))
			continue;
		finding = xdc_finding_add(findings, "XDC-SUPERFLUOUS", XDC_SEVERITY_INFO,
					  a->device->name,
					  "swiotlb-xen where Xen's IOMMU translates already");
		xdc_finding_because(finding,
				    "the board's device tree puts it behind an IOMMU that is not "
				    "in dom0's tree: Xen has taken it",
				    "host-devicetree");
	}
}

void xdc_check_coverage(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	check_direct_mapped(all, findings);
	check_coverage(all, findings);
	check_around(all, findings);
	check_superfluous(all, findings);
}
