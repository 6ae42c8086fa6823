/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a path is right, asked twice: for this domain's own memory, and for guests' pages
 * mapped into it. Where dom0 is mapped 1:1 its own pages are where it counts them; a guest's
 * page is not, and only swiotlb-xen knows where it is.
 */
#include <string.h>

#include "attrib/attrib.h"

struct judge {
	const struct xdc_attributions *all;
	const struct xdc_host *host;
	const struct xdc_device *device;
	struct xdc_attribution *a;
	enum xdc_path path;
	const char *evidence[XDC_EVIDENCE_MAX];
};

static void find(struct judge *j, enum xdc_memory own, enum xdc_memory foreign, const char *rule,
		 const char *why, const char *text)
{
	/* Guests' pages reach only a domain that serves guests. */
	if (j->host->role == XDC_ROLE_UNKNOWN)
		own = foreign = XDC_MEMORY_UNKNOWN;
	else if (j->host->role != XDC_ROLE_DOM0)
		foreign = XDC_MEMORY_NOT_ASKED;
	j->a->own_memory = own;
	j->a->foreign_pages = foreign;
	j->a->why = why;
	if (*text)
		xdc_add_reason(j->a, rule, text, j->evidence);
}

static void judge_swiotlb_xen(struct judge *j)
{
	enum xdc_tri translated = j->device->translated;

	if (translated == XDC_YES && xdc_device_goes_around_iommu(j->device))
		find(j, XDC_MEMORY_OK, XDC_MEMORY_OK, "virtio-around-iommu", "around the IOMMU",
		     "its IOMMU group translates, but a virtio device without "
		     "VIRTIO_F_ACCESS_PLATFORM goes around any IOMMU");
	else if (translated == XDC_YES && j->device->observed.arch_mapping == XDC_YES)
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "swiotlb-xen-over-mapping",
		     "IOMMU mapping",
		     "swiotlb-xen hands out machine addresses, and it is attached to a mapping of "
		     "its IOMMU (archdata.mapping), which has none of them: its DMA faults");
	else if (translated == XDC_YES)
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "swiotlb-xen-over-iommu",
		     "group translates",
		     "swiotlb-xen hands out machine addresses, and its IOMMU group translates: "
		     "no machine address is mapped there, so its DMA faults");
	else if (translated == XDC_UNKNOWN)
		find(j, XDC_MEMORY_UNKNOWN, XDC_MEMORY_UNKNOWN, "group-type-unknown",
		     "group type unread", "it is in an IOMMU group whose type could not be read");
	else if (j->host->guest_type == XDC_GUEST_ARM && j->host->direct_mapped == XDC_NO)
		find(j, XDC_MEMORY_UNKNOWN, XDC_MEMORY_BROKEN, "swiotlb-xen-not-direct-mapped",
		     "dom0 not 1:1",
		     "dom0 is not mapped 1:1, and this kernel sets swiotlb-xen all the same: a "
		     "guest's page goes by its machine address, which no IOMMU maps for dom0");
	else
		find(j, XDC_MEMORY_OK, XDC_MEMORY_OK, "swiotlb-xen-right", "",
		     "swiotlb-xen knows the machine address of every page, guests' too");
}

static void judge_iommu(struct judge *j)
{
	if (xdc_device_goes_around_iommu(j->device) && j->host->role != XDC_ROLE_NONE)
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "virtio-around-iommu",
		     "around the IOMMU",
		     "the kernel maps for an IOMMU, but a virtio device without "
		     "VIRTIO_F_ACCESS_PLATFORM goes around it");
	else if (j->host->role == XDC_ROLE_DOM0)
		find(j, XDC_MEMORY_OK, XDC_MEMORY_BROKEN, "dom0-iommu-foreign-pages",
		     "guests' pages",
		     "the IOMMU is this kernel's, which maps a guest's page by its frame number "
		     "here, not by where it is: guests' I/O does not reach their memory");
	else
		find(j, XDC_MEMORY_OK, XDC_MEMORY_OK, "iommu-right", "", "");
}

