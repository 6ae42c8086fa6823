/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the hypervisor's console says: faults of the IOMMUs that Xen drives.
 *
 * Who can write there. A guest's line always begins with "(dN) " (guest_printk(), xen/drivers/
 * char/console.c), and of what a guest writes only printable characters and tabs are kept, so
 * that it can begin no line of its own. Two ways are left to it:
 *  - the ring overwrites its oldest bytes, so its first line may be the end of a longer one,
 *    "(d1) (XEN) ...": no fault is read from a first line. hypervisor.log may have such a line
 *    wherever xenconsoled began anew or was late: there a guest that floods the ring may, with
 *    luck, forge a line; the log is read only where the ring cannot be;
 *  - the device that it was given faults where its driver wants it to: that is no forgery.
 * dom0's own console is in the ring only with console_to_ring, and then as it is: whoever may
 * write to dom0's hvc0 can forge all of this. So a line here makes a finding, and shows that a
 * device does DMA; no verdict rests on it, and physinfo decides whether Xen drives an IOMMU.
 */
#ifndef XDC_CONSOLE_H
#define XDC_CONSOLE_H

#include "base/base.h"

struct xdc_device;

enum xdc_xen_fault_kind {
	XDC_XEN_FAULT_DMA,
	XDC_XEN_FAULT_INTERRUPT, /* VT-d's interrupt remapping refused an interrupt */
	/* AMD-Vi: a write to 0xfdf8000000 to 0xfdf8ffffff, which is an interrupt, not DMA. */
	XDC_XEN_FAULT_INTERRUPT_RANGE,
};

/* All faults of one kind that one device, or one stream of an IOMMU, was told of. */
struct xdc_xen_fault {
	enum xdc_xen_fault_kind kind;
	const char *iommu;  /* who reports it: "VT-d", "AMD-Vi", a node of the device tree */
	const char *device; /* "0000:00:02.0"; NULL: reported by a node */
	const char *reason; /* of the first, as it stands there */
	const char *since;  /* the time of the first, as it stands there; "": it has none */
	const char *evidence;
	uint64_t address; /* of the first; an index for XDC_XEN_FAULT_INTERRUPT */
	uint32_t stream_id;
	bool has_address;
	bool has_stream_id;
	unsigned int count;
	struct xdc_device *master; /* whose DMA it was; NULL: not known here */
};

struct xdc_console {
	struct xdc_xen_fault *faults;
	size_t n_faults;
	/* "I/O virtualisation enabled" or "disabled"; XDC_UNKNOWN where neither is there. */
	enum xdc_tri io_virtualisation;
	/* Xen's version is there, which it prints before it looks for an IOMMU. */
	bool has_beginning;
	const char *evidence; /* the record that was read */
};

/*
 * Reads the ring, or, with the prefixes of xenconsoled or syslog before each line, a log of it.
 * @text is written into; @evidence is the key of the record that it is from. All is of @arena
 * but what xdc_console_clear() gives back. The messages: iommu_page_fault_do_one() (xen/drivers/
 * passthrough/vtd/iommu.c), parse_event_log_entry() (amd/iommu_init.c), arm_smmu_context_fault()
 * and arm_smmu_global_fault() (arm/smmu.c), arm_smmu_evtq_tasklet() (arm/smmu-v3.c),
 * ipmmu_domain_irq() (arm/ipmmu-vmsa.c), Xen 4.11 to 4.22.
 */
struct xdc_console *xdc_console_parse(struct xdc_arena *arena, char *text, const char *evidence);
void xdc_console_clear(struct xdc_console *console);

/*
 * console-line.c: the text of a line that the hypervisor itself wrote, without what stands in
 * front, and its time in *@ret_since (of @arena; "" where it has none); NULL for any other line.
 */
const char *xdc_console_own_text(struct xdc_arena *arena, const char *line, const char **ret_since);

/* How the line with Xen's release begins: the first one on x86, among the first on Arm. */
#define XDC_CONSOLE_START "Xen version "

/*
 * Of a log that has several starts of Xen, what is behind the last one; NULL where it has no
 * start, or one of another release than @version ("4.17.5"; NULL: not known): then what it has
 * may be of another boot.
 */
const char *xdc_console_last_boot(struct xdc_arena *arena, const char *text, const char *version);

/* xen-faults.c: a sentence about @fault, of @arena. */
const char *xdc_xen_fault_text(struct xdc_arena *arena, const struct xdc_console *console,
			       const struct xdc_xen_fault *fault);

#endif
