/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-XEN-IOMMU-FAULT: an IOMMU that Xen drives refused a device's DMA, as the hypervisor's
 * console has it (model/console.h: who can write there).
 */
#include <string.h>

#include "check/check.h"

enum { PCI_CLASS_DISPLAY = 0x03 };

/* The doorbell of a GICv2m frame, and of an ITS' second frame: MSI_SETSPI_NS, GITS_TRANSLATER. */
static bool like_doorbell(const struct xdc_xen_fault *fault)
{
	return fault->has_address && (fault->address & 0xfff) == 0x040;
}

/* A guest programs the DMA of what it was given: no fault of dom0's. */
static bool is_guests(const struct xdc_attributions *all, const struct xdc_xen_fault *fault)
{
	return fault->master && xdc_attribution_of(all, fault->master)->path == XDC_PATH_ASSIGNED;
}

/* What lies at a fault's address, as far as the machine tells. */
struct where {
	enum xdc_place place;
	const char *text; /* NULL: not known */
	const char *source;
};

static struct where where_of(const struct xdc_attributions *all, const struct xdc_xen_fault *fault,
			     struct xdc_arena *arena)
{
	const struct xdc_address_map *maps[] = { &all->model->addresses };
	enum xdc_address_space space = strcmp(fault->iommu, "VT-d") == 0     ? XDC_SPACE_INTEL
				       : strcmp(fault->iommu, "AMD-Vi") == 0 ? XDC_SPACE_AMD
									     : XDC_SPACE_ARM;
	struct where where = { XDC_PLACE_UNKNOWN, NULL, NULL };

	if (fault->kind == XDC_XEN_FAULT_DMA && fault->has_address && !is_guests(all, fault))
		where.place = xdc_address_place(arena, maps, 1, space, fault->address, &where.text,
						&where.source);
	return where;
}

static void advise_interrupt(struct xdc_finding *finding, enum xdc_xen_fault_kind kind)
{
	if (kind == XDC_XEN_FAULT_INTERRUPT) {
		xdc_finding_advise(finding,
				   "Mostly nothing: firmware uses an interrupt source that "
				   "Xen has no entry for. See whether the device works.");
		return;
	}
	xdc_finding_advise(finding, "Where it is the southbridge (00:14.0), whose IO-APIC the "
				    "firmware's IVRS table may lack: start Xen with "
				    "ivrs_ioapic[ID]=00:14.0, or update the firmware.");
	xdc_finding_advise(finding, "Else use a Xen of 2025 or later, which changes an entry for "
				    "interrupt remapping in one step.");
}

static void advise_pci(struct xdc_finding *finding, const struct xdc_xen_fault *fault,
		       enum xdc_place place)
{
	const struct xdc_device *device = fault->master;

	if (place == XDC_PLACE_DEVICES || place == XDC_PLACE_RESERVED)
		xdc_finding_advise(finding, "Start Xen with dom0-iommu=map-inclusive (before 4.12, "
					    "iommu_inclusive_mapping=1), which maps what is "
					    "reserved.");
	else if (place == XDC_PLACE_UNKNOWN)
		xdc_finding_advise(finding,
				   "Compare the address with the memory map at the beginning of "
				   "xl dmesg. In a reserved range (firmware's, an RMRR): start "
				   "Xen with dom0-iommu=map-inclusive (before 4.12, "
				   "iommu_inclusive_mapping=1).");
	if (device && device->pci.class_code >> 16 == PCI_CLASS_DISPLAY)
		xdc_finding_advise(finding,
				   "For Intel's integrated graphics alone: iommu=no-igfx.");
	xdc_finding_advise(finding, "Elsewhere its driver gave memory back too early, or its "
				    "firmware does DMA of its own: try a newer kernel.");
}