/* A dom0 that counts its memory elsewhere than where it is: Xen's IOMMU makes up for that. */
static bool needs_xen_iommu(const struct judge *j)
{
	return j->host->role == XDC_ROLE_DOM0 &&
	       (j->host->guest_type == XDC_GUEST_PVH ||
		(j->host->guest_type == XDC_GUEST_ARM && j->host->direct_mapped == XDC_NO &&
		 j->device->covered == XDC_YES));
}

static void judge_direct(struct judge *j)
{
	if (needs_xen_iommu(j) && xdc_device_goes_around_iommu(j->device))
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "virtio-around-iommu",
		     "around the IOMMU",
		     "dom0's memory is not where dom0 counts it, and a virtio device without "
		     "VIRTIO_F_ACCESS_PLATFORM goes around Xen's IOMMU, which knows where");
	else if (j->host->role != XDC_ROLE_DOM0 || j->host->guest_type == XDC_GUEST_PVH)
		find(j, XDC_MEMORY_OK, XDC_MEMORY_OK, "direct-right", "", "");
	else if (j->host->guest_type == XDC_GUEST_PV)
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "direct-in-pv-dom0",
		     "needs swiotlb-xen",
		     "a PV dom0's frame numbers are no machine addresses: direct DMA goes astray");
	else if (j->host->direct_mapped == XDC_YES)
		find(j, XDC_MEMORY_OK, XDC_MEMORY_BROKEN, "direct-foreign-pages", "guests' pages",
		     "dom0 is mapped 1:1, so its own memory is where it counts it, but a guest's "
		     "page is not: only swiotlb-xen knows where");
	else if (j->host->direct_mapped == XDC_NO && j->device->covered == XDC_YES)
		find(j, XDC_MEMORY_OK, XDC_MEMORY_OK, "direct-covered", "Xen's IOMMU",
		     "an IOMMU that Xen drives translates for it, guests' pages too");
	else if (j->host->direct_mapped == XDC_NO && j->device->covered == XDC_NO)
		find(j, XDC_MEMORY_BROKEN, XDC_MEMORY_BROKEN, "direct-not-direct-mapped",
		     "dom0 not 1:1",
		     "dom0 is not mapped 1:1, and no IOMMU of Xen's translates for it: its DMA "
		     "goes to other memory");
	else
		find(j, XDC_MEMORY_UNKNOWN, XDC_MEMORY_UNKNOWN, "direct-coverage-unknown",
		     "coverage unknown",
		     "dom0 is not known to be mapped 1:1: direct DMA is right only behind an "
		     "IOMMU that Xen drives, which could not be told");
}

static void judge_path(struct judge *j)
{
	switch (j->path) {
	case XDC_PATH_SWIOTLB_XEN:
		judge_swiotlb_xen(j);
		break;
	case XDC_PATH_IOMMU:
		judge_iommu(j);
		break;
	case XDC_PATH_DIRECT:
	case XDC_PATH_RESTRICTED:
		judge_direct(j);
		break;
	case XDC_PATH_GRANT:
		find(j, XDC_MEMORY_OK, XDC_MEMORY_UNKNOWN, "grant", "",
		     "its pages are granted to the backend's domain");
		break;
	case XDC_PATH_ARCH:
		find(j, j->host->role == XDC_ROLE_NONE ? XDC_MEMORY_OK : XDC_MEMORY_UNKNOWN,
		     XDC_MEMORY_UNKNOWN, "other-table", "unknown table", "");
		break;
	case XDC_PATH_UNKNOWN:
		find(j, XDC_MEMORY_UNKNOWN, XDC_MEMORY_UNKNOWN, "path-unknown", "path unknown", "");
		break;
	case XDC_PATH_NONE:
	case XDC_PATH_VIA:
	case XDC_PATH_ASSIGNED:
		j->a->own_memory = XDC_MEMORY_NOT_ASKED;
		j->a->foreign_pages = XDC_MEMORY_NOT_ASKED;
		break;
	}
}

/* A driver that failed had the path that the model gives it; that it faulted is in the log. */
static void tie_failure(struct judge *j)
{
	const struct xdc_device *device = j->device;
	const struct xdc_iommu_event *event = device->iommu_event;
	const char *name;

	if (device->xen_fault)
		xdc_add_reason(j->a, "xen-iommu-fault",
			       xdc_xen_fault_text(j->all->arena, j->all->model->console,
						  device->xen_fault),
			       (const char *const[]){ device->xen_fault->evidence, NULL });
	if (device->probe_message)
		xdc_add_reason(j->a, "probe-failed",
			       xdc_arena_printf(j->all->arena, "the kernel log: %s",
						device->probe_message),
			       (const char *const[]){ device->probe_evidence, NULL });
	if (!event)
		return;
	name = xdc_smmuv3_event_name(event->type);
	xdc_add_reason(j->a, "iommu-fault",
		       xdc_arena_printf(j->all->arena,
					"the kernel log: %s reports event 0x%02x%s%s%s for its "
					"stream ID 0x%x, %u times, first at address 0x%llx",
					event->iommu, event->type, name ? " (" : "",
					name ? name : "", name ? ")" : "", event->stream_id,
					event->count, (unsigned long long)event->address),
		       (const char *const[]){ event->evidence, NULL });
}

/*
 * What is wrong for a device that does DMA is no alarm for one that nothing shows to do any:
 * most platform devices never do.
 */
static void soften_maybe(struct judge *j)
{
	struct xdc_attribution *a = j->a;

	if (j->device->dma == XDC_DMA_NO && a->verdict < XDC_VERDICT_IDLE) {
		a->verdict = XDC_VERDICT_IDLE;
		a->why = "does no DMA";
		return;
	}
	if (j->device->dma != XDC_DMA_MAYBE || a->verdict > XDC_VERDICT_UNKNOWN)
		return;
	a->verdict = XDC_VERDICT_UNKNOWN;
	a->why = "may do no DMA";
}

static enum xdc_verdict verdict_of(const struct judge *j)
{
	const struct xdc_attribution *a = j->a;

	if (a->own_memory == XDC_MEMORY_NOT_ASKED)
		return a->path == XDC_PATH_ASSIGNED ? XDC_VERDICT_OK : XDC_VERDICT_IDLE;
	if (a->own_memory == XDC_MEMORY_BROKEN)
		return XDC_VERDICT_BROKEN;
	if (a->foreign_pages == XDC_MEMORY_BROKEN)
		return j->device->serves_guests == XDC_YES ? XDC_VERDICT_BROKEN
							   : XDC_VERDICT_AT_RISK;
	if (a->own_memory == XDC_MEMORY_UNKNOWN || a->foreign_pages == XDC_MEMORY_UNKNOWN)
		return XDC_VERDICT_UNKNOWN;
	if (a->path == XDC_PATH_SWIOTLB_XEN && j->device->covered == XDC_YES)
		return XDC_VERDICT_SUPERFLUOUS;
	return XDC_VERDICT_OK;
}

void xdc_attribute_verdict(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	struct judge j = {
		.all = all,
		.host = &all->model->host,
		.device = a->device,
		.a = a,
		.path = a->path,
		.evidence = { xdc_device_key(all, a->device), NULL },
	};

	if (a->device->group >= 0)
		j.evidence[1] = "iommu-groups";
	if (a->path == XDC_PATH_NONE && a->device->probe == XDC_PROBE_FAILED)
		j.path = a->inferred_path;
	judge_path(&j);
	tie_failure(&j);
	a->verdict = verdict_of(&j);
	/* A path that is right is not what its driver failed of; one that is not known may be. */
	if (a->path == XDC_PATH_NONE && a->verdict != XDC_VERDICT_BROKEN &&
	    !(a->device->probe == XDC_PROBE_FAILED && a->verdict == XDC_VERDICT_UNKNOWN))
		a->verdict = XDC_VERDICT_IDLE;
	soften_maybe(&j);
	if (a->device->probe == XDC_PROBE_FAILED)
		a->why = a->device->iommu_event ? "IOMMU faults" : "probe failed";
	else if (a->device->xen_fault && !*a->why)
		a->why = "Xen's IOMMU faults";
}