static void advise_node(struct xdc_finding *finding, const struct xdc_attributions *all,
			const struct xdc_xen_fault *fault, enum xdc_place place)
{
	if (place == XDC_PLACE_INTERRUPT)
		xdc_finding_advise(finding, "Xen has not mapped the doorbell for dom0: use a newer "
					    "Xen, or boot dom0 with pci=nomsi.");
	else if (place == XDC_PLACE_UNKNOWN && like_doorbell(fault))
		xdc_finding_advise(finding,
				   "Compare the address with the ITS and GICv2m frames of "
				   "the board's device tree. If it is in one, Xen has not "
				   "mapped the doorbell for dom0: use a newer Xen, or boot "
				   "dom0 with pci=nomsi.");
	else if (!fault->has_address)
		xdc_finding_advise(finding,
				   "Xen has no tables for this stream, so none of the device's DMA "
				   "passes: see in xl dmesg whether it added the device. On Arm it "
				   "adds no PCI function to an SMMU before 4.21.");
	else
		xdc_finding_advise(finding,
				   "The address is not in the tables that Xen keeps for the "
				   "device: see what its driver was doing, and whether its "
				   "domain is mapped 1:1.");
	if (!fault->master && !all->model->board)
		xdc_finding_advise(finding, "--host-dtb FILE, the device tree that Xen was started "
					    "with, tells which device it is.");
}

static enum xdc_severity severity_of(const struct xdc_attributions *all,
				     const struct xdc_xen_fault *fault)
{
	if (fault->kind == XDC_XEN_FAULT_INTERRUPT)
		return XDC_SEVERITY_NOTICE;
	return is_guests(all, fault) ? XDC_SEVERITY_WARNING : XDC_SEVERITY_ERROR;
}

static const char *subject_of(struct xdc_arena *arena, const struct xdc_xen_fault *fault)
{
	if (fault->master)
		return fault->master->name;
	if (fault->device)
		return fault->device;
	return fault->has_stream_id ? xdc_arena_printf(arena, "%s, stream ID 0x%x", fault->iommu,
						       fault->stream_id)
				    : fault->iommu;
}

static void explain(const struct xdc_attributions *all, const struct xdc_xen_fault *fault,
		    const struct where *where, struct xdc_finding *finding, struct xdc_arena *arena)
{
	const char *evidence = fault->evidence;

	xdc_finding_because(finding, xdc_xen_fault_text(arena, all->model->console, fault),
			    evidence);
	if (fault->kind != XDC_XEN_FAULT_DMA)
		return;
	if (where->text)
		xdc_finding_because(finding, where->text, where->source ? where->source : evidence);
	else if (!fault->device && like_doorbell(fault))
		xdc_finding_because(finding,
				    "it may be an interrupt (MSI): the doorbells of an ITS and of "
				    "GICv2m end in 0x040 too; a guess from the address",
				    evidence);
	if (is_guests(all, fault))
		xdc_finding_because(finding,
				    "it is held for a guest, whose driver programs its DMA",
				    xdc_device_key(all, fault->master));
	else if (fault->master && fault->master->driver && fault->master->pci.bus_master == XDC_NO)
		xdc_finding_because(finding,
				    "its bus mastering is off: Xen takes that from a device that "
				    "faults again and again",
				    xdc_device_key(all, fault->master));
}

/* With the address, as findings of one title are told to people as one. */
static const char *title_of(struct xdc_arena *arena, const struct xdc_xen_fault *fault)
{
	switch (fault->kind) {
	case XDC_XEN_FAULT_INTERRUPT:
		return "Xen's interrupt remapping refused an interrupt of it";
	case XDC_XEN_FAULT_INTERRUPT_RANGE:
		return "Xen's IOMMU refused its interrupts";
	case XDC_XEN_FAULT_DMA:
		break;
	}
	if (!fault->has_address)
		return "Xen's IOMMU refused its DMA";
	return xdc_arena_printf(arena, "Xen's IOMMU refused its DMA at 0x%llx",
				(unsigned long long)fault->address);
}

static void report(const struct xdc_attributions *all, const struct xdc_xen_fault *fault,
		   struct xdc_findings *findings)
{
	const struct where where = where_of(all, fault, findings->arena);
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-XEN-IOMMU-FAULT", severity_of(all, fault),
		subject_of(findings->arena, fault), title_of(findings->arena, fault));

	explain(all, fault, &where, finding, findings->arena);
	if (fault->kind != XDC_XEN_FAULT_DMA)
		advise_interrupt(finding, fault->kind);
	else if (fault->device)
		advise_pci(finding, fault, where.place);
	else
		advise_node(finding, all, fault, where.place);
}

void xdc_check_xen_iommu_fault(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->model->console->n_faults; i++)
		report(all, &all->model->console->faults[i], findings);
}
